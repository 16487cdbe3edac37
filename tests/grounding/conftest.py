"""The bundled ontologies, and small texts of one passage with an annotation or two."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from exporter.errors import Where
from exporter.model.document import (
    Annotation,
    Document,
    Mention,
    Passage,
    PositionSource,
    Text,
    TextKind,
)
from exporter.model.identifiers import bundled_namespaces
from exporter.ontologies.index import Ontologies
from exporter.ontologies.packs import bundled_packs, open_ontologies
from exporter.ontologies.slices import read_slice
from exporter.ontologies.sssom import read_mapping_set

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="session")
def ontologies() -> Ontologies:
    """What is bundled, with some mappings that no real set has."""
    namespaces = bundled_namespaces()
    bundled = open_ontologies(bundled_packs(), namespaces)
    extra = read_mapping_set(CASES / "mappings.sssom.tsv", namespaces)
    genes = read_slice(CASES / "genes.tsv", namespaces)
    drugs = read_slice(CASES / "drugs.tsv", namespaces)
    return Ontologies((*bundled.slices, genes, drugs), (*bundled.mapping_sets, extra), namespaces)


def annotation(said: Mapping[str, Any], prose: str) -> Annotation:
    """An annotation as a case describes it; ``given`` is the stretch of prose it stands on."""
    given = said.get("given")
    start = prose.index(given) if given else 0
    mention = [] if given is None else [(start, start + len(given), given)]
    identifier = said.get("id")
    return Annotation(
        annotator="full-text entities",
        kind=said["kind"],
        ordinal=0,
        label=said["label"],
        gloss=said.get("gloss", ""),
        stated_as=identifier or said.get("written", ""),
        stated=bundled_namespaces().parse(identifier) if identifier else None,
        aliases=tuple(said.get("aliases", ())),
        mentions=tuple(
            Mention(start=start, end=end, exact=exact, source=PositionSource.GIVEN)
            for start, end, exact in mention
        ),
        line=7,
    )


def text_of(said: Mapping[str, Any]) -> Text:
    """The text of a case: its prose, its own annotation first, then those beside it."""
    prose = said["prose"]
    everything = [said, *said.get("beside", ())]
    return Text(
        content=prose,
        kind=TextKind.RESTATEMENT,
        passages=(
            Passage(
                section="abstract",
                start=0,
                end=len(prose),
                kind=TextKind.RESTATEMENT,
                prose=True,
            ),
        ),
        annotations=tuple(annotation(each, prose) for each in everything),
        where=Where(file="a.md", document="d"),
    )


@pytest.fixture(scope="session")
def make_text() -> Callable[[Mapping[str, Any]], Text]:
    return text_of


@pytest.fixture(scope="session")
def document() -> Document:
    return Document(id="d")
