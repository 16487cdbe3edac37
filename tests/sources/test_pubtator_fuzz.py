"""Whatever bytes come in, only errors that name a place come out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.errors import ExporterError, Where
from exporter.model.document import Document
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Settings, parse, readers

SETTINGS = Settings(namespaces=bundled_namespaces())
READER = readers()["pubtator"]
PAPER = (
    "7|t|Anti-MDA5 in JDM\n7|a|Words of \N{GREEK SMALL LETTER ALPHA}.\n"
    "7\t5\t9\tMDA5\tGene\t64135,3716\n7\tCID\t64135\t3716\tNo\n"
)

words = st.text(max_size=12) | st.sampled_from(["7", "8", "-1", "D003882", "c|SUB|A|1|G", "JDM"])
columns = st.lists(words | st.integers(-2, 40).map(str), min_size=1, max_size=9)
annotations = columns.map(lambda each: "7\t" + "\t".join(each))
texts = st.builds("{}|{}|{}".format, st.sampled_from(["7", "8", ""]), st.sampled_from("tab"), words)
line = annotations | texts | st.sampled_from(["", " ", "\r"]) | words
files = st.lists(line, max_size=12).map(lambda lines: "\n".join(lines).encode())


def broken(changes: list[tuple[int, bytes]]) -> bytes:
    content = bytearray(PAPER.encode() * 2)
    for place, new in changes:
        at = place % (len(content) + 1)
        content[at : at + len(new)] = new
    return bytes(content)


damaged = st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=3)), max_size=5).map(broken)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | files | damaged)
def test_only_errors_with_a_place_come_out_and_every_place_holds_its_words(content: bytes) -> None:
    READER.recognises(content)
    documents, errors = everything(content)
    assert all(error.where is not None and error.where.line for error in errors)
    for text in (text for document in documents for text in document.texts):
        for mention in (each for annotation in text.annotations for each in annotation.mentions):
            assert text.content[mention.start : mention.end] == mention.exact != ""


def everything(content: bytes) -> tuple[list[Document], list[ExporterError]]:
    documents: list[Document] = []
    errors: list[ExporterError] = []
    for record in READER.split(content, Where(file="a.pubtator")):
        try:
            parsed = parse(record, SETTINGS)
        except ExporterError as error:
            errors.append(error)
        else:
            assert isinstance(parsed, Document)
            documents.append(parsed)
    return documents, errors


@settings(max_examples=200, deadline=None)
@given(files | damaged)
def test_no_line_is_lost_between_the_records(content: bytes) -> None:
    kept = b"".join(record.content for record in READER.split(content, Where()))
    assert kept.split() == content.removeprefix(b"\xef\xbb\xbf").split()
