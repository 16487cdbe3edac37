import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, XSD

from exporter.errors import InputError, OutputError
from exporter.rdf import formats
from exporter.rdf.formats import (
    READABLE,
    WRITTEN,
    Format,
    parse,
    read,
    rewrite,
    write,
)
from exporter.rdf.terms import Quad, decimal, integer, iri, text_literal
from exporter.rdf.vocabulary import DEFAULT_BASE, LC, PREFIXES, SKOS

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
ODD_IRIS = [
    "obo:thing",
    "http://purl.obolibrary.org/obo//x",
    "http://x.y/\u00e9(%20)'a'",
    "urn:x",
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
    Random(7).shuffle(shuffled)  # noqa: S311 - no secret
    assert written(shuffled, form) == written(quads, form)


@pytest.mark.parametrize("form", WRITTEN)
def test_the_seed_of_hashes_changes_nothing(form: Format, tmp_path: Path) -> None:
    source = tmp_path / "in.nq"
    source.write_bytes(written(naughty_quads(), Format.NQUADS))
    program = (
        "import sys; from pathlib import Path; from exporter.rdf.formats import *; "
        f"quads = parse(Path({str(source)!r})); "
        f"chunks = write(quads, Format({form.value!r}), {DEFAULT_BASE!r}); "
        "sys.stdout.buffer.write(b''.join(chunks))"
    )
    results = {
        subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
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
        (NODE, LC.months, decimal(Decimal("48.0")), NODE),
        (NODE, RDF.type, LC.Text, NODE),
    ]
    lines = written(quads, Format.TURTLE).decode().splitlines()
    assert [line.rstrip() for line in lines if line] == [
        f"@base <{DEFAULT_BASE}> .",
        "@prefix lc: <https://w3id.org/linked-case/vocab#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        "<paper/PMC1/text/ab> a lc:Text ;",
        '    skos:altLabel "one",',
        '        "two" ;',
        "    lc:months 48.0 ;",
        "    lc:textLength 5 .",
    ]


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


def test_written_files_are_recognised_and_read_without_being_told(tmp_path: Path) -> None:
    for form in WRITTEN:
        content = written(naughty_quads(), form)
        path = tmp_path / f"file{form.suffix}"
        path.write_bytes(content)
        assert set(parse(path)) == set(parse(content)) == expected(naughty_quads(), form)


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
    assert isomorphic(again, rdflib.Graph().parse(data=BLANKS, format="turtle"))


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
