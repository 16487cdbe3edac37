import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import RDF, XSD

from exporter.errors import InputError, OutputError, UsageError
from exporter.rdf import formats
from exporter.rdf.formats import (
    READABLE,
    WRITTEN,
    Format,
    format_named,
    format_of_content,
    format_of_path,
    parse,
    read,
    rewrite,
    write,
)
from exporter.rdf.terms import Quad, decimal, integer, iri, text_literal
from exporter.rdf.vocabulary import DEFAULT_BASE, LC, PREFIXES, SKOS
from exporter.resources import data

NAUGHTY = [
    "",
    " ",
    "line\nbreak\r\nand\ttab",
    "quotes \" ' \"\"\" ''' and \\ \\u0041 \\n",
    "emoji \U0001f600 \U0001f468\u200d\U0001f469",
    "right to left \u202e\u05d0\u2066\u200f",
    "\x00\x01\x07\x0b\x0c\x1b[31m\x7f\x80\x85",
    "\ufeff\ufffe\uffff\u2028\u2029",
    "<b>&amp;</b> {} [] @id lc:x _:b https://a.b/",
    "x" * 100_000,
]
LEXICAL = [
    ("007", XSD.integer),
    ("5", XSD.integer),
    ("9007199254740993", XSD.integer),
    ("1.50", XSD.decimal),
    ("4", XSD.decimal),
    (".5", XSD.decimal),
    ("0.0000001", XSD.decimal),
    ("1E3", XSD.double),
    ("1", XSD.boolean),
    ("true", XSD.boolean),
    ("P4Y", XSD.duration),
]
NODE = iri(f"{DEFAULT_BASE}paper/PMC1/text/ab")
RDFLIB = {Format.NTRIPLES: "nt", Format.JSONLD: "json-ld"}


def naughty_quads() -> Iterator[Quad]:
    """What is legal and goes wrong easily: texts, digits, IRIs, an IRI in a literal's place."""
    one, two = iri(f"{DEFAULT_BASE}paper/PMC1/graph/source"), iri("urn:graph:2")
    for text in NAUGHTY:
        yield NODE, LC.reason, text_literal(text), one
        yield NODE, LC.reason, text_literal(text, "en-GB"), one
        yield NODE, LC.concept, text_literal(text), two
    for digits, datatype in LEXICAL:
        yield NODE, LC.ordinal, Literal(digits, datatype=datatype, normalize=False), two
    yield NODE, LC.ordinal, text_literal("5"), two
    yield NODE, RDF.type, LC.Text, one
    yield NODE, RDF.type, LC.Text, two
    yield NODE, RDF.type, text_literal("lc:Text"), two
    for odd in (
        "obo:thing",
        "http://purl.obolibrary.org/obo//x",
        "http://x.y/\u00e9(%20)'a'",
        "urn:x",
    ):
        yield NODE, LC.concept, iri(odd), two
        yield iri(odd), iri(f"{odd}/p"), NODE, two


def written(quads: Any, form: Format) -> bytes:
    return b"".join(write(quads, form, DEFAULT_BASE))


def expected(quads: Any, form: Format) -> set[tuple[Any, ...]]:
    return {(s, p, o, g if form.holds_graphs else None) for s, p, o, g in quads}


@pytest.fixture
def as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rdflib keep the digits of what it reads, and not complain of them."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    monkeypatch.setattr(rdflib.term, "logger", logging.getLogger("silent"))


def rdflib_reads(content: bytes, form: Format) -> set[tuple[Any, ...]]:
    dataset = Dataset()
    dataset.parse(data=content, format=RDFLIB.get(form, form.value))
    names = {None, "urn:x-rdflib:default"}
    return {
        (s, p, o, None if g is None or str(g) in names else URIRef(str(g)))
        for s, p, o, g in dataset.quads()
    }


@pytest.mark.parametrize("form", WRITTEN)
def test_pyoxigraph_reads_back_exactly_what_was_written(form: Format) -> None:
    content = written(naughty_quads(), form)
    assert set(parse(content, form)) == expected(naughty_quads(), form)


@pytest.mark.parametrize("form", WRITTEN)
@pytest.mark.usefixtures("as_written")
def test_rdflib_reads_back_what_was_written(form: Format) -> None:
    # rdflib reads a bare 007 or .5 as a number and forgets its digits; the value is the same.
    bare = {"007", ".5", "0.0000001"} if form is Format.TRIG else set()
    content = written(naughty_quads(), form)
    kept = [quad for quad in expected(naughty_quads(), form) if str(quad[2]) not in bare]
    assert set(kept) <= rdflib_reads(content, form)
    assert len(rdflib_reads(content, form)) == len(kept) + len(bare)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3))
@pytest.mark.parametrize("form", WRITTEN)
def test_any_text_survives_every_format(form: Format, texts: list[str]) -> None:
    quads = [(NODE, LC.reason, text_literal(text), NODE) for text in texts]
    content = written(quads, form)
    assert set(parse(content, form)) == expected(quads, form)


@pytest.mark.parametrize("form", WRITTEN)
def test_the_order_and_the_number_of_times_of_statements_change_nothing(form: Format) -> None:
    quads = list(naughty_quads())
    shuffled = [*quads, *quads[::3]]
    Random(7).shuffle(shuffled)
    assert written(shuffled, form) == written(quads, form)


@pytest.mark.parametrize("form", WRITTEN)
def test_the_seed_of_hashes_changes_nothing(form: Format, tmp_path: Path) -> None:
    source = tmp_path / "in.nq"
    source.write_bytes(written(naughty_quads(), Format.NQUADS))
    program = (
        "import sys; from exporter.rdf.formats import *; "
        f"sys.stdout.buffer.write(b''.join(write(parse(__import__('pathlib').Path({str(source)!r})), "
        f"Format({form.value!r}), {DEFAULT_BASE!r})))"
    )
    results = {
        subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(data("ontology").parent)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(results) == 1
    assert results != {b""}


@pytest.mark.parametrize("form", WRITTEN)
def test_nothing_at_all_is_a_file_too(form: Format) -> None:
    assert list(parse(written([], form), form)) == []


def test_turtle_of_any_size_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    for_people = written(naughty_quads(), Format.TURTLE)
    monkeypatch.setattr(formats, "READABLE", 1)
    fast = written(naughty_quads(), Format.TURTLE)
    assert READABLE > 1
    assert fast != for_people
    assert set(parse(fast, Format.TURTLE)) == set(parse(for_people, Format.TURTLE))


def test_turtle_for_people_is_grouped_short_and_below_its_base() -> None:
    quads = [
        (NODE, SKOS.altLabel, text_literal("two"), NODE),
        (NODE, SKOS.altLabel, text_literal("one"), NODE),
        (NODE, LC.textLength, integer(5), NODE),
        (NODE, LC.months, decimal(_digits("48.0")), NODE),
        (NODE, RDF.type, LC.Text, NODE),
    ]
    lines = written(quads, Format.TURTLE).decode().splitlines()
    assert [line.rstrip() for line in lines if line] == [
        f"@base <{DEFAULT_BASE}> .",
        "@prefix lc: <https://w3id.org/linked-case/vocab#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "<paper/PMC1/text/ab> a lc:Text ;",
        '    skos:altLabel "one",',
        '        "two" ;',
        "    lc:months 48.0 ;",
        "    lc:textLength 5 .",
    ]


def _digits(text: str) -> Any:
    from decimal import Decimal

    return Decimal(text)


def test_json_ld_carries_its_context_and_short_values() -> None:
    quads = [
        (NODE, RDF.type, LC.Text, NODE),
        (NODE, LC.textKind, LC.verbatim, NODE),
        (NODE, LC.textLength, integer(5), NODE),
    ]
    document = json.loads(written(quads, Format.JSONLD))
    (graph,) = document["@graph"]
    assert graph["@id"] == str(NODE)
    assert graph["@graph"] == [
        {"@id": str(NODE), "@type": "lc:Text", "lc:textKind": "lc:verbatim", "lc:textLength": 5}
    ]
    assert {name: document["@context"][name] for name in PREFIXES} == PREFIXES


def test_a_lone_surrogate_never_reaches_a_file() -> None:
    bad: Quad = (NODE, LC.reason, Literal("\ud800"), NODE)
    with pytest.raises(InputError):
        text_literal("\ud800")
    for form in WRITTEN:
        with pytest.raises(ValueError, match="literal"):
            written([bad], form)


# --- telling formats apart ---


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("turtle", Format.TURTLE),
        ("ttl", Format.TURTLE),
        (".TTL", Format.TURTLE),
        ("text/turtle; charset=utf-8", Format.TURTLE),
        ("application/ld+json", Format.JSONLD),
        ("nq", Format.NQUADS),
        ("owl", Format.RDFXML),
    ],
)
def test_a_format_is_known_by_name_ending_and_media_type(name: str, form: Format) -> None:
    assert format_named(name) is form


@pytest.mark.parametrize("name", ["", "csv", "text/html", "."])
def test_an_unknown_format_is_a_usage_error(name: str) -> None:
    with pytest.raises(UsageError):
        format_named(name)


@pytest.mark.parametrize("form", Format)
def test_every_format_is_known_by_its_own_ending_and_media_type(form: Format) -> None:
    assert format_of_path(Path(f"a{form.suffix}")) is form
    assert format_named(form.media_type) is form


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ('{"@id": "urn:x"}', Format.JSONLD),
        ("[]", Format.JSONLD),
        ('\ufeff [{"@id": "urn:x"}]', Format.JSONLD),
        ("[ <urn:p> 1 ] .", Format.TRIG),
        ("{ <urn:s> <urn:p> 1 }", Format.TRIG),
        ('<?xml version="1.0"?><a/>', Format.RDFXML),
        ("<!-- c --><rdf:RDF/>", Format.RDFXML),
        ("# c\n<urn:s> <urn:p> <urn:o> <urn:g> .", Format.NQUADS),
        ('<urn:s> <urn:p> "a b"@en <urn:g> .', Format.NQUADS),
        ('<urn:s> <urn:p> "a" .', Format.TRIG),
        ("@prefix a: <urn:a> .", Format.TRIG),
    ],
)
def test_content_tells_its_format(content: str, form: Format) -> None:
    assert format_of_content(content.encode()) is form


def test_written_files_are_recognised_and_read_without_being_told(tmp_path: Path) -> None:
    for form in WRITTEN:
        content = written(naughty_quads(), form)
        path = tmp_path / f"file{form.suffix}"
        path.write_bytes(content)
        assert set(parse(path)) == set(parse(content)) == expected(naughty_quads(), form)


# --- strict reading ---


@pytest.mark.parametrize(
    ("content", "form", "place"),
    [
        ('<urn:s> <urn:p> "a" .\n<urn:s> <urn:p> "b .', Format.TURTLE, "a.ttl:2:17"),
        ("<urn:s> <urn:p> <urn:a b> .", Format.NQUADS, "a.ttl:1:17"),
        ('<urn:s> <urn:p> "\\uD800" .', Format.TURTLE, "a.ttl:1:17"),
        ('{"@id": "urn:s",\n"urn:p": }', Format.JSONLD, "a.ttl:2:10"),
    ],
)
def test_a_mistake_is_shown_with_its_place(content: str, form: Format, place: str) -> None:
    from exporter.errors import Where

    with pytest.raises(InputError) as refusal:
        list(read(content.encode(), form, None, Where(file="a.ttl")))
    assert str(refusal.value).startswith(f"{place}: E140 not {form}: ")
    assert "Parser error" not in str(refusal.value)


def test_what_is_not_utf8_is_shown_with_its_line() -> None:
    with pytest.raises(InputError, match="not UTF-8") as refusal:
        list(parse(b"<urn:s> <urn:p> 1 .\n# \xff", Format.TURTLE))
    assert (refusal.value.code, refusal.value.where.line) == ("E144", 2)  # type: ignore[union-attr]


def test_a_relative_iri_needs_a_base() -> None:
    with pytest.raises(InputError) as refusal:
        list(parse(b"<a> <b> <c> .", Format.TURTLE))
    assert "--base" in refusal.value.hint
    ((subject, *_),) = parse(b"<a> <b> <c> .", Format.TURTLE, base="https://a.b/")
    assert str(subject) == "https://a.b/a"


@pytest.mark.parametrize(
    "markup",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        "<!doctype x>",
        '<!-- fine --> <!DOCTYPE x SYSTEM "file:///etc/passwd">',
    ],
)
def test_rdf_xml_with_a_document_type_is_refused(markup: str) -> None:
    with pytest.raises(InputError) as refusal:
        list(parse(_rdf_xml(markup), Format.RDFXML))
    assert refusal.value.code == "E145"


def test_rdf_xml_that_only_speaks_of_a_document_type_is_read() -> None:
    comment = "<!-- no <!DOCTYPE here -->"
    found = list(parse(_rdf_xml(comment, "<![CDATA[<!ENTITY a>]]>")))
    assert [str(value) for _, _, value, _ in found] == ["<!ENTITY a>"]


def test_rdf_xml_in_another_encoding_is_refused() -> None:
    content = _rdf_xml("").replace(b"?>", b' encoding="latin1"?>')
    with pytest.raises(InputError) as refusal:
        list(parse(content, Format.RDFXML))
    assert refusal.value.code == "E144"


def _rdf_xml(prolog: str, value: str = "v") -> bytes:
    return (
        f'<?xml version="1.0"?>{prolog}<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="urn:e:">'
        f'<rdf:Description rdf:about="urn:s"><e:p>{value}</e:p></rdf:Description></rdf:RDF>'
    ).encode()


@pytest.mark.parametrize(
    "context",
    ['"https://a.b/c"', '["https://a.b/c"]', '{"@import": "https://a.b/c"}'],
)
def test_a_remote_context_is_refused_and_not_fetched(context: str) -> None:
    content = f'{{"@context": {context}, "@id": "urn:s", "urn:p": 1}}'.encode()
    with pytest.raises(InputError, match="nothing is fetched"):
        list(parse(content, Format.JSONLD))


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ('{"a":{"@context":' * 40_000 + "1" + "}}" * 40_000, Format.JSONLD),
        ("[" * 60_000 + "]" * 60_000, Format.JSONLD),
        ("<urn:s> <urn:p> " + "<<( <urn:s> <urn:p> " * 40_000 + "1", Format.TURTLE),
        ("<urn:s> <urn:p> " + "<<( <urn:s> <urn:p> # >>\n" * 40_000 + "1", Format.TRIG),
        ("<urn:s> <urn:p> " + "<<( <urn:s> <urn:p> " * 40_000 + "1", Format.NQUADS),
    ],
    ids=["contexts", "arrays", "triple terms", "hidden closings", "in n-quads"],
)
def test_a_bomb_of_nesting_is_refused(content: str, form: Format) -> None:
    with pytest.raises(InputError) as refusal:
        list(read(content.encode(), form))
    assert refusal.value.code == "E146"


def test_many_flat_statements_about_statements_are_no_bomb() -> None:
    content = "<urn:s> <urn:p> <<( <urn:s> <urn:p> 1 )>> .\n" * 2_000
    assert len(list(read(content.encode(), Format.TURTLE))) == 2_000


def test_an_empty_input_of_no_known_format_is_refused() -> None:
    with pytest.raises(InputError, match="nothing to read"):
        list(parse(b" \n"))


def test_a_missing_file_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refusal:
        list(parse(tmp_path / "none.ttl"))
    assert str(refusal.value).startswith(f"{tmp_path / 'none.ttl'}: E143 ")


# --- rewriting what was read ---

BLANKS = b"""\
<urn:a> <urn:p> [ <urn:q> [ <urn:r> 1 ] ], _:x .
_:x <urn:p> _:y . _:y <urn:p> _:x .
"""


@pytest.mark.parametrize("form", WRITTEN)
def test_two_readings_with_blank_nodes_give_the_same_bytes(form: Format) -> None:
    one, two = (b"".join(rewrite(read(BLANKS, Format.TURTLE), form)) for _ in range(2))
    assert one == two
    again = rdflib.Graph().parse(data=one, format=RDFLIB.get(form, form.value))
    assert rdflib.compare.isomorphic(again, rdflib.Graph().parse(data=BLANKS, format="turtle"))


def test_a_statement_about_a_statement_goes_where_it_can_be_held() -> None:
    content = b"<urn:s> <urn:p> <<( <urn:a> <urn:b> _:c )>> ."
    quads = list(read(content, Format.TURTLE))
    for form in (Format.TURTLE, Format.TRIG, Format.NQUADS, Format.NTRIPLES):
        again = read(b"".join(rewrite(quads, form)), form)
        assert [str(quad) for quad in again] == [str(quad) for quad in quads]
    with pytest.raises(OutputError):
        b"".join(rewrite(quads, Format.JSONLD))
    with pytest.raises(InputError) as refusal:
        list(parse(content, Format.TURTLE))
    assert refusal.value.code == "E142"


def test_the_default_graph_stays_beside_named_ones() -> None:
    content = b"<urn:s> <urn:p> 1 . <urn:g> { <urn:s> <urn:p> 2 }"
    for form in (Format.TRIG, Format.NQUADS, Format.JSONLD):
        again = list(parse(b"".join(rewrite(read(content, Format.TRIG), form)), form))
        assert {str(graph) for *_, graph in again} == {"None", "urn:g"}
