"""What an index says of a paper is written as the index's word, and what became of the paper."""

from typing import Any

from rdflib.namespace import DCTERMS, RDF

from exporter.model.document import Author
from exporter.model.identifiers import Namespaces
from exporter.model.indexing import (
    Grant,
    Heading,
    IndexRecord,
    Keyword,
    Notice,
    PublicationType,
    Qualifier,
    Substance,
    newest,
)
from exporter.rdf.iris import Iris
from exporter.rdf.papers import paper_quads
from exporter.rdf.quoting import TextMode
from exporter.rdf.vocabulary import CITO, FABIO, FOAF, LC, OA, SCHEMA

PAPER = "https://doi.org/10.1000/a"
MESH = "http://id.nlm.nih.gov/mesh/"


def record(ids: Namespaces, **more: Any) -> IndexRecord:
    fields: dict[str, Any] = {
        "index": "PubMed",
        "revised": "2021-02-03",
        "status": "MEDLINE",
        "method": "Automated",
        "headings": (
            Heading(
                name="Dermatomyositis",
                concept=ids.parse("MESH:D003882"),
                major=True,
                qualifiers=(Qualifier(name="drug therapy", concept=ids.parse("MESH:Q000188")),),
            ),
        ),
        "substances": (
            Substance(
                name="baricitinib",
                concept=ids.parse("MESH:C000596027"),
                registry_number="ISP4442I3Y",
            ),
        ),
        "types": (
            PublicationType(
                name="Case Reports", concept=ids.parse("MESH:D002363"), design="SingleCaseReport"
            ),
        ),
        "notices": (Notice(kind="RetractionIn", paper=ids.parse("PMID:8"), citation="J. 9"),),
        "keywords": (Keyword(text="JAK"), Keyword(text="space", owner="NASA")),
        "grants": (Grant(number="R01", agency="NIH"),),
    }
    return IndexRecord(**{**fields, **more})


def test_a_heading_is_reached_by_way_of_its_record_only(
    paper: Any, facts: Any, ids: Namespaces, iris: Iris
) -> None:
    document = paper.document(paper.text(), records=(record(ids),))
    found = facts(paper_quads(document, iris, TextMode.FULL))
    concepts = {f"{MESH}{ui}" for ui in ("D003882", "Q000188", "C000596027")}
    leading = {predicate for _, predicate, value, _ in found.quads if str(value) in concepts}
    assert leading == {LC.filedUnder}
    assert found.values(None, OA.hasBody) == found.values(None, SCHEMA.mentions) == []
    assert found.values(PAPER, DCTERMS.subject) == []
    node = found.value(PAPER, LC.hasIndexRecord)
    heading = found.value(str(node), LC.hasHeading)
    assert str(found.value(str(heading), LC.filedUnder)) == f"{MESH}D003882"
    assert str(found.value(str(heading), LC.majorTopic)) == "true"
    aspect = found.value(str(heading), LC.hasQualifier)
    assert str(found.value(str(aspect), LC.headingLabel)) == "drug therapy"
    assert str(found.value(None, LC.registryNumber)) == "ISP4442I3Y"


def test_the_design_is_the_indexers_word(
    paper: Any, facts: Any, ids: Namespaces, iris: Iris
) -> None:
    document = paper.document(records=(record(ids),))
    found = facts(paper_quads(document, iris, TextMode.FULL))
    assert found.value(None, LC.indexedStudyDesign) == LC.SingleCaseReport
    assert found.values(None, LC.studyDesign) == []


def test_a_retracted_paper_is_marked_and_leads_to_its_notice(
    paper: Any, facts: Any, ids: Namespaces, iris: Iris
) -> None:
    document = paper.document(records=(record(ids),))
    found = facts(paper_quads(document, iris, TextMode.FULL))
    assert found.value(PAPER, LC.paperStanding) == LC.retracted
    other = found.value(PAPER, CITO.isRetractedBy)
    assert str(other) == "http://www.ncbi.nlm.nih.gov/pubmed/8"
    assert found.value(None, LC.noticePaper) == other
    assert str(found.value(None, LC.noticeKind)) == "RetractionIn"


def test_a_paper_without_a_notice_has_no_standing(
    paper: Any, facts: Any, ids: Namespaces, iris: Iris
) -> None:
    document = paper.document(records=(record(ids, notices=()),))
    found = facts(paper_quads(document, iris, TextMode.FULL))
    assert found.values(None, LC.paperStanding) == []


def test_keywords_of_the_authors_are_the_papers_and_others_are_not(
    paper: Any, facts: Any, ids: Namespaces, iris: Iris
) -> None:
    document = paper.document(records=(record(ids),))
    found = facts(paper_quads(document, iris, TextMode.FULL))
    assert [str(each) for each in found.values(PAPER, LC.authorKeyword)] == ["JAK"]
    assert found.values(PAPER, LC.indexerKeyword) == []
    assert [str(each) for each in found.values(None, LC.indexerKeyword)] == ["space"]


def test_a_withdrawn_entry_alone_is_no_article(
    paper: Any, facts: Any, ids: Namespaces, iris: Iris
) -> None:
    gone = IndexRecord(index="PubMed", withdrawn=True)
    alone = paper.document(
        id="PMID7", identifiers=(ids.parse("PMID:7"),), title=None, authors=(), records=(gone,)
    )
    found = facts(paper_quads(alone, iris, TextMode.FULL))
    node = "http://www.ncbi.nlm.nih.gov/pubmed/7"
    assert found.value(node, RDF.type) == LC.WithdrawnEntry
    assert found.value(node, LC.paperStanding) == LC.withdrawn
    read = paper.document(paper.text(), records=(record(ids, notices=()), gone))
    found = facts(paper_quads(read, iris, TextMode.FULL))
    assert found.value(PAPER, RDF.type) == FABIO.JournalArticle
    assert found.value(PAPER, LC.paperStanding) == LC.withdrawn


def test_affiliations_belong_to_the_place_in_the_list_and_groups_are_no_persons(
    paper: Any, facts: Any, iris: Iris
) -> None:
    signed = (Author(name="Ann Lee", affiliations=("Here",)), Author(name="G", collective=True))
    found = facts(paper_quads(paper.document(authors=signed), iris, TextMode.FULL))
    (place,) = [s for s, p, _, _ in found.quads if p == LC.affiliation]
    assert str(found.value(str(place), LC.authorPosition)) == "1"
    (group,) = found.subjects(RDF.type, FOAF.Group)
    assert str(found.value(str(group), FOAF.name)) == "G"


def test_the_newest_record_counts_whatever_the_order(ids: Namespaces) -> None:
    old, new = record(ids, revised="2020-01-01"), record(ids, version=2, revised="2019-01-01")
    gone = IndexRecord(index="PubMed", withdrawn=True)
    assert newest([old, gone, new]) == newest([new, old, gone]) == (new, gone)
