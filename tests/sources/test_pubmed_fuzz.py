"""Whatever bytes come in, only errors that name a place come out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources._everything import everything
from tests.sources._pubmed import ABSTRACT, READER, article, whole

PAPER = whole(
    article(
        inside="<AuthorList><Author><LastName>Lee</LastName>"
        '<Identifier Source="ORCID">0000-0002-1825-0097</Identifier></Author></AuthorList>'
        '<PublicationTypeList><PublicationType UI="D002363">C</PublicationType>'
        "</PublicationTypeList>",
        citation='<MeshHeadingList><MeshHeading><DescriptorName UI="D003882">D</DescriptorName>'
        '</MeshHeading></MeshHeadingList><CommentsCorrectionsList><CommentsCorrections RefType="'
        'RetractionIn"><PMID>8</PMID></CommentsCorrections></CommentsCorrectionsList>',
        data='<ArticleIdList><ArticleId IdType="doi">10.1000/a</ArticleId></ArticleIdList>',
    ),
    '<DeleteCitation><PMID Version="1">9</PMID></DeleteCitation>',
)
TAGS = ("PMID", "ArticleTitle", "Year", "Month", "Day", "MedlineDate", "Identifier", "ELocationID")

words = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["7", "-1", "D003882", "2020", "Feb", "31", "10.1000/a", "<", "&", "&#0;", "&a;", "]]>", "<!--"]
)
parts = st.builds("<{0} {2}>{1}</{0}>".format, st.sampled_from(TAGS), words, words)
fields = st.fixed_dictionaries(
    {},
    optional={
        "pmid": st.builds("<PMID>{}</PMID>".format, words) | parts,
        "title": st.builds("<ArticleTitle>{}</ArticleTitle>".format, words),
        "abstract": words.map(lambda each: ABSTRACT.replace("JAK1", each)),
        "inside": st.lists(parts, max_size=3).map("".join),
        "date": st.builds(
            "<Year>{}</Year><Month>{}</Month><Day>{}</Day>".format, words, words, words
        )
        | st.builds("<MedlineDate>{}</MedlineDate>".format, words),
        "citation": st.lists(parts, max_size=3).map("".join),
        "data": st.builds(
            '<ArticleIdList><ArticleId IdType="doi">{}</ArticleId></ArticleIdList>'.format, words
        ),
    },
)
files = fields.map(lambda each: whole(article(**each)).encode("utf-8", "surrogatepass"))


def broken(changes: list[tuple[int, bytes]]) -> bytes:
    content = bytearray(PAPER.encode())
    for place, new in changes:
        at = place % (len(content) + 1)
        content[at : at + len(new)] = new
    return bytes(content)


damaged = st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=3)), max_size=5).map(broken)
cut = st.integers(0, len(PAPER)).map(lambda end: PAPER.encode()[:end])


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=200) | files | damaged | cut)
def test_only_errors_with_a_place_come_out_and_passages_are_in_their_text(content: bytes) -> None:
    READER.recognises(content)
    documents, errors = everything(READER, content)
    assert all(error.where is not None and error.where.file for error in errors)
    for text in (text for document in documents for text in document.texts):
        ends = [(p.start, p.end) for p in text.passages]
        assert ends == sorted(ends)
        assert all(0 <= start < end <= text.length for start, end in ends)


def test_the_paper_that_is_damaged_is_read_when_whole() -> None:
    documents, errors = everything(READER, PAPER.encode())
    assert ([each.id for each in documents], errors) == (["PMID7", "PMID9"], [])
