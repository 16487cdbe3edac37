"""The licences that a text may be said to be under, and their IRIs."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from exporter.errors import InputError
from exporter.resources import data

_WEB = re.compile(r"https?://[^\s/]+/\S*")


@cache
def licences() -> Mapping[str, str]:
    """Return the IRI of every known licence by its SPDX id; our own words are ``own``."""
    table = data("ontology") / "licences.csv"
    with table.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["licence"]: row["iri"] for row in csv.DictReader(file)})


def checked_licence(text: str) -> str:
    """Return the text if it is a known licence or a web address; else refuse it with the list.

    >>> checked_licence("CC-BY-4.0")
    'CC-BY-4.0'
    """
    if text in licences() or _WEB.fullmatch(text):
        return text
    raise InputError(
        f"{text!r} is not a licence that we know",
        code="E117",
        hint=f"write one of {', '.join(licences())}, or the web address of its terms",
    )
