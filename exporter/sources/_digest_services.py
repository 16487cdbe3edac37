"""What is known of digest services: how their addresses name a paper, which words are its own."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from exporter.model.document import TextKind
from exporter.resources import data

_URL = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"{}|\\^`\[\]]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A row of ``ontology/digest-services.csv``: ``verbatim`` names the sections that it copies."""

    host: str
    path: re.Pattern[str]
    verbatim: frozenset[str]


@cache
def services() -> Mapping[str, Service]:
    """Return the known services by host."""
    table = data("ontology") / "digest-services.csv"
    with table.open(encoding="utf-8", newline="") as file:
        return {
            row["host"]: Service(
                host=row["host"],
                path=re.compile(row["path"]),
                verbatim=frozenset(row["verbatim"].split("|")),
            )
            for row in csv.DictReader(file)
        }


def url_in(text: str) -> str | None:
    """Return the first web address of a text, without the marks that surround it."""
    match = _URL.search(text)
    if match is None:
        return None
    url = match[0].rstrip("*_.,;")
    url = url if "(" in url else url.rstrip(")")
    try:
        return url if urlsplit(url).hostname else None
    except ValueError:
        return None


def service_of(url: str | None) -> Service | None:
    """Return the service that an address belongs to; a host that just looks alike is unknown.

    >>> service_of("https://tomesphere.com.example.org/paper/PMC1") is None
    True
    """
    return services().get(_host(url)) if url else None


def paper_in(url: str | None) -> str | None:
    """Return the paper's name in the address of a known service."""
    service = service_of(url)
    match = service.path.fullmatch(unquote(urlsplit(str(url)).path)) if service else None
    return match["id"] if match else None


def kind_of(section: str, service: Service | None) -> TextKind:
    """Return whose words a section holds by the digest's form alone.

    Nothing is taken for the paper's own words where the service is not known.
    """
    copied = service is not None and section in service.verbatim
    return TextKind.VERBATIM if copied else TextKind.MACHINE_SUMMARY


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
