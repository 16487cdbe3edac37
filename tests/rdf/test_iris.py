from dataclasses import replace
from typing import Any

import pytest

from exporter.errors import InputError, UsageError
from exporter.model.grounding import Mapping
from exporter.model.identifiers import Namespaces
from exporter.rdf.iris import Iris, iris_below


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("PMC", "PMID", "DOI"), "https://doi.org/10.1000/a"),
        (("PMC", "PMID"), "http://www.ncbi.nlm.nih.gov/pubmed/7"),
        (("PMC",), "http://europepmc.org/articles/PMC1"),
        ((), "https://w3id.org/linked-case/id/paper/PMC1"),
    ],
)
def test_the_best_identifier_names_the_paper(
    kinds: tuple[str, ...], expected: str, paper: Any, iris: Iris
) -> None:
    every = {each.prefix: each for each in paper.document().identifiers}
    document = paper.document(identifiers=tuple(every[kind] for kind in kinds))
    assert str(iris.paper(document)) == expected


def test_a_name_cannot_leave_its_place_in_an_iri(iris: Iris) -> None:
    assert iris.case("a/../b?c#d").endswith("/case/a%2F..%2Fb%3Fc%23d")
    for name in ("", ".", ".."):
        with pytest.raises(InputError):
            iris.case(name)


@pytest.mark.parametrize("base", ["https://example.org/id/", "http://a.b/c#"])
def test_a_base_of_ones_own_is_used_for_all(base: str) -> None:
    assert str(iris_below(base).graph("mappings")) == f"{base}graph/mappings"


@pytest.mark.parametrize("base", ["", "urn:lab:", "example.org/", "https://a b/", "https://a.b/c"])
def test_what_cannot_be_a_base_is_a_usage_error(base: str) -> None:
    with pytest.raises(UsageError):
        Iris(base)


def test_a_mapping_has_one_iri_whichever_way_round_it_is_told(ids: Namespaces, iris: Iris) -> None:
    row = Mapping(
        subject=ids.parse("MESH:D003882"),
        predicate="skos:broadMatch",
        object=ids.parse("MONDO:0008054"),
        justification="semapv:ManualMappingCuration",
        source="mondo",
    )
    turned = replace(row, subject=row.object, predicate="skos:narrowMatch", object=row.subject)
    assert iris.mapping(row) == iris.mapping(turned)
    for other in (
        replace(row, predicate="skos:exactMatch"),
        replace(turned, predicate="skos:broadMatch"),
        replace(row, source="other"),
    ):
        assert iris.mapping(other) != iris.mapping(row)
    assert iris.denied_mapping(row) != iris.mapping(row)
