from typing import Any

import pytest
from rdflib.namespace import DCTERMS, PROV, RDF, XSD

from exporter.errors import InputError, Where
from exporter.model.document import Author
from exporter.model.identifiers import Namespaces
from exporter.rdf.iris import Iris
from exporter.rdf.papers import paper_quads
from exporter.rdf.quoting import TextMode
from exporter.rdf.vocabulary import BIBO, DOCO, FABIO, FOAF, LC, NIF, SCHEMA

PAPER = "https://doi.org/10.1000/a"


def test_a_paper_says_who_wrote_it_when_and_where(paper: Any, facts: Any, iris: Iris) -> None:
    found = facts(paper_quads(paper.document(), iris, TextMode.FULL))
    assert found.value(PAPER, RDF.type) == FABIO.JournalArticle
    assert str(found.value(PAPER, DCTERMS.title)) == "A title"
    assert found.value(PAPER, DCTERMS.issued).datatype == XSD.date
    assert str(found.value(PAPER, BIBO.doi)) == "10.1000/a"
    assert str(found.value(PAPER, FABIO.hasPubMedId)) == "7"
    assert str(found.value(PAPER, FABIO.hasPubMedCentralId)) == "PMC1"
    journal = found.value(PAPER, DCTERMS.isPartOf)
    assert str(found.value(str(journal), DCTERMS.title)) == "Journal of Tests"
    assert found.graphs() == {f"{iris.base}paper/PMC1/graph/source"}


def test_authors_keep_their_order_and_their_orcid(paper: Any, facts: Any, iris: Iris) -> None:
    found = facts(paper_quads(paper.document(), iris, TextMode.FULL))
    names = {}
    for place in found.values(PAPER, LC.hasAuthorship):
        person = found.value(str(place), LC.author)
        names[int(found.value(str(place), LC.authorPosition))] = (
            str(found.value(str(person), FOAF.name)),
            "orcid" in person,
        )
        assert person in found.values(PAPER, DCTERMS.creator)
    assert names == {1: ("Ann Lee", False), 2: ("Bo Ek", True)}


def test_people_of_one_name_are_not_merged(paper: Any, facts: Any, iris: Iris) -> None:
    twins = (Author(name="Wei Li"), Author(name="Wei Li"))
    here = facts(paper_quads(paper.document(authors=twins), iris, TextMode.FULL))
    there = facts(paper_quads(paper.document(id="PMC2", authors=twins), iris, TextMode.FULL))
    persons = {*here.values(PAPER, DCTERMS.creator), *there.values(PAPER, DCTERMS.creator)}
    assert len(persons) == 4


def test_a_text_is_written_in_full_only_where_its_licence_allows(
    paper: Any, facts: Any, iris: Iris
) -> None:
    document = paper.document(
        paper.text(licence="own"), paper.text(content="another\n", passages=())
    )
    for mode, expected in ((TextMode.FULL, [paper.content]), (TextMode.QUOTES, [])):
        found = facts(paper_quads(document, iris, mode))
        assert [str(each) for each in found.values(None, NIF.isString)] == expected
        assert len(found.values(PAPER, LC.hasText)) == 2
        lengths = {int(each) for each in found.values(None, LC.textLength)}
        assert lengths == {len(paper.content), 8}


def test_an_unknown_licence_is_not_written_as_any(paper: Any, facts: Any, iris: Iris) -> None:
    found = facts(paper_quads(paper.document(paper.text()), iris, TextMode.FULL))
    assert found.values(None, DCTERMS.license) == []


def test_passages_have_their_own_kind_and_span(paper: Any, facts: Any, iris: Iris) -> None:
    text = paper.text()
    found = facts(paper_quads(paper.document(text), iris, TextMode.FULL))
    (abstract,) = found.subjects(RDF.type, DOCO.Abstract)
    (title,) = found.subjects(RDF.type, DOCO.Title)
    assert found.value(str(abstract), LC.textKind) == LC.machineSummary
    assert found.value(str(title), LC.textKind) == LC.verbatim
    start, end = (int(found.value(str(title), p)) for p in (NIF.beginIndex, NIF.endIndex))
    assert text.content[start:end] == "A title"


def test_no_path_and_no_clock_is_written(paper: Any, facts: Any, iris: Iris) -> None:
    found = facts(paper_quads(paper.document(paper.text()), iris, TextMode.FULL))
    assert not [quad for quad in found.quads if "/some/folder" in "".join(map(str, quad))]
    assert found.values(None, PROV.used) == found.values(PAPER, LC.hasText)
    assert not [
        value for *_, value, _ in found.quads if getattr(value, "datatype", None) == XSD.dateTime
    ]


def test_only_the_given_concepts_are_mentioned(
    paper: Any, facts: Any, ids: Namespaces, iris: Iris
) -> None:
    text = paper.text(paper.annotation("JDM", "MESH:D003882"))
    concepts = [ids.parse("MONDO:0008054")]
    found = facts(paper_quads(paper.document(text), iris, TextMode.FULL, concepts))
    assert [str(each) for each in found.values(PAPER, SCHEMA.mentions)] == [concepts[0].iri]


def test_a_date_that_is_none_is_refused(paper: Any, iris: Iris) -> None:
    with pytest.raises(InputError):
        list(paper_quads(paper.document(issued="last spring"), iris, TextMode.FULL))


def test_a_text_that_two_have_annotated_is_one_text(paper: Any, facts: Any, iris: Iris) -> None:
    text = paper.text()
    once = facts(paper_quads(paper.document(text), iris, TextMode.FULL)).quads
    assert facts(paper_quads(paper.document(text, text), iris, TextMode.FULL)).quads == once


def test_where_a_paper_stands_in_a_file_of_many_is_not_part_of_the_data(
    paper: Any, facts: Any, iris: Iris
) -> None:
    places = [Where(file="a", line=1), Where(file="b", line=999)]
    one, other = (
        facts(paper_quads(paper.document(paper.text(where=where)), iris, TextMode.FULL)).quads
        for where in places
    )
    assert one == other
