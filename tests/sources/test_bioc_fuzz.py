"""Whatever bytes come in, only errors that name a place come out of the BioC readers."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.sources import Reader, readers
from tests.sources._everything import everything

JSON, XML = readers()["bioc-json"], readers()["bioc-xml"]
PAPER: dict[str, Any] = {
    "id": "7",
    "passages": [
        {
            "infons": {"type": "title"},
            "offset": 0,
            "text": "Anti-MDA5 of \N{GREEK SMALL LETTER ALPHA}",
            "annotations": [
                {
                    "id": "1",
                    "infons": {"type": "Gene", "identifier": "64135,3716"},
                    "text": "MDA5",
                    "locations": [{"offset": 5, "length": 4}],
                }
            ],
        }
    ],
    "relations": [{"infons": {"type": "CID"}, "nodes": [{"refid": "1", "role": "x"}]}],
}
MARKED = (
    "<!DOCTYPE collection SYSTEM 'BioC.dtd'><collection><document><id>7</id><passage>"
    "<infon key='type'>title</infon><offset>0</offset><text>Anti-MDA5 of "
    "\N{GREEK SMALL LETTER ALPHA}</text><annotation id='1'><infon key='type'>Gene</infon>"
    "<location offset='5' length='4'/><text>MDA5</text></annotation></passage>"
    "<relation id='R'><infon key='type'>CID</infon><node refid='1' role='x'/></relation>"
    "</document></collection>"
)
PIECES = ["<document>", "</document>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "&x;", "<a>"]
PIECES += ["<passage>", "</passage>", "<text>", "</text>", "<collection>", "</collection>"]
PIECES += ["<!DOCTYPE x [", "]>", "<id>7</id>", "<offset>0</offset>", "<document/>", "]", "JDM"]

KEYS = ["id", "infons", "passages", "offset", "text", "annotations", "locations", "length", "type"]
KEYS += ["identifier", "relations", "nodes", "refid", "sentences", "documents", "pmid", "authors"]
KEYS += ["article-id_doi", "journal", "date", "name_0", "entity1", "role1", "Gene", "MESH"]
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
trees = st.recursive(
    leaves | st.just("7"),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=20,
)


@st.composite
def changed(draw: st.DrawFn) -> bytes:
    """Draw a good paper with other values at some of its places."""
    paper = json.loads(json.dumps(PAPER))
    for _ in range(draw(st.integers(0, 3))):
        inside: Any = paper
        while isinstance(inside, dict | list) and inside:
            key = draw(st.sampled_from(sorted(inside) if isinstance(inside, dict) else [0]))
            if draw(st.booleans()) or not isinstance(inside[key], dict | list):
                inside[key] = draw(trees)
                break
            inside = inside[key]
    return json.dumps({"documents": [paper, PAPER]}).encode()


def damaged(original: bytes) -> st.SearchStrategy[bytes]:
    """Return a strategy of the same with some bytes replaced, or cut off."""

    def broken(changes: list[tuple[int, bytes]], end: int) -> bytes:
        content = bytearray(original)
        for place, new in changes:
            at = place % (len(content) + 1)
            content[at : at + len(new)] = new
        return bytes(content[:end])

    pieces = st.tuples(st.integers(0, 1200), st.binary(max_size=3))
    return st.builds(broken, st.lists(pieces, max_size=4), st.integers(0, 2000))


json_files = st.binary(max_size=100) | damaged(json.dumps({"documents": [PAPER] * 2}).encode())
json_files = json_files | trees.map(lambda tree: json.dumps(tree).encode()) | changed()
json_files = json_files | damaged(json.dumps(PAPER).encode() + b"\n" + json.dumps(PAPER).encode())
xml_files = st.binary(max_size=100) | damaged(MARKED.encode())
xml_files = xml_files | st.lists(st.sampled_from(PIECES), max_size=14).map(
    lambda pieces: "".join(pieces).encode()
)


@settings(max_examples=400, deadline=None)
@given(json_files)
def test_only_errors_with_a_place_come_out_of_json(content: bytes) -> None:
    checked(JSON, content)


@settings(max_examples=400, deadline=None)
@given(xml_files)
def test_only_errors_with_a_place_come_out_of_xml(content: bytes) -> None:
    checked(XML, content)


def checked(reader: Reader, content: bytes) -> None:
    """Read everything; whatever is read holds its words, and every error tells where."""
    reader.recognises(content)
    documents, errors = everything(reader, content)
    assert all(error.where is not None and error.where.file == "a" for error in errors)
    assert documents or errors
    for text in (text for document in documents for text in document.texts):
        text.content.encode()
        for mention in (each for annotation in text.annotations for each in annotation.mentions):
            assert text.content[mention.start : mention.end] == mention.exact != ""
