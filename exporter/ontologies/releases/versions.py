"""Versions of releases: how the many ways to write them become one."""

import re
from collections.abc import Iterable

from exporter.ontologies._index_file import age

UNDATED = "undated"
"""The version of what does not say which one it is; a later one takes its place."""

_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-/_.]?(0[1-9]|1[0-2])(?:[-/_.]?(0[1-9]|[12]\d|3[01]))?(?!\d)"
)
_DAY_FIRST = re.compile(r"(0[1-9]|[12]\d|3[01])[:.](0[1-9]|1[0-2])[:.]((?:19|20)\d\d)(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OF_A_SERVER = re.compile(r"\w{3}, (\d\d) (\w{3}) (\d{4}) ")
_NUMBERS = re.compile(r"v?\d+(?:\.\d+)+")
_LONGEST = 60


def version(stated: str) -> str:
    """Return the version in what a file says, which is often an address or a path.

    >>> version("http://purl.obolibrary.org/obo/mondo/releases/2026-08-04/mondo.owl")
    '2026-08-04'
    >>> version("19:07:2024 11:00"), version("240"), version("20160219")
    ('2024-07-19', '240', '2016-02-19')
    """
    found = date(stated)
    if found or not stated:
        return found
    _, released, rest = stated.rpartition("/releases/")
    if released or "/" not in stated:
        text = rest.partition("/")[0]
    else:
        text = next((part for part in stated.split("/") if _NUMBERS.fullmatch(part)), "")
    return re.sub(r"[^\w.+-]+", "-", text).strip("-")[:_LONGEST]


def date(text: str) -> str:
    """Return the first date in a text as ISO 8601, to the month or the day; or nothing."""
    day_first = _DAY_FIRST.search(text)
    if day_first:
        return "-".join(reversed(day_first.groups()))
    found = _DATE.search(text)
    return "-".join(part for part in found.groups() if part) if found else ""


def date_of_a_server(stated: str) -> str:
    """Return the date that a server gives for a file.

    >>> date_of_a_server("Tue, 05 May 2026 10:00:00 GMT")
    '2026-05-05'
    """
    found = _OF_A_SERVER.match(stated)
    if not found or found[2].lower() not in _MONTHS:
        return ""
    return f"{found[3]}-{_MONTHS.index(found[2].lower()) + 1:02}-{found[1]}"


def newest(versions: Iterable[str]) -> str:
    """Return the newest of some versions; what is undated is older than all others."""
    return max((each for each in versions if each), key=age, default=UNDATED)
