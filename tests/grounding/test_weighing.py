"""Items of lists get a score, and where somebody has to look, what else their label names."""

from pathlib import Path

import pytest

from exporter.grounding import ground
from exporter.model.document import Document
from exporter.model.grounding import Grounding, Status
from exporter.ontologies.index import Ontologies
from exporter.sources import Record, Settings, parse, records
from exporter.sources import inputs as sources_of


@pytest.fixture
def by_item(examples: Path, ontologies: Ontologies) -> dict[tuple[str, str], Grounding]:
    """The groundings of the first digest by label and id as stated."""
    (source,) = sources_of([str(examples / "digests" / "PMC12841639.md")])
    (record,) = records(source)
    assert isinstance(record, Record)
    document = parse(record, Settings(namespaces=ontologies.namespaces))
    assert isinstance(document, Document)
    (text,) = document.texts
    said = [(each.label, each.stated_as) for each in text.annotations]
    return dict(zip(said, ground(document, text, ontologies), strict=True))


def test_a_label_that_is_a_name_of_its_id_fits_best(
    by_item: dict[tuple[str, str], Grounding],
) -> None:
    assert by_item["baricitinib", "PubChem CID 44205240"].score == 1.0
    assert by_item["muscle and skin involvement", "MESH:C566343"].score == 0.0
    assert by_item["jak", ""].score is None, "without an id there is nothing that it could fit"


def test_what_a_label_names_is_weighed_where_the_stated_id_is_another(
    by_item: dict[tuple[str, str], Grounding],
) -> None:
    broader = by_item["JDM", "MESH:D003882"]
    (ranked,) = broader.ranked
    assert (ranked.rank, ranked.candidate.concept) == (1, broader.proposed)
    assert ranked.candidate.version.startswith("mondo ")
    assert 0 < ranked.candidate.score < 1


def test_nothing_is_weighed_against_what_is_clean(
    by_item: dict[tuple[str, str], Grounding],
) -> None:
    clean = [each for each in by_item.values() if each.status is Status.CLEAN]
    assert clean
    assert all(each.candidates == () and each.score for each in clean)
