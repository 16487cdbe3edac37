"""The tables by which records of an index are understood."""

import csv
import gzip
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from exporter.model.identifiers import bundled_namespaces
from exporter.model.indexing import designs_of_types, notice_kinds
from exporter.rdf.vocabulary import CITO, LC, term
from exporter.resources import data


def test_every_standing_and_design_is_a_term_of_ours() -> None:
    vocabulary = Graph().parse(data("ontology") / "linked-case.ttl")
    standings = {kind.standing for kind in notice_kinds().values()} - {""}
    assert {term(each) for each in standings} | {LC.withdrawn} == set(
        vocabulary.subjects(RDF.type, LC.PaperStanding)
    )
    designs = {LC[each] for each in designs_of_types().values()}
    assert designs <= set(vocabulary.subjects(RDF.type, LC.StudyDesign))


def test_every_publication_type_is_an_id_of_mesh_and_stands_for_one_design() -> None:
    namespaces = bundled_namespaces()
    assert all(namespaces.parse(curie).curie == curie for curie in designs_of_types())
    with (data("ontology") / "study-designs.csv").open(encoding="utf-8") as file:
        cells = [row["mesh"].split("|") for row in csv.DictReader(file) if row["mesh"]]
    assert sum(map(len, cells)) == len(designs_of_types())


@pytest.mark.parametrize(
    ("of_the_paper", "of_the_other"),
    [
        ("CommentIn", "CommentOn"),
        ("ErratumIn", "ErratumFor"),
        ("RetractionIn", "RetractionOf"),
        ("UpdateIn", "UpdateOf"),
    ],
)
def test_of_two_notices_only_one_is_about_the_paper(of_the_paper: str, of_the_other: str) -> None:
    kinds = notice_kinds()
    assert kinds[of_the_paper].relation.startswith("is")
    assert not kinds[of_the_other].relation.startswith("is")
    assert not kinds[of_the_other].standing


@pytest.mark.shared
def test_every_relation_of_a_notice_is_a_living_term_of_cito(shared: Path) -> None:
    with gzip.open(shared / "data/vocab/terms.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        living = {row["iri"] for row in rows if row["deprecated"] == "0"}
    relations = {kind.relation for kind in notice_kinds().values()} - {""}
    assert {str(URIRef(CITO[each])) for each in relations} <= living
