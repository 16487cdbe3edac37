from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.namespace import XSD

from exporter.errors import InputError
from exporter.model.identifiers import bundled_namespaces
from exporter.rdf.terms import (
    boolean,
    date_literal,
    decimal,
    entity_iri,
    integer,
    iri,
    text_literal,
)


@given(st.text(min_size=1))
def test_an_iri_is_refused_or_can_be_written_anywhere(tail: str) -> None:
    try:
        made = iri(f"https://example.org/{tail}")
    except InputError:
        return
    assert not set(str(made)) & {*'<>"{}|\\^`', *map(chr, range(0x21))}
    assert iri(made) == made


def test_an_iri_keeps_letters_and_gets_brackets_spaces_and_direction_marks_encoded() -> None:
    made = str(iri("https://a.b/é[1] \u202e%41%4"))
    assert made == "https://a.b/é%5B1%5D%20%E2%80%AE%41%254"


@pytest.mark.parametrize("text", ["", "x", "//a/b", "http://ex ample/", "https://a/\ud800"])
def test_what_is_no_absolute_iri_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        iri(text)
    assert refusal.value.code == "E130"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_kept_as_it_is(text: str) -> None:
    assert str(text_literal(text)) == text


def test_half_a_character_is_refused_in_a_text() -> None:
    with pytest.raises(InputError, match=r"U\+D83D"):
        text_literal("a \ud83d b")


def test_a_language_tag_is_kept_in_lower_case_and_must_be_one() -> None:
    assert text_literal("colour", "en-GB").language == "en-gb"
    with pytest.raises(InputError):
        text_literal("colour", "en GB")


@pytest.mark.parametrize("digits", ["1.50", "48.0", "0", "-3", "12345678901234567890.1"])
def test_a_decimal_keeps_its_digits(digits: str) -> None:
    assert str(decimal(Decimal(digits))) == digits


def test_a_decimal_has_no_exponent_and_must_be_finite() -> None:
    assert str(decimal(Decimal("1E+3"))) == "1000"
    assert str(decimal(Decimal("1E-7"))) == "0.0000001"
    with pytest.raises(InputError):
        decimal(Decimal("NaN"))


def test_whole_numbers_are_integers_and_no_subtype() -> None:
    assert integer(7).n3() == f'"7"^^<{XSD.integer}>'
    assert boolean(value=False).n3() == f'"false"^^<{XSD.boolean}>'


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2026-01-15", XSD.date),
        ("2024-02-29", XSD.date),
        ("2020-08", XSD.gYearMonth),
        ("1999", XSD.gYear),
    ],
)
def test_a_date_has_the_type_of_its_precision(text: str, datatype: str) -> None:
    assert (str(date_literal(text)), date_literal(text).datatype) == (text, datatype)


@pytest.mark.parametrize("text", ["2026-13", "2025-02-29", "20", "0000", "2026-1-5", "٢٠٢٦", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        date_literal(text)


def test_a_doi_has_no_fragment_and_no_query() -> None:
    doi = bundled_namespaces().parse("DOI:10.1000/A#b?c")
    assert str(entity_iri(doi)) == "https://doi.org/10.1000/a%23b%3Fc"
