from urllib.parse import urlsplit

import pytest

from exporter.errors import InputError
from exporter.model.licences import checked_licence, licences


def test_every_licence_has_an_iri_of_its_own() -> None:
    iris = list(licences().values())
    assert len(set(iris)) == len(iris) > 30
    assert all(urlsplit(iri).scheme in {"http", "https"} for iri in iris)


@pytest.mark.parametrize("text", ["own", "CC0-1.0", "ODbL-1.0", "http://example.org/terms"])
def test_a_known_licence_and_an_address_are_taken_as_they_are(text: str) -> None:
    assert checked_licence(text) == text


@pytest.mark.parametrize(
    "text", ["CC-BY", "own words", " MIT", "ftp://example.org/x", "https:///x"]
)
def test_what_is_neither_is_refused_with_the_list(text: str) -> None:
    with pytest.raises(InputError, match="not a licence that we know") as refusal:
        checked_licence(text)
    assert all(name in refusal.value.hint for name in licences())
