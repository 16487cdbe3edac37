from typing import Any

import pytest

from exporter.rdf.quoting import TextMode, in_full, licence_facts, licence_iri, quoted
from exporter.rdf.vocabulary import DCTERMS, LC


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("own", True),
        ("CC0-1.0", True),
        ("CC-BY-4.0", True),
        ("CC-BY-3.0-US", True),
        ("CC-BY-NC-4.0", False),
        ("CC-BY-ND-4.0", False),
        ("CC-BY-SA-4.0", False),
        ("LicenseRef-all-rights-reserved", False),
        (None, False),
    ],
)
def test_only_a_free_licence_lets_a_text_be_written_in_full(
    licence: str | None, allowed: bool, paper: Any
) -> None:
    text = paper.text(licence=licence)
    assert in_full(text, TextMode.FULL) is allowed
    assert not in_full(text, TextMode.QUOTES)


def test_a_quote_is_whole_or_left_out(paper: Any) -> None:
    free, bound = paper.text(licence="own"), paper.text()
    assert quoted("x" * 300, bound, TextMode.FULL) == "x" * 300
    assert quoted("x" * 301, bound, TextMode.FULL) is None
    assert quoted("x" * 301, free, TextMode.FULL) == "x" * 301
    assert quoted("x" * 301, free, TextMode.QUOTES) is None
    assert quoted("x", free, TextMode.NONE) is None


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC-BY-NC-ND-4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ("CC-BY-3.0-US", "https://creativecommons.org/licenses/by/3.0/us/"),
        ("MIT", "http://spdx.org/licenses/MIT"),
        ("own", "https://w3id.org/linked-case/vocab#OwnWords"),
        ("https://example.org/terms", "https://example.org/terms"),
    ],
)
def test_a_licence_has_an_iri(licence: str, expected: str) -> None:
    assert str(licence_iri(licence)) == expected


@pytest.mark.parametrize("licence", ["FOO", "free, with attribution", "javascript:alert(1)", ""])
def test_words_about_a_licence_stay_words(licence: str) -> None:
    ((_, predicate, value),) = licence_facts(LC.Text, licence)
    assert (predicate, str(value)) == (DCTERMS.rights, licence)
