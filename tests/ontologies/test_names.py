import pytest

from exporter.ontologies.names import name_key

SAME = [
    ("Mi-2\N{GREEK SMALL LETTER ALPHA}", "mi2 ALPHA"),
    ("IFN-\N{GREEK CAPITAL LETTER GAMMA}", "IFN gamma"),
    ("TNF\N{GREEK SMALL LETTER FINAL SIGMA}", "tnf-sigma"),
    ("\N{GREEK SMALL LETTER LAMDA}", "lambda"),
    ("Aicardi\N{EN DASH}Goutières syndrome", "aicardi goutieres SYNDROME"),
    ("Behçet\N{RIGHT SINGLE QUOTATION MARK}s disease", "Behcet's disease"),
    ("JAK\N{NO-BREAK SPACE}1", "JAK1"),
    ("STRASSE", "Straße"),
]
DIFFERENT = [
    ("MDA5+", "MDA5"),
    ("(+)-camphene", "(\N{MINUS SIGN})-camphene"),
    ("IFN-\N{GREEK SMALL LETTER ALPHA}", "IFN-a"),
    ("JAK1", "JAK2"),
    ("IgG1/IgG4", "IgG1IgG4"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_have_the_same_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_that_say_different_things_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    "name", ["JAK1", "\N{GREEK SMALL LETTER ALPHA}", "Mi-2", "É", "ß", "MDA5+ DM", "\u212a"]
)
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
