from collections.abc import Callable

import pytest

from exporter.errors import ExporterError, InputError, UsageError
from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Ontologies
from exporter.ontologies.lookup import known, looked_up

FOUND = [
    ("MONDO:0008054", "MONDO:0008054"),
    ("http://purl.obolibrary.org/obo/MONDO_0008054", "MONDO:0008054"),
    ("Juvenile Dermatomyositis", "MONDO:0008054"),
    ("JDM", "MONDO:0008054"),
    ("baricitinib", "CHEBI:95341"),
    ("TMEM173", "NCBIGene:340061"),
    ("IFN", "FPLX:Interferon"),
    ("Janus kinase", "FPLX:JAK"),
    ("CANDLE syndrome", "MONDO:0009726"),
    ("MONDO:9999999", "MONDO:9999999"),
]
REFUSED = [
    ("DM", UsageError, "MONDO:0016367 (dermatomyositis)"),
    ("dermatomyositiss", InputError, "did you mean dermatomyositis"),
    ("qqqqqqqqqq", InputError, "MONDO:0008054"),
    ("MONDO:8054", InputError, "MONDO:0008054"),
    ("nothing: at all", InputError, "write an id"),
]


@pytest.mark.parametrize(("text", "curie"), FOUND)
def test_an_id_an_iri_and_a_name_lead_to_the_term(
    text: str, curie: str, bundled: Ontologies
) -> None:
    assert looked_up(text, bundled).curie == curie


@pytest.mark.parametrize(("text", "kind", "hint"), REFUSED)
def test_what_names_nothing_or_too_much_is_refused_with_a_hint(
    text: str, kind: type[ExporterError], hint: str, bundled: Ontologies
) -> None:
    with pytest.raises(kind) as refusal:
        looked_up(text, bundled)
    assert hint in refusal.value.hint


def test_an_id_that_no_slice_holds_is_no_term(
    bundled: Ontologies, entity: Callable[[str], EntityId]
) -> None:
    with pytest.raises(InputError, match="MONDO:9999999 is in none of the slices"):
        known(entity("MONDO:9999999"), bundled)
    assert known(entity("MONDO:0017960"), bundled).obsolete
