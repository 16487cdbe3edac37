"""Broken records of PubMed: what is refused, what is told, and in which words."""

import time

import pytest

from exporter.errors import ExporterError, LimitError, Where
from exporter.model.document import Document
from exporter.sources import _pubmed_blocks as blocks
from exporter.sources import merge, parse
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
    whole,
)

GOOD = article()
BOMB = (
    '<!DOCTYPE PubmedArticleSet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    f"<PubmedArticleSet>{article(title='<ArticleTitle>&b;</ArticleTitle>')}</PubmedArticleSet>"
)
OUTSIDE = BOMB.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/hostname">')
PARAMETER = BOMB.replace('<!ENTITY a "ha">', '<!ENTITY % p SYSTEM "http://x.example/"> %p;')
ELSEWHERE = DOCTYPE.replace("dtd.nlm.nih.gov", "dtd.example.org")
LATIN = whole(article(title="<ArticleTitle>Sj\xf6gren</ArticleTitle>")).encode("latin-1")
DEEP = "<i>" * 100 + "x" + "</i>" * 100

REFUSED: dict[str, tuple[str | bytes, str, str]] = {
    "cut in a record": (whole(GOOD)[:-120], "E138", "ends before"),
    "cut in a set": (whole(GOOD).replace("</PubmedArticleSet>\n", ""), "E138", "ends before"),
    "cut in a tag": (DECLARATION + "<PubmedArticleSet", "E135", "'<PubmedArticleSet'"),
    "cut in a comment": ("<PubmedArticleSet><!-- x", "E138", "ends before"),
    "cut in a DOCTYPE": ("<!DOCTYPE PubmedArticleSet PUBLIC", "E138", "ends before"),
    "Latin-1 letter": (LATIN, "E110", "byte 0xF6 is not UTF-8 (offset "),
    "Latin-1 declared": (LATIN.replace(b"utf-8", b"ISO-8859-1"), "E137", "said to be ISO-8859-1"),
    "UTF-16": (whole(GOOD).encode("utf-16"), "E137", "UTF-16, not UTF-8 (offset 0"),
    "UTF-32": (whole(GOOD).encode("utf-32"), "E137", "UTF-32, not UTF-8"),
    "entity bomb": (BOMB, "E134", "declarations of its own"),
    "entity from a file": (OUTSIDE, "E134", "declarations of its own"),
    "parameter entity": (PARAMETER, "E134", "declarations of its own"),
    "DTD from elsewhere": (whole(GOOD).replace(DOCTYPE, ELSEWHERE), "E134", "is not the DOCTYPE"),
    "DTD from a file": (
        '<!DOCTYPE PubmedArticleSet SYSTEM "file:///a.dtd">' + GOOD,
        "E134",
        "DOCTYPE",
    ),
    "DOCTYPE of HTML": ("<!DOCTYPE html>" + GOOD, "E134", "is not the DOCTYPE"),
    "entity that nobody declared": (
        whole(GOOD.replace("A title", "&alpha;")),
        "E133",
        "undefined entity",
    ),
    "DOCTYPE in a record": (
        whole(GOOD.replace("<Article>", "<!DOCTYPE a><Article>")),
        "E133",
        "cannot be read",
    ),
    "no PMID": (whole(article(pmid="")), "E136", "the record has no PMID"),
    "empty PMID": (whole(article(pmid="<PMID/>")), "E136", "the record has no PMID"),
    "PMID in words": (whole(article(pmid="<PMID>seven</PMID>")), "E136", "'seven' is no PMID"),
    "PMID zero": (whole(article(pmid="<PMID>0</PMID>")), "E136", "'0' is no PMID"),
    "PMID too long": (whole(article(pmid=f"<PMID>{7 * '7777'}</PMID>")), "E136", "is no PMID"),
    "no citation": (whole("<PubmedArticle></PubmedArticle>"), "E135", "no MedlineCitation"),
    "no article": (
        whole("<PubmedArticle><MedlineCitation><PMID>7</PMID></MedlineCitation></PubmedArticle>"),
        "E135",
        "with an Article",
    ),
    "empty record": (whole("<PubmedArticle/>"), "E138", "ends before"),
    "tag not closed": (whole(GOOD.replace("</Abstract>", "")), "E133", "mismatched tag"),
    "attribute twice": (
        whole(GOOD.replace("<PMID ", "<PMID Version='1' ")),
        "E133",
        "duplicate attribute",
    ),
    "prefix not declared": (whole(article(title="<x:y>a</x:y>")), "E133", "unbound prefix"),
    "control character": (whole(GOOD.replace("A title", "A\x01title")), "E133", "invalid token"),
    "control character escaped": (
        whole(GOOD.replace("A title", "&#1;")),
        "E133",
        "invalid character",
    ),
    "NUL": (whole(GOOD.replace("A title", "A\0")), "E133", "invalid token"),
    "half a character": (whole(GOOD.replace("A title", "&#xD800;")), "E133", "invalid character"),
    "very deep": (
        whole(article(title=f"<ArticleTitle>{DEEP}</ArticleTitle>")),
        "E506",
        "inside each other",
    ),
    "very many tags": (whole(article(inside="<i/>" * 500_001)), "E506", "500000 tags"),
    "other set inside": (whole("<PubmedArticleSet>"), "E135", "'PubmedArticleSet' stands where"),
    "other element": (whole("<Article/>"), "E135", "'Article' stands where"),
    "words between": (whole(GOOD, "words", GOOD), "E135", "'words"),
    "two files in one": (whole(GOOD) + "<PubmedArticleSet>", "E135", "'PubmedArticleSet' stands"),
    "record after the set": (whole(GOOD) + GOOD, "E135", "'PubmedArticle' stands"),
    "withdrawn in words": (
        whole("<DeleteCitation><PMID>x</PMID></DeleteCitation>"),
        "E136",
        "'x' is no PMID of a withdrawn paper",
    ),
    "HTML instead": ("<html>Not found</html>", "E135", "'html' stands where"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_file_is_refused_with_its_place(name: str) -> None:
    content, code, words = REFUSED[name]
    with pytest.raises(ExporterError) as caught:
        documents(content)
    error = caught.value
    assert (error.code, words in error.problem) == (code, True), error
    assert error.where is not None
    assert error.where.file == "a.xml"
    assert error.hint


TOLD: dict[str, tuple[str, list[str], str]] = {
    "empty title": (article(title="<ArticleTitle/>"), ["missing-field"], "no title"),
    "no abstract": (article(abstract=""), ["missing-field"], "no abstract"),
    "ORCID with a wrong check digit": (
        article(
            inside='<AuthorList><Author><LastName>L</LastName><Identifier Source="ORCID">'
            "0000-0002-1825-0098</Identifier></Author></AuthorList>"
        ),
        ["wrong-orcid"],
        "'0000-0002-1825-0098' is no ORCID id",
    ),
    "ORCID of two people": (
        article(
            inside="<AuthorList>"
            + 2
            * (
                "<Author><LastName>L</LastName><Identifier "
                'Source="ORCID">0000-0002-1825-0097</Identifier></Author>'
            )
            + "</AuthorList>"
        ),
        ["wrong-orcid"],
        "given to more than one author",
    ),
    "30 February": (
        article(date="<Year>2020</Year><Month>2</Month><Day>30</Day>"),
        ["unreadable-date"],
        "of this date",
    ),
    "month 13": (
        article(date="<Year>2020</Year><Month>13</Month>"),
        ["unreadable-date"],
        "of this",
    ),
    "year in words": (article(date="<Year>MMXX</Year>"), ["unreadable-date"], "of this date"),
    "no free date": (
        article(date="<MedlineDate>soon</MedlineDate>"),
        ["unreadable-date"],
        "of this",
    ),
    "DOI that is none": (
        article(data='<ArticleIdList><ArticleId IdType="doi">none</ArticleId></ArticleIdList>'),
        ["malformed-id"],
        "the id is not used",
    ),
    "two DOIs": (
        article(
            data='<ArticleIdList><ArticleId IdType="doi">10.1000/a</ArticleId></ArticleIdList>',
            inside='<ELocationID EIdType="doi">10.1000/b</ELocationID>',
        ),
        ["identifier-conflict"],
        "DOI:10.1000/a is used",
    ),
    "another PMID in the list": (
        article(data='<ArticleIdList><ArticleId IdType="pubmed">8</ArticleId></ArticleIdList>'),
        ["identifier-conflict"],
        "PMID:7 is used",
    ),
    "heading with a wrong id": (
        article(
            citation='<MeshHeadingList><MeshHeading><DescriptorName UI="X1">A'
            "</DescriptorName></MeshHeading></MeshHeadingList>"
        ),
        ["malformed-id"],
        "'X1' is not a local id of MESH",
    ),
    "heading without a name": (
        article(citation="<MeshHeadingList><MeshHeading/></MeshHeadingList>"),
        ["missing-field"],
        "a heading has no name",
    ),
    "notice of an unknown kind": (
        article(
            citation="<CommentsCorrectionsList><CommentsCorrections RefType='Praise'/>"
            "</CommentsCorrectionsList>"
        ),
        ["unknown-notice"],
        "is not known",
    ),
    "lost letter": (
        article(abstract=ABSTRACT.replace("JAK1", "\ufffd")),
        ["lost-character"],
        "U+FFFD",
    ),
    "C1 control": (article(abstract=ABSTRACT.replace("JAK1", "\x85")), ["unprintable"], "U+0085"),
}


@pytest.mark.parametrize("name", TOLD)
def test_a_doubtful_record_is_read_and_told_of(name: str) -> None:
    content, expected, words = TOLD[name]
    document = one(whole(content))
    findings = [*document.findings, *(f for text in document.texts for f in text.findings)]
    assert [finding.code for finding in findings] == expected
    assert words in findings[0].message
    assert findings[0].where.line == 4
    for text in document.texts:
        assert all(text.content[p.start : p.end].strip() for p in text.passages)


def test_more_than_thirty_bad_inputs_are_tried() -> None:
    assert len(REFUSED) + len(TOLD) > 50


def test_the_offset_of_a_wrong_byte_is_that_of_the_file() -> None:
    with pytest.raises(ExporterError) as caught:
        documents(LATIN)
    assert f"offset {LATIN.index(0xF6)} of the file" in caught.value.problem
    assert caught.value.where is not None
    column = LATIN.split(b"\n")[3].index(0xF6) + 1
    assert (caught.value.where.line, caught.value.where.column) == (4, column)


def test_a_mistake_in_the_xml_has_its_line_and_column() -> None:
    broken = article(abstract="\n<Abstract>\n  <AbstractText>a & b</AbstractText></Abstract>")
    with pytest.raises(ExporterError) as caught:
        documents(whole(broken))
    assert caught.value.where == Where(file="a.xml", line=6, column=20)


def test_papers_before_a_cut_are_whole_and_come_first() -> None:
    records = READER.split(whole(GOOD, GOOD)[:-120].encode(), WHERE)
    assert isinstance(parse(next(records), SETTINGS), Document)
    with pytest.raises(ExporterError):
        next(records)


def test_one_broken_record_leaves_the_others_alone() -> None:
    broken = GOOD.replace("A title", "\x01")
    first, second = READER.split(whole(broken, article(pmid="<PMID>8</PMID>")).encode(), WHERE)
    with pytest.raises(ExporterError):
        parse(first, SETTINGS)
    document = parse(second, SETTINGS)
    assert isinstance(document, Document)
    assert document.id == "PMID8"


def test_a_record_without_an_end_is_refused_before_it_fills_the_memory() -> None:
    endless = whole("<PubmedArticle>" + "<i>x</i>" * (blocks.MAX_RECORD // 8 + 200_000))
    with pytest.raises(LimitError) as caught:
        documents(endless)
    assert caught.value.code == "E505"


@pytest.mark.parametrize("part", ["<!--", "<![CDATA[", "<?x ", "<i a='", "</PubmedArticle ", "<"])
def test_nothing_takes_more_than_linear_time(part: str) -> None:
    content = whole("<PubmedArticle>" + part * (4_000_000 // len(part))).encode()
    started = time.perf_counter()
    with pytest.raises(ExporterError):
        list(READER.split(content, WHERE))
    assert time.perf_counter() - started < 5


def test_two_versions_of_a_record_are_one_paper_and_the_newest_counts() -> None:
    revised = "<DateRevised><Year>{}</Year><Month>1</Month><Day>2</Day></DateRevised>"
    word = "<KeywordList Owner='NOTNLM'><Keyword>{}</Keyword></KeywordList>"
    old, new, newer = (
        article(
            pmid=f'<PMID Version="{version}">7</PMID>',
            abstract=ABSTRACT.replace("On", name),
            citation=revised.format(year) + word.format(name),
        )
        for version, year, name in ((1, 2021, "Old"), (2, 2019, "New"), (2, 2020, "Newer"))
    )
    (paper,) = merge(documents(whole(newer, old, new)))
    assert len(paper.texts) == 3
    assert [k.text for record in paper.records for k in record.keywords] == ["Newer"]
    (finding,) = [f for f in paper.findings if f.code == "record-versions"]
    assert finding.value == "1 of 2021-01-02, 2 of 2019-01-02, 2 of 2020-01-02"


def test_a_paper_that_is_read_and_withdrawn_keeps_both() -> None:
    gone = "<DeleteCitation><PMID>7</PMID></DeleteCitation>"
    (paper,) = merge(documents(whole(GOOD, gone)))
    assert sorted(record.withdrawn for record in paper.records) == [False, True]
    assert codes(paper) == ["withdrawn-record"]
