"""What a query meets that knows of no candidates: never a concept that was only weighed.

The label of a mention is the very name of a concept, and its id leads nowhere, so that the concept
is weighed and not shown. The same paper with the right id shows that each query would find it.
"""

from collections.abc import Callable

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions, Store
from rdflib import Graph

from exporter.validation.engine import validate
from exporter.validation.shapes import shapes

OBO, LC = "http://purl.obolibrary.org/obo/", "https://w3id.org/linked-case/vocab#"
WEIGHED, BARICITINIB = f"{OBO}MONDO_0016367", f"{OBO}CHEBI_95341"
WRONG_ID, RIGHT_ID = "MESH:D999002", "MESH:D003882"
PAPER = """7|t|Dermatomyositis and baricitinib
7|a|It got better.
7\t0\t15\tDermatomyositis\tDisease\t{id}
7\t20\t31\tbaricitinib\tChemical\tMESH:C000596027
"""
PREFIXES = """
    PREFIX lc: <https://w3id.org/linked-case/vocab#>
    PREFIX oa: <http://www.w3.org/ns/oa#>
    PREFIX owl: <http://www.w3.org/2002/07/owl#>
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX schema: <https://schema.org/>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
NAIVE = [
    "?paper schema:mentions ?concept",
    "?annotation oa:hasBody ?concept",
    "?annotation a oa:Annotation ; oa:hasBody ?concept . ?concept rdfs:label ?name",
    "?annotation a oa:Annotation ; ?leads ?concept",
    "?annotation oa:hasTarget ?place ; ?leads ?concept . ?concept rdfs:label ?name",
    "?annotation lc:statedId ?id . ?id skos:exactMatch|^skos:exactMatch ?concept",
    "?annotation lc:statedId ?id . ?row owl:annotatedSource|owl:annotatedTarget ?id, ?concept",
    "?grounding a lc:Grounding ; lc:concept ?concept",
    "?grounding lc:ofAnnotation ?annotation ; lc:concept ?concept",
    "?anything lc:concept ?concept",
    "?anything lc:mappingUsed/(owl:annotatedSource|owl:annotatedTarget) ?concept",
]


def rows(store: Store, query: str, *names: str) -> set[tuple[str, ...]]:
    wanted = " ".join(f"?{name}" for name in names)
    answer = store.query(f"{PREFIXES} SELECT {wanted} WHERE {{ {query} }}")
    assert isinstance(answer, QuerySolutions)
    return {tuple(getattr(row[name], "value", "") for name in names) for row in answer}


def concepts(store: Store, query: str) -> set[str]:
    return {concept for (concept,) in rows(store, query, "concept")}


@pytest.fixture(scope="module")
def export(
    tmp_path_factory: pytest.TempPathFactory, stored: Callable[..., Store]
) -> Callable[..., Store]:
    def made(stated: str, *options: str) -> Store:
        folder = tmp_path_factory.mktemp("weighed")
        (folder / "paper.pubtator").write_text(PAPER.format(id=stated), encoding="utf-8")
        return stored(folder / "paper.pubtator", folder / "out.nq", *options)

    return made


@pytest.fixture(scope="module")
def weighed(export: Callable[..., Store]) -> Store:
    return export(WRONG_ID)


@pytest.fixture(scope="module")
def shown(export: Callable[..., Store]) -> Store:
    return export(RIGHT_ID)


def test_the_concept_is_weighed_with_rank_score_and_reason(weighed: Store) -> None:
    query = """?grounding lc:candidateCount ?all ; lc:hasCandidate ?candidate .
        ?candidate lc:candidateConcept ?concept ; lc:candidateRank ?rank ;
            lc:candidateScore ?score ; lc:candidateReason ?reason"""
    (found,) = rows(weighed, query, "all", "concept", "rank", "score", "reason")
    assert found == ("1", WEIGHED, "1", "1", "'Dermatomyositis' is an exact name of it")


@pytest.mark.parametrize("query", NAIVE)
def test_no_query_meets_what_was_only_weighed(weighed: Store, shown: Store, query: str) -> None:
    assert WEIGHED not in concepts(weighed, query)
    assert BARICITINIB in concepts(weighed, query)
    assert {WEIGHED, BARICITINIB} <= concepts(shown, query), "the query finds it where it is a fact"


def test_a_wildcard_meets_it_only_by_a_name_that_says_candidate(
    export: Callable[..., Store],
) -> None:
    query = f"?anything ?leads <{WEIGHED}>"
    found = rows(export(WRONG_ID, "--no-ontologies"), query, "leads")
    assert found == {(f"{LC}candidateConcept",)}
    others = rows(export(RIGHT_ID, "--no-ontologies"), query, "leads")
    assert (f"{LC}candidateConcept",) not in others
    assert {("https://schema.org/mentions",), (f"{LC}concept",)} <= others


@pytest.mark.parametrize(
    ("link", "queries"),
    [
        (f"{LC}concept", (NAIVE[9],)),
        ("http://www.w3.org/ns/oa#hasBody", (NAIVE[1],)),
        ("https://schema.org/mentions", (NAIVE[0],)),
    ],
)
def test_a_candidate_written_as_a_fact_would_be_met_and_is_refused_by_its_shape(
    export: Callable[..., Store], link: str, queries: tuple[str, ...]
) -> None:
    store = export(WRONG_ID, "--no-ontologies")
    for quad in list(store.quads_for_pattern(None, NamedNode(f"{LC}candidateConcept"), None)):
        store.add(Quad(quad.subject, NamedNode(link), quad.object, quad.graph_name))
    for query in queries:
        assert WEIGHED in concepts(store, query)
    triples = "".join(sorted({f"{quad.triple} .\n" for quad in store}))
    graph = Graph().parse(data=triples, format="nt")
    (apart,) = [shape for shape in shapes() if shape.name == "candidate-apart"]
    assert validate(graph, [apart]).fails()
