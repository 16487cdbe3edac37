"""What must never go wrong silently in BioC files: each bad input with what is said of it."""

import json
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from exporter.errors import ExporterError, LimitError, Where
from exporter.model.document import Document
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Record, Settings, choose, parse, readers
from exporter.sources import _bioc_json_cuts as json_cuts
from exporter.sources import _bioc_sheet as sheets
from exporter.sources import _bioc_xml_cuts as xml_cuts

SETTINGS = Settings(namespaces=bundled_namespaces())
ALPHA = "\N{GREEK SMALL LETTER ALPHA}"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def paper(**changes: Any) -> dict[str, Any]:
    """Return a good document of one passage with one annotation, changed at some places."""
    annotation = {
        "id": "1",
        "infons": {"type": "Gene", "identifier": "3716"},
        "text": "JAK1",
        "locations": [{"offset": 3, "length": 4}],
    }
    annotation |= {k[2:]: v for k, v in changes.items() if k.startswith("a_")}
    passage = {"infons": {"type": "title"}, "offset": 0, "text": "On JAK1 here"}
    passage |= {"annotations": [annotation]}
    passage |= {k[2:]: v for k, v in changes.items() if k.startswith("p_")}
    document = {"id": "7", "passages": [passage]}
    return document | {k: v for k, v in changes.items() if k[1] != "_"}


def js(**changes: Any) -> bytes:
    return json.dumps({"documents": [paper(**changes)]}).encode()


def raw(old: str, new: str) -> bytes:
    """Return a good file of JSON with one piece of its text replaced."""
    written = json.dumps({"documents": [paper()]})
    assert old in written
    return written.replace(old, new, 1).encode("utf-8", "surrogatepass")


XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE collection SYSTEM "BioC.dtd">\n'
    "<collection><source>PubTator</source><date/><key/>\n"
    '<document><id>7</id>\n<passage><infon key="type">title</infon><offset>0</offset>'
    '<text>On JAK1 here</text>\n<annotation id="1"><infon key="type">Gene</infon>'
    '<infon key="identifier">3716</infon><location offset="3" length="4"/><text>JAK1</text>'
    "</annotation></passage>\n</document></collection>\n"
)


def xml(old: str, new: str) -> bytes:
    assert old in XML
    return XML.replace(old, new, 1).encode("utf-8", "surrogatepass")


LOCATION = '<location offset="3" length="4"/>'
DOCTYPE = '<!DOCTYPE collection SYSTEM "BioC.dtd">'
# What is refused: the reader, the file, the code and some words of the message.
REFUSED: list[tuple[str, bytes, str, str]] = [
    ("json", b"", "E187", "no document"),
    ("json", b"  \n ", "E187", "no document"),
    ("json", b"{}", "E177", "no passages"),
    ("json", b"[]", "E187", "no document"),
    ("json", b'{"documents": []}', "E187", "no document"),
    ("json", b'{"PubTator3": []}', "E187", "no document"),
    ("json", b'{"documents": null}', "E177", "no passages"),
    ("json", b'{"documents": {"id": "7"}}', "E177", "no passages"),
    ("json", b'{"documents": [7]}', "E178", "not an object"),
    ("json", b'{"documents": ["7"]}', "E178", "'7' is not an object"),
    ("json", b"7", "E178", "not an object"),
    ("json", b"nothing", "E174", "no JSON"),
    ("json", b"null", "E178", "null is not an object"),
    ("json", js()[:-1], "E174", "not closed"),
    ("json", js()[:-2], "E174", "neither a comma nor the end"),
    ("json", js()[:90], "E174", "no JSON"),
    ("json", js() + b"]", "E174", "no JSON"),
    ("json", raw('"JAK1"', "'JAK1'"), "E174", "no JSON"),
    (
        "json",
        b'{"documents": [' + json.dumps(paper()).encode() + b'], "documents": []}',
        "E179",
        "twice",
    ),
    ("json", raw('"offset": 0', '"offset": 0, "offset": 5'), "E179", "'offset' comes twice"),
    ("json", raw('"offset": 0', '"offset": NaN'), "E174", "NaN is no number"),
    ("json", raw('"offset": 0', '"offset": -Infinity'), "E174", "Infinity is no number"),
    ("json", raw('"offset": 0', f'"offset": {"9" * 5000}'), "E174", "too many digits"),
    ("json", raw('"offset": 0', f'"offset": {"9" * 4000}'), "E178", "very many digits"),
    ("json", raw('"offset": 0', '"offset": 1e999'), "E178", "inf is not a whole number"),
    ("json", raw('"offset": 0', '"offset": 0.5'), "E178", "0.5 is not a whole number"),
    ("json", raw('"offset": 0', '"offset": true'), "E178", "true is not a whole number"),
    ("json", raw('"offset": 0', '"offset": "first"'), "E178", "'first' is not a whole number"),
    ("json", raw('"offset": 3', '"offset": null'), "E176", "no offset or no length"),
    ("json", raw(', "length": 4', ""), "E176", "no offset or no length"),
    ("json", raw("On JAK1", "\\ud835 JAK1"), "E188", "\\ud835 stands in a text"),
    ("json", raw("On JAK1", "\\u0000 JAK1"), "E188", "\\u0000 stands in a text"),
    ("json", raw("On JAK1", "\x00 JAK1"), "E174", "invalid control character;"),
    ("json", raw("On JAK1", "\ud835 JAK1"), "E110", "byte 0xED is not UTF-8"),
    (
        "json",
        raw("On", ALPHA).decode().encode("iso-8859-7"),
        "E110",
        "byte 0xE1 is not UTF-8 (offset 7",
    ),
    ("json", js().decode().encode("utf-16"), "E110", "UTF-16"),
    (
        "json",
        raw("here", "he\nre"),
        "E174",
        "invalid control",
    ),
    ("json", b'{"passages": ' + b"[" * 100_000, "E509", "nested too deep"),
    ("json", b'{"a":' * 100_000, "E509", "nested too deep"),
    ("json", js(passages={}), "E178", "an object is not a list"),
    ("json", js(passages=["x"]), "E178", "'x' is not an object"),
    ("json", js(passages=[]), "E189", "empty"),
    ("json", js(p_text=["On", "JAK1"]), "E178", "a list is not a text"),
    ("json", js(p_text=7), "E178", "7 is not a text"),
    ("json", js(p_text=None, p_annotations=[]), "E189", "empty"),
    ("json", js(p_infons=[]), "E178", "a list is not an object"),
    ("json", js(p_annotations={"1": {}}), "E178", "an object is not a list"),
    ("json", js(p_sentences="On"), "E178", "'On' is not a list"),
    ("json", js(a_infons=[{"key": "type"}]), "E178", "a list is not an object"),
    ("json", js(a_infons={"type": {}}), "E178", "an object is not a text"),
    ("json", js(a_infons={"identifier": {"a": 1}}), "E178", "an object is not a text"),
    ("json", js(a_locations={"offset": 3, "length": 4}), "E178", "an object is not a list"),
    ("json", js(a_locations=[3, 4]), "E178", "3 is not an object"),
    ("json", js(a_text={"t": "JAK1"}), "E178", "an object is not a text"),
    ("json", js(relations=[7]), "E178", "7 is not an object"),
    ("json", js(relations=[{"nodes": "1"}]), "E178", "'1' is not a list"),
    ("json", js(relations=[{"nodes": [{"refid": {}}]}]), "E178", "an object is not a text"),
    ("json", js(id=None), "E186", "no id"),
    ("json", js(id=".."), "E186", "no id of a paper"),
    ("json", js(id={}), "E178", "an object is not a text"),
    ("xml", b"", "E175", "no element found"),
    ("xml", b"<collection/>", "E187", "no document"),
    ("xml", b"<article/>", "E177", "it is a <article>"),
    ("xml", XML[:-14].encode(), "E175", "no element found"),
    ("xml", xml("</document></collection>\n", ""), "E175", "not closed"),
    ("xml", xml("</annotation>", ""), "E175", "mismatched tag"),
    ("xml", XML.encode() + b"<collection/>", "E175", "junk after document element"),
    ("xml", xml(DOCTYPE, f"<!DOCTYPE collection [{LAUGHS}]>"), "E119", "has declarations"),
    ("xml", xml(DOCTYPE, '<!DOCTYPE collection SYSTEM "BioC.dtd" []>'), "E119", "has declarations"),
    (
        "xml",
        xml(DOCTYPE, '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
        "E119",
        "decl",
    ),
    (
        "xml",
        xml(DOCTYPE, '<!DOCTYPE c [<!ENTITY % p SYSTEM "a.dtd"> %p;]>'),
        "E119",
        "declarations",
    ),
    ("xml", xml(DOCTYPE, '<!DOCTYPE c [<!ENTITY x "<document>">]>'), "E119", "declarations"),
    ("xml", xml("<id>7", f"<!DOCTYPE x [{LAUGHS}]><id>7"), "E119", "declarations"),
    ("xml", xml("On JAK1", "&l9; JAK1"), "E175", "undefined entity"),
    ("xml", xml("On JAK1", "&nbsp; JAK1"), "E175", "undefined entity"),
    ("xml", xml("On JAK1", "&#0; JAK1"), "E175", "reference to invalid character"),
    ("xml", xml("On JAK1", "\x01 JAK1"), "E175", "not well-formed"),
    ("xml", xml("On JAK1", "\x00 JAK1"), "E110", "NUL byte"),
    ("xml", xml("On JAK1", "\ud835 JAK1"), "E110", "byte 0xED is not UTF-8"),
    (
        "xml",
        xml("On", ALPHA).decode().encode("iso-8859-7"),
        "E110",
        "0xE1 is not UTF-8 (offset 85 of the document)",
    ),
    (
        "xml",
        xml("PubTator", ALPHA).decode().encode("iso-8859-7"),
        "E175",
        "(offset 99 of the file)",
    ),
    ("xml", xml("UTF-8", "ISO-8859-1"), "E110", "ISO-8859-1, not UTF-8"),
    ("xml", XML.encode("utf-16"), "E110", "UTF-16"),
    ("xml", xml("On JAK1", "<b>On</b> JAK1"), "E177", "<b> stands in <text>"),
    ("xml", xml("<offset>", "stray <offset>"), "E177", "'stray' stands in <passage>"),
    ("xml", xml("</annotation>", "</annotation>stray"), "E177", "'stray' stands in <passage>"),
    ("xml", xml("<offset>", "<page/><offset>"), "E177", "<page> stands in <passage>"),
    ("xml", xml("On JAK1", "<a>" * 100_000 + "</a>" * 100_000), "E177", "<a> stands in <text>"),
    ("xml", xml("<id>7</id>", "<id>7</id><id>8</id>"), "E179", "'id' comes twice"),
    ("xml", xml('key="identifier">3716', 'key="type">3716'), "E179", "'type' comes twice"),
    ("xml", xml("<id>7</id>", ""), "E186", "no id"),
    ("xml", xml("<offset>0", "<offset>zero"), "E178", "'zero' is not a whole number"),
    ("xml", xml("<offset>0", f"<offset>{'9' * 30}"), "E178", "is not a whole number"),
    ("xml", xml('offset="3"', 'offset="3.0"'), "E178", "'3.0' is not a whole number"),
    ("xml", xml(' length="4"', ""), "E176", "no offset or no length"),
    ("xml", xml("<document><id>", "<document/><document><id>"), "E186", "no id"),
    ("xml", xml("<document><id>", "<document><document><id>"), "E175", "no element found"),
]
# What is read, and what is noted of it.
NOTED: list[tuple[str, bytes, list[str]]] = [
    ("json", js(), []),
    ("json", js(a_locations=[{"offset": -3, "length": 4}]), ["misplaced-mention"]),
    ("json", js(a_locations=[{"offset": 3, "length": -4}]), ["misplaced-mention"]),
    ("json", js(a_locations=[{"offset": 3, "length": 0}]), ["misplaced-mention"]),
    ("json", js(a_locations=[{"offset": 3, "length": 400}]), ["misplaced-mention"]),
    ("json", js(a_locations=[{"offset": 900, "length": 4}]), ["misplaced-mention"]),
    ("json", js(a_locations=[{"offset": 10**14, "length": 10**14}]), ["misplaced-mention"]),
    ("json", js(a_locations=[]), ["no-location"]),
    ("json", js(a_locations=None), ["no-location"]),
    ("json", js(p_text=None), ["misplaced-mention"]),
    ("json", js(p_text=""), ["misplaced-mention"]),
    ("json", js(p_offset=-5, a_locations=[{"offset": -2, "length": 4}]), ["passage-offset"]),
    ("json", js(p_offset=10**12), ["passage-offset", "misplaced-mention"]),
    ("json", js(p_offset=None), ["passage-offset"]),
    ("json", js(a_text=None), []),
    ("json", js(a_infons={"type": "Furniture"}), []),
    ("json", js(a_infons={}), []),
    ("json", js(a_infons=None), []),
    ("json", js(a_infons={"type": "Gene", "identifier": None}), []),
    ("json", js(a_infons={"type": "Gene", "identifier": 3716}), []),
    ("json", js(a_infons={"type": "Gene", "identifier": [3716, 3717]}), []),
    ("json", js(a_infons={"type": "Disease", "identifier": "D00"}), ["malformed-id"]),
    ("json", js(a_infons={"type": "Gene", "identifier": "FOO:1"}), ["unknown-namespace"]),
    ("json", js(p_annotations=paper()["passages"][0]["annotations"] * 2), []),
    ("json", js(relations=[{"id": "R", "nodes": [{"refid": "2"}]}]), ["unknown-argument"]),
    ("json", js(relations=[{}]), ["empty-relation"]),
    (
        "json",
        raw("On JAK1", "\ufffd\\u0007 JAK1"),
        ["lost-character", "unprintable"],
    ),
    ("json", b"\xef\xbb\xbf" + js(), []),
    ("json", raw("On JAK1", "\\\\u0000 JAK1"), ["misplaced-mention"]),
    ("xml", XML.encode(), []),
    ("xml", XML.replace("\n", "\r\n").encode(), []),
    ("xml", b"\xef\xbb\xbf" + XML.encode(), []),
    ("xml", xml(DOCTYPE, '<!DOCTYPE collection PUBLIC "-//x" "http://127.0.0.1:9/BioC.dtd">'), []),
    ("xml", xml("<source>", "<!-- <document> --><source>"), []),
    ("xml", xml("PubTator", "<![CDATA[</collection><document>]]>"), []),
    ("xml", xml("On JAK1", "On <![CDATA[JAK1]]>"), []),
    ("xml", xml("On JAK1", "On <!-- </document> -->JAK1"), []),
    ("xml", xml("On JAK1", "On &#74;AK1"), []),
    ("xml", xml(LOCATION, ""), ["no-location"]),
    ("xml", xml(LOCATION, '<location offset="-3" length="4"/>'), ["misplaced-mention"]),
    ("xml", xml("<text>On JAK1 here</text>", ""), ["misplaced-mention"]),
    ("xml", xml("<text>On JAK1 here</text>", "<text/>"), ["misplaced-mention"]),
    ("xml", xml(">Gene<", "><"), ["malformed-id"]),
]


def documents(reader: str, content: bytes) -> list[Document]:
    chosen = readers()[f"bioc-{reader}"]
    assert chosen.split_stream is not None
    found = []
    for record in chosen.split_stream(BytesIO(content), Where(file="a")):
        assert isinstance(record, Record)
        parsed = parse(record, SETTINGS)
        assert isinstance(parsed, Document)
        found.append(parsed)
    return found


@pytest.mark.parametrize(
    ("reader", "content", "code", "words"),
    REFUSED,
    ids=[f"{row[0]}-{row[2]}-{number}" for number, row in enumerate(REFUSED)],
)
def test_a_bad_input_is_refused_with_its_place_and_in_time(
    reader: str, content: bytes, code: str, words: str
) -> None:
    begin = time.monotonic()
    with pytest.raises(ExporterError) as error:
        documents(reader, content)
    assert (error.value.code, time.monotonic() - begin < 2) == (code, True), str(error.value)
    assert words in error.value.problem
    assert error.value.where is not None
    assert error.value.where.file == "a"
    assert error.value.hint or code == "E187"


@pytest.mark.parametrize(
    ("reader", "content", "codes"),
    NOTED,
    ids=[f"{row[0]}-{number}" for number, row in enumerate(NOTED)],
)
def test_what_is_doubtful_is_kept_and_noted(reader: str, content: bytes, codes: list[str]) -> None:
    (document,) = documents(reader, content)
    (text,) = document.texts
    found = list(dict.fromkeys(each.code for each in (*document.findings, *text.findings)))
    assert found == codes
    assert text.annotations
    for mention in (each for annotation in text.annotations for each in annotation.mentions):
        assert text.content[mention.start : mention.end] == mention.exact != ""


def test_a_document_that_is_too_large_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    for cuts in (json_cuts, xml_cuts):
        monkeypatch.setattr(cuts, "MAX_DOCUMENT", 500)
        monkeypatch.setattr(cuts, "_CHUNK", 100)
    for name, content in (("json", js(p_text="A" * 2000)), ("xml", xml("On ", "A" * 2000))):
        with pytest.raises(LimitError) as error:
            documents(name, content)
        assert error.value.code == "E508"


def test_more_passages_or_annotations_than_any_paper_has_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "MOST_PARTS", 3)
    monkeypatch.setattr(sheets, "MOST_MARKS", 3)
    passage = paper()["passages"][0]
    many: list[Callable[[], bytes]] = [
        lambda: js(passages=[passage] * 4),
        lambda: js(p_annotations=passage["annotations"] * 4),
        lambda: js(relations=[{}] * 4),
    ]
    for make in many:
        with pytest.raises(LimitError) as error:
            documents("json", make())
        assert error.value.code == "E507"


def test_a_file_of_another_kind_is_taken_for_neither() -> None:
    others = [
        b'{"documents": [{"title": "x"}]}',
        b'{"passages": [{"text": "x"}]}',
        b'{"id": "p1", "phenotypicFeatures": []}',
        b'<collection xmlns="http://www.loc.gov/MARC21/slim"><record/></collection>',
        b"<article><front/></article>",
        b"<PubmedArticleSet/>",
        b"# A digest\n\n## Abstract\n\nwith <collection> in it",
    ]
    for content in others:
        assert [
            name for name in ("json", "xml") if readers()[f"bioc-{name}"].recognises(content)
        ] == []
    assert choose(js(), "a").name == "bioc-json"
    assert choose(b'{"PubTator3": []}', "a").name == "bioc-json"
    assert choose(XML.encode(), "a").name == "bioc-xml"
    assert choose(b"{", "a.ndjson").name == "bioc-json"
