"""Real digests: what a curator found wrong is never shown as fact, and what is right is."""

import csv
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from exporter.errors import Where
from exporter.grounding import ground
from exporter.model.document import Annotation, Document
from exporter.model.grounding import Grounding
from exporter.model.identifiers import bundled_namespaces
from exporter.ontologies.index import Ontologies
from exporter.sources import Settings, parse
from exporter.sources.digest import READER

pytestmark = pytest.mark.shared

ERRORS = {
    "wrong-id",
    "broader-id",
    "unresolved-family",
    "family-as-member",
    "complex-as-member",
    "autoantibody-target",
    "unsafe-mapping",
    "gene-or-disease",
}
NOTES = {"old-symbol", "label-is-synonym"}
BODIES = Path(__file__).parent / "cases" / "expected-bodies.tsv"

Row = tuple[Annotation, Grounding]


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def digests(shared: Path) -> dict[str, Path]:
    named = {path.stem: path for path in sorted((shared / "corpus" / "digests").glob("*.md"))}
    return named | {"seed": next((shared / "data" / "seed").glob("*.md"))}


def grounded(path: Path, ontologies: Ontologies) -> list[Row]:
    settings = Settings(namespaces=bundled_namespaces())
    records = READER.split(path.read_bytes(), Where(file=path.name))
    papers = [parse(record, settings) for record in records]
    return [
        row
        for paper in papers
        if isinstance(paper, Document)
        for text in paper.texts
        for row in zip(text.annotations, ground(paper, text, ontologies), strict=True)
    ]


@pytest.fixture(scope="module")
def corpus(shared: Path, ontologies: Ontologies) -> dict[str, list[Row]]:
    return {name: grounded(path, ontologies) for name, path in digests(shared).items()}


def expected(shared: Path) -> list[dict[str, str]]:
    """The findings about annotations; the seed has the entity lists of PMC12841639."""
    every = list(rows_of(shared / "corpus" / "expected-findings.tsv"))
    seed = [row | {"document": "seed"} for row in every if row["document"] == "PMC12841639"]
    return [row for row in (*every, *seed) if row["line"] != "header"]


def meant(row: dict[str, str], corpus: dict[str, list[Row]]) -> list[Row]:
    """The annotations that a row of findings is about; a line may hold either kind of list."""
    labels = {re.sub(r" \(.*", "", label) for label in row["mention"].split(", ")}
    section, kind = row["line"].split()
    is_meant = partial(_is_meant, section=section.casefold(), kind=kind, labels=labels)
    return [pair for pair in corpus[row["document"]] if is_meant(pair[0])]


def _is_meant(annotation: Annotation, section: str, kind: str, labels: set[str]) -> bool:
    same_line = annotation.annotator.startswith(section) and annotation.kind == kind
    return same_line and annotation.label in labels


def test_what_a_curator_found_wrong_is_not_shown_as_fact(
    shared: Path, corpus: dict[str, list[Row]]
) -> None:
    wrong = [row for row in expected(shared) if row["finding"] in ERRORS]
    for row in wrong:
        found = meant(row, corpus)
        assert len(found) >= len(row["mention"].split(", ")), row
        for _, grounding in found:
            assert grounding.body is None, (row, grounding)
            assert grounding.rule == row["finding"], (row, grounding)
    assert len(wrong) > 30


def test_what_a_curator_found_odd_but_right_is_shown_as_fact(
    shared: Path, corpus: dict[str, list[Row]]
) -> None:
    odd = [row for row in expected(shared) if row["finding"] in NOTES]
    for row in odd:
        for _, grounding in meant(row, corpus):
            assert grounding.body is not None, (row, grounding)
            assert grounding.rule == row["finding"], (row, grounding)
    assert {row["finding"] for row in odd} == NOTES


def test_right_annotations_keep_their_concepts_and_no_others_have_any(
    corpus: dict[str, list[Row]],
) -> None:
    wanted = [tuple(row.values()) for row in rows_of(BODIES)]
    found = [
        (name, annotation.annotator, annotation.kind, annotation.label, str(grounding.body))
        for name, rows in corpus.items()
        for annotation, grounding in rows
        if grounding.body
    ]
    assert sorted(found) == sorted(wanted)


def test_every_verdict_has_a_reason_and_every_mapped_concept_its_mapping(
    corpus: dict[str, list[Row]],
) -> None:
    for annotation, grounding in (row for rows in corpus.values() for row in rows):
        assert grounding.reason, annotation
        mapped = grounding.body and annotation.stated and grounding.body != annotation.stated
        assert bool(grounding.mappings) or not mapped, annotation
