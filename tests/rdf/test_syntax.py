from pathlib import Path

import pytest

from exporter.errors import UsageError
from exporter.rdf.syntax import Format, format_named, format_of_content, format_of_path


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
