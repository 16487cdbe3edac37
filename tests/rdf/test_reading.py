from pathlib import Path

import pytest
from rdflib.namespace import RDF

from exporter.errors import InputError, LimitError, Where
from exporter.rdf.reading import parse, read
from exporter.rdf.syntax import Format


@pytest.mark.parametrize(
    ("content", "form", "place"),
    [
        ('<urn:s> <urn:p> "a" .\n<urn:s> <urn:p> "b .', Format.TURTLE, "a.ttl:2:17"),
        ("<urn:s> <urn:p> <urn:a b> .", Format.NQUADS, "a.ttl:1:17"),
        ('<urn:s> <urn:p> "\\uD800" .', Format.TURTLE, "a.ttl:1:18"),
        ('{"@id": "urn:s",\n"urn:p": }', Format.JSONLD, "a.ttl:2:10"),
    ],
)
def test_a_mistake_is_shown_with_its_place(content: str, form: Format, place: str) -> None:
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


NESTED = {
    "turtle-lists": ("<urn:a> <urn:b> " + "(" * 2_000, Format.TURTLE),
    "trig-blank-nodes": ("{ <urn:a> <urn:b> " + "[ <urn:b> " * 2_000, Format.TRIG),
    "rdf-xml": (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
        + "<r:Description><e:p>" * 2_000,
        Format.RDFXML,
    ),
}


@pytest.mark.parametrize("name", NESTED)
def test_what_is_nested_without_end_is_refused_before_it_is_parsed(name: str) -> None:
    text, form = NESTED[name]
    with pytest.raises(InputError) as refusal:
        list(read(text.encode(), form, None, Where(file="a")))
    assert refusal.value.code == "E146"


def test_brackets_in_texts_and_names_and_many_flat_ones_are_no_nesting() -> None:
    flat = "<urn:a> <urn:b> [] , () ." * 1_500
    texts = "<urn:a> <urn:((((> \"((((\", '[[[[' . # [[[[\n" * 1_500
    names = "@prefix e: <urn:e:> . " + "e:a e:b e:\\(\\( . " * 1_500
    for content in (flat, texts, names):
        assert list(parse(content.encode(), Format.TURTLE))
    tags = "<e:p/><e:p a='>'></e:p><!-- <a> -->" * 1_000
    described = f'<r:Description xmlns:e="urn:e:">{tags}</r:Description>'
    root = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    with pytest.raises(InputError, match="not rdfxml"):  # the attribute, not the depth
        list(parse(f"{root}{described}</r:RDF>".encode(), Format.RDFXML))


def test_a_value_that_fills_the_memory_is_a_limit_and_no_bug() -> None:
    with pytest.raises(LimitError) as refusal:
        list(read(b'<urn:a> <urn:b> "' + b"x" * 17_000_000 + b'" .', Format.TURTLE))
    assert refusal.value.code == "E147"
