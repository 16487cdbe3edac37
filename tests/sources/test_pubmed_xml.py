"""PubMed XML: what stands in a record is read once, as exactly as it is given, and placed."""

import pickle
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from io import RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, cast
from xml.etree import ElementTree as ET

import pytest

from exporter.errors import Where
from exporter.model.document import Document, TextKind
from exporter.model.findings import Finding
from exporter.sources import Record, choose, parse, read
from tests.sources._pubmed import (
    ABSTRACT,
    DECLARATION,
    DOCTYPE,
    READER,
    SETTINGS,
    WHERE,
    article,
    codes,
    documents,
    one,
    records,
    whole,
)

OLD_DTD = '"http://www.ncbi.nlm.nih.gov/corehtml/query/DTD/pubmed_150101.dtd"'
SPACED = f"<PubmedArticleSet >{article()}</PubmedArticleSet >"


def read_one(**parts: str) -> Document:
    return one(whole(article(**parts)))


def content_of(document: Document) -> str:
    (text,) = document.texts
    return text.content


def authors(listed: str) -> Document:
    return read_one(inside=f"<AuthorList>{listed}</AuthorList>")


def author(orcid: str) -> Document:
    identifier = f'<Identifier Source="ORCID">{orcid}</Identifier>'
    return authors(f"<Author><LastName>Lee</LastName>{identifier}</Author>")


def notices(kind: str, pmid: str = "<PMID>8</PMID>") -> str:
    one_of_them = f'<CommentsCorrections RefType="{kind}"><RefSource>J. 9</RefSource>{pmid}'
    return f"<CommentsCorrectionsList>{one_of_them}</CommentsCorrections></CommentsCorrectionsList>"


def test_a_record_becomes_a_paper_with_its_text() -> None:
    document = read_one()
    assert (document.id, document.title) == ("PMID7", "A title.")
    assert (document.journal, document.issued) == ("J Tests", "2020-03")
    (text,) = document.texts
    assert text.content == "A title.\nOn JAK1."
    assert (text.kind, text.kind_declared, text.annotations) == (TextKind.VERBATIM, False, ())
    assert [(p.section, text.content[p.start : p.end]) for p in text.passages] == [
        ("title", "A title."),
        ("abstract", "On JAK1."),
    ]
    assert codes(document) == []


def test_the_parts_of_an_abstract_are_passages_below_their_labels() -> None:
    parts = (
        '<Abstract><AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">One.</AbstractText>'
        '<AbstractText Label="Methods &amp; more">Two.</AbstractText>'
        '<AbstractText Label="UNLABELLED">Three.</AbstractText><AbstractText/></Abstract>'
    )
    (text,) = read_one(abstract=parts).texts
    assert text.content == "A title.\nBACKGROUND\nOne.\nMethods & more\nTwo.\nThree."
    assert [(p.section, text.content[p.start : p.end]) for p in text.passages][1:] == [
        ("background", "One."),
        ("methods & more", "Two."),
        ("abstract", "Three."),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ca<sup>2+</sup> and H<sub>2</sub>O", "Ca2+ and H2O"),
        ("<i>JAK1</i><b> <u>in</u></b>  \n\t mice.", "JAK1 in mice."),
        ("a&#x2009;b &lt;c&gt; \N{GREEK SMALL LETTER BETA}", "a\u2009b <c> \u03b2"),
        (
            "x <mml:math><mml:mi>a</mml:mi><mml:mo>&lt;</mml:mo><mml:mn>1</mml:mn></mml:math>",
            "x a<1",
        ),
        (
            '<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:semantics><m:mi>y</m:mi>'
            "<m:annotation>\\mathrm y</m:annotation></m:semantics></m:math> fits",
            "y fits",
        ),
        ("one<!-- two -->three<![CDATA[ & <four>]]>", "onethree & <four>"),
    ],
)
def test_markup_is_taken_off_and_its_words_stay(written: str, expected: str) -> None:
    assert read_one(title=f"<ArticleTitle>{written}</ArticleTitle>").title == expected


def test_a_translated_title_stays_as_it_is_but_is_not_the_papers_own_words() -> None:
    title = "<ArticleTitle>[A title].</ArticleTitle>"
    foreign = read_one(title=title, inside="<Language>ger</Language>")
    english = read_one(title=title, inside="<Language>eng</Language>")
    assert foreign.title == english.title == "[A title]."
    kinds = [[p.kind for p in each.texts[0].passages] for each in (foreign, english)]
    assert kinds[0] == [TextKind.RESTATEMENT, TextKind.VERBATIM]
    assert kinds[1] == [TextKind.VERBATIM, TextKind.VERBATIM]


def test_another_abstract_is_told_and_not_mixed_in() -> None:
    other = '<OtherAbstract Type="Publisher" Language="spa"><AbstractText>Un.</AbstractText>'
    document = read_one(citation=f"{other}</OtherAbstract>")
    assert content_of(document) == "A title.\nOn JAK1."
    (finding,) = document.findings
    assert (finding.code, finding.value) == ("other-abstract", "Publisher, spa")


def test_what_pubmed_wrote_into_an_abstract_is_no_passage() -> None:
    words = "On JAK1. (ABSTRACT TRUNCATED AT 250 WORDS)"
    document = read_one(abstract=ABSTRACT.replace("On JAK1.", words))
    (text,) = document.texts
    assert text.content.endswith(words)
    assert text.content[text.passages[1].start : text.passages[1].end] == "On JAK1."
    assert codes(document) == ["abstract-truncated"]


def test_a_declared_kind_holds_for_every_passage() -> None:
    (record,) = records(whole(article()))
    document = parse(replace(record, text_kind=TextKind.RESTATEMENT), SETTINGS)
    assert isinstance(document, Document)
    (text,) = document.texts
    assert {text.kind, *(p.kind for p in text.passages)} == {TextKind.RESTATEMENT}
    assert text.kind_declared


@pytest.mark.parametrize(
    ("data", "inside", "expected"),
    [
        ('<ArticleId IdType="doi">10.1000/A</ArticleId>', "", ["DOI:10.1000/a", "PMID:7"]),
        (
            '<ArticleId IdType="doi">https://doi.org/10.1000/a</ArticleId>',
            "",
            ["DOI:10.1000/a", "PMID:7"],
        ),
        ('<ArticleId IdType="pmc">PMC12</ArticleId>', "", ["PMC:PMC12", "PMID:7"]),
        ('<ArticleId IdType="pmc">pmc12.1</ArticleId>', "", ["PMC:PMC12", "PMID:7"]),
        ('<ArticleId IdType="pii">S1</ArticleId>', "", ["PMID:7"]),
        (
            "",
            '<ELocationID EIdType="doi" ValidYN="Y">10.1000/a</ELocationID>',
            ["DOI:10.1000/a", "PMID:7"],
        ),
        ("", '<ELocationID EIdType="doi" ValidYN="N">10.1000/a</ELocationID>', ["PMID:7"]),
    ],
)
def test_identifiers_are_those_of_the_paper(data: str, inside: str, expected: list[str]) -> None:
    listed = f"<ArticleIdList>{data}</ArticleIdList>"
    of_another = (
        '<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1000/x</ArticleId>'
        "</ArticleIdList></Reference></ReferenceList>"
    )
    document = read_one(data=listed + of_another, inside=inside, citation=notices("CommentIn"))
    assert [each.curie for each in document.identifiers] == expected
    assert codes(document) == []


def test_people_and_groups_are_named_as_they_sign() -> None:
    document = authors(
        "<Author><LastName>Ek</LastName><ForeName>Bo Ann</ForeName><Initials>BA</Initials>"
        "<Suffix>Jr</Suffix><AffiliationInfo><Affiliation>Here.</Affiliation></AffiliationInfo>"
        "<AffiliationInfo><Affiliation>There &amp; here.</Affiliation></AffiliationInfo></Author>"
        "<Author><LastName>Lee</LastName><Initials>A</Initials></Author>"
        "<Author><CollectiveName>JAK Study Group</CollectiveName></Author>"
        '<Author ValidYN="N"><LastName>Wrong</LastName></Author>'
    )
    assert [(a.name, a.collective) for a in document.authors] == [
        ("Bo Ann Ek Jr", False),
        ("A Lee", False),
        ("JAK Study Group", True),
    ]
    assert document.authors[0].affiliations == ("Here.", "There & here.")
    assert document.authors_complete


def test_a_list_of_authors_says_whether_it_is_whole() -> None:
    listed = "<AuthorList CompleteYN='N'><Author><LastName>Lee</LastName></Author></AuthorList>"
    assert not read_one(inside=listed).authors_complete


@pytest.mark.parametrize(
    "written",
    [
        "0000-0002-1825-0097",
        "0000000218250097",
        "0000 0002 1825 0097",
        "http://orcid.org/0000-0002-1825-0097",
        "https://orcid.org/0000-0002-1825-0097/",
        "https://www.orcid.org/0000000218250097",
        "orcid.org/0000-0002-1825-0097",
        " ORCID: 0000-0002-1825-0097\n",
    ],
)
def test_an_orcid_id_is_known_in_every_spelling(written: str) -> None:
    (person,) = author(written).authors
    assert person.orcid is not None
    assert person.orcid.iri == "https://orcid.org/0000-0002-1825-0097"


def test_an_orcid_id_may_end_in_an_x() -> None:
    (person,) = author("0000-0002-1694-233x").authors
    assert str(person.orcid) == "ORCID:0000-0002-1694-233X"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<Year>2020</Year>", "2020"),
        ("<Year>2020</Year><Month>12</Month>", "2020-12"),
        ("<Year>2020</Year><Month>Sep</Month><Day>5</Day>", "2020-09-05"),
        ("<Year>2020</Year><Season>Spring</Season>", "2020"),
        ("<MedlineDate>1978 Jul-Sep</MedlineDate>", "1978"),
        ("<MedlineDate>2015 Nov 12-18</MedlineDate>", "2015-11"),
        ("<MedlineDate>2015 Nov 28-Dec 4</MedlineDate>", "2015"),
        ("<MedlineDate>2000 Spring-Summer</MedlineDate>", "2000"),
        ("<MedlineDate>2000 Summer</MedlineDate>", "2000"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", None),
        ("<MedlineDate>1999-2000</MedlineDate>", None),
        ("", None),
    ],
)
def test_a_date_is_as_exact_as_it_is_given(written: str, expected: str | None) -> None:
    document = read_one(date=written)
    assert document.issued == expected
    assert ("unreadable-date" in codes(document)) == (written != "" and expected is None)


def test_without_a_date_of_the_journal_that_of_the_article_counts() -> None:
    inside = "<ArticleDate><Year>2020</Year><Month>02</Month><Day>29</Day></ArticleDate>"
    assert read_one(date="", inside=inside).issued == "2020-02-29"


def test_headings_keep_their_aspects_and_which_are_main_topics() -> None:
    document = read_one(
        citation="<MeshHeadingList><MeshHeading>"
        '<DescriptorName UI="D003882" MajorTopicYN="N">Dermatomyositis</DescriptorName>'
        '<QualifierName UI="Q000188" MajorTopicYN="Y">drug therapy</QualifierName>'
        "</MeshHeading></MeshHeadingList><ChemicalList><Chemical><RegistryNumber>0</RegistryNumber>"
        '<NameOfSubstance UI="C000596027">baricitinib</NameOfSubstance></Chemical></ChemicalList>'
    )
    (record,) = document.records
    (heading,) = record.headings
    (aspect,) = heading.qualifiers
    assert (str(heading.concept), heading.name, heading.major) == (
        "MESH:D003882",
        "Dermatomyositis",
        False,
    )
    assert (str(aspect.concept), aspect.name, aspect.major) == (
        "MESH:Q000188",
        "drug therapy",
        True,
    )
    (substance,) = record.substances
    assert (str(substance.concept), substance.registry_number) == ("MESH:C000596027", "")


@pytest.mark.parametrize(
    ("ui", "design"),
    [
        ("D002363", "SingleCaseReport"),
        ("D016449", "RandomisedTrial"),
        ("D017428", "ClinicalTrial"),
        ("D016428", ""),
        ("", ""),
    ],
)
def test_a_publication_type_stands_for_a_study_design(ui: str, design: str) -> None:
    types = f'<PublicationType UI="{ui}">Any</PublicationType>'
    document = read_one(inside=f"<PublicationTypeList>{types}</PublicationTypeList>")
    assert [each.design for each in document.records[0].types] == [design]


@pytest.mark.parametrize(
    ("kind", "standings", "code"),
    [
        ("RetractionIn", ("retracted",), ["retracted-paper"]),
        ("RetractedandRepublishedIn", ("retracted",), ["retracted-paper"]),
        ("ExpressionOfConcernIn", ("concern",), ["concern-expressed"]),
        ("RetractionOf", (), []),
        ("ErratumIn", (), []),
        ("UpdateIn", (), []),
        ("CommentOn", (), []),
    ],
)
def test_notices_tell_what_became_of_a_paper(
    kind: str, standings: tuple[str, ...], code: list[str]
) -> None:
    document = read_one(citation=notices(kind))
    (record,) = document.records
    (notice,) = record.notices
    assert (notice.kind, str(notice.paper), notice.citation) == (kind, "PMID:8", "J. 9")
    assert (record.standings, codes(document)) == (standings, code)


def test_a_retracted_publication_is_known_by_its_type_alone() -> None:
    retracted = '<PublicationType UI="D016441">Retracted Publication</PublicationType>'
    document = read_one(inside=f"<PublicationTypeList>{retracted}</PublicationTypeList>")
    assert document.records[0].standings == ("retracted",)


def test_keywords_and_grants_are_kept_with_who_gave_them() -> None:
    document = read_one(
        inside="<GrantList><Grant><GrantID>R01</GrantID><Agency>NIH</Agency></Grant></GrantList>",
        citation='<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="Y">JAK</Keyword></KeywordList>'
        '<KeywordList Owner="NASA"><Keyword>space</Keyword></KeywordList>',
    )
    (record,) = document.records
    assert [(k.text, k.owner, k.major) for k in record.keywords] == [
        ("JAK", "", True),
        ("space", "NASA", False),
    ]
    assert [(g.number, g.agency) for g in record.grants] == [("R01", "NIH")]


def test_a_file_of_updates_tells_which_papers_were_withdrawn() -> None:
    gone = '<DeleteCitation><PMID Version="1">8</PMID><!-- <PMID>9</PMID> --><PMID>10</PMID>'
    found = documents(whole(article(), f"{gone}</DeleteCitation>"))
    assert [(d.id, d.records[0].withdrawn) for d in found] == [
        ("PMID7", False),
        ("PMID8", True),
        ("PMID10", True),
    ]
    assert [codes(d) for d in found[1:]] == [["withdrawn-record"]] * 2
    assert found[1].texts == ()


def test_chapters_of_books_are_told_and_passed_over() -> None:
    book = "<PubmedBookArticle><BookDocument>x</BookDocument></PubmedBookArticle>"
    content = whole(book, article()).encode()
    assert READER.split_stream is not None
    found = list(READER.split_stream(slow(content, 7), WHERE))
    assert [type(each) for each in found] == [Finding, Record]
    assert isinstance(found[0], Finding)
    assert (found[0].code, found[0].where.line) == ("left-out", 4)


@pytest.mark.parametrize(
    "content",
    [
        whole(article()),
        DECLARATION + article(),
        article(),
        "\ufeff" + whole(article()),
        whole(article()).replace("\n", "\r\n"),
        DECLARATION + "<!-- <PubmedArticle> -->" + DOCTYPE + SPACED,
        f"<!DOCTYPE PubmedArticleSet SYSTEM {OLD_DTD}>" + article(),
        whole(article(inside="<!-- </PubmedArticle> --><![CDATA[</PubmedArticle>]]>")),
        whole(article(inside="<?x </PubmedArticle> ?>")),
    ],
    ids=[
        "set",
        "bare",
        "nothing around",
        "BOM",
        "CRLF",
        "comment",
        "old DTD",
        "hidden",
        "instruction",
    ],
)
@pytest.mark.parametrize("piece", [1, 64, 10_000])
def test_what_stands_around_a_record_changes_nothing(content: str, piece: int) -> None:
    assert READER.recognises(content.encode())
    assert choose(content.encode(), "a.txt").name == "pubmed-xml"
    assert READER.split_stream is not None
    (record,) = READER.split_stream(slow(content.encode(), piece), WHERE)
    assert isinstance(record, Record)
    document = parse(record, SETTINGS)
    assert isinstance(document, Document)
    assert content_of(document) == "A title.\nOn JAK1."


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<PubmedArticles/>",
        "<html><PubmedArticleSet></html>",
        "# PubmedArticleSet",
        "7|t|<PubmedArticleSet>",
        "<!-- <PubmedArticleSet> -->",
        '<?xml version="1.0"?><article><pmid>1</pmid></article>',
        "<eSearchResult><IdList/></eSearchResult>",
    ],
)
def test_look_alikes_are_not_taken_for_files_of_pubmed(content: str) -> None:
    assert not READER.recognises(content.encode())


def test_records_know_their_line_and_how_far_into_the_file_they_are() -> None:
    content = whole(article(), "\n\n", article(pmid="<PMID>8</PMID>")).encode()
    first, second = records(content)
    assert (first.where.line, second.where.line) == (4, 7)
    for record in (first, second):
        assert content[record.offset :].startswith(record.content)
    assert pickle.loads(pickle.dumps(second)) == second  # noqa: S301


class _Slow(RawIOBase):
    """A file that gives few bytes at a time."""

    def __init__(self, content: bytes, piece: int) -> None:
        self._content, self._piece = content, piece

    def read(self, size: int | None = -1) -> bytes:
        taken, self._content = self._content[: self._piece], self._content[self._piece :]
        return taken

    def readinto(self, buffer: Any) -> int:
        raise AssertionError


def slow(content: bytes, piece: int) -> BinaryIO:
    return cast(BinaryIO, _Slow(content, piece))


class _Many(_Slow):
    """A file of very many records that nobody holds as a whole."""

    def __init__(self, number: int) -> None:
        super().__init__(b"", 0)
        self._pieces = self._all(number)

    @staticmethod
    def _all(number: int) -> Iterator[bytes]:
        batch = article(abstract=ABSTRACT.replace("On", "On " * 500)).encode() * 100
        yield b"<PubmedArticleSet>"
        yield from (batch for _ in range(number))
        yield b"</PubmedArticleSet>"

    def read(self, size: int | None = -1) -> bytes:
        return next(self._pieces, b"")


def test_memory_does_not_grow_with_the_file() -> None:
    assert READER.split_stream is not None
    peaks = []
    for number in (5, 100):
        tracemalloc.start()
        count = sum(1 for _ in READER.split_stream(cast(BinaryIO, _Many(number)), WHERE))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count == number * 100
    assert peaks[1] < peaks[0] * 1.5 + 1_000_000


SHARED = [
    "pmid_151222",
    "pmid_29440426",
    "pmid_30115697",
    "pmid_31511694",
    "pmid_9417067",
    "pmid_9500320",
    "pubmed-29768149",
]


@pytest.mark.shared
@pytest.mark.parametrize("name", SHARED)
def test_what_is_read_is_what_another_parse_counts(shared: Path, name: str) -> None:
    file = shared / "data" / "pubmed_xml" / f"{name}.xml"
    (document,) = (d for d in read([str(file)], SETTINGS) if isinstance(d, Document))
    root = ET.parse(file).getroot()  # noqa: S314
    (citation,) = root.iter("MedlineCitation")
    (record,) = document.records
    assert len(document.authors) == len(citation.findall("Article/AuthorList/Author"))
    assert len(record.headings) == len(list(root.iter("DescriptorName")))
    assert sum(len(h.qualifiers) for h in record.headings) == len(list(root.iter("QualifierName")))
    assert len(record.substances) == len(list(root.iter("NameOfSubstance")))
    assert len(record.types) == len(list(root.iter("PublicationType")))
    assert len(record.notices) == len(list(root.iter("CommentsCorrections")))
    assert len(record.keywords) == len(list(root.iter("Keyword")))
    assert len(record.grants) == len(list(root.iter("Grant")))
    concepts = [h.concept for h in record.headings] + [s.concept for s in record.substances]
    assert {c.local for c in concepts if c} == {
        each.get("UI") for tag in ("DescriptorName", "NameOfSubstance") for each in root.iter(tag)
    }
    own = root.findall("PubmedArticle/PubmedData/ArticleIdList/ArticleId")
    stated = {e.get("IdType"): (e.text or "").lower() for e in own}
    for prefix, kind in (("PMID", "pubmed"), ("DOI", "doi"), ("PMC", "pmc")):
        found = document.identifier(prefix)
        assert (found.local.lower() if found else None) == stated.get(kind)
    words = "".join(
        "".join(each.itertext())
        for path in ("Article/ArticleTitle", "Article/Abstract/AbstractText")
        for each in citation.findall(path)
    )
    (text,) = document.texts
    passages = "".join(text.content[p.start : p.end] for p in text.passages)
    assert "".join(passages.split()) == "".join(words.split())


@pytest.mark.shared
def test_every_shared_file_is_compared(shared: Path) -> None:
    files = (shared / "data" / "pubmed_xml").glob("*.xml")
    assert sorted(file.stem for file in files) == sorted(SHARED)


def test_a_place_names_file_line_paper_and_field() -> None:
    (finding,) = author("0000-0002-1825-0098").findings
    assert finding.where == Where(file="a.xml", line=4, document="PMID7", field="Author 1")
