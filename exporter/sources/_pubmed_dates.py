"""The dates of a PubMed record, as exactly as they are given and no more."""

import re
from datetime import date
from xml.etree.ElementTree import Element

from exporter.sources._pubmed_words import below

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = ("spring", "summer", "autumn", "fall", "winter")
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_FREE = re.compile(
    r"(?P<year>[12]\d{3})(?P<until_year>\s*[-/]\s*(?:[12]\d{3}|\d\d)\b(?!\d))?"
    r"(?:\s+(?P<month>[A-Za-z]{3,9})\.?(?P<until_month>\s*[-/].*|\s+\d{1,2}\s*-\s*[A-Za-z].*)?"
    r"(?:\s+(?P<day>\d{1,2})(?P<until_day>\s*[-/].*)?)?)?",
    re.ASCII,
)


def date_in(element: Element | None) -> tuple[str | None, str]:
    """Return a date by its parts or in words (ISO 8601), and what of it cannot be used, if any."""
    if element is None:
        return None, ""
    free = below(element, "MedlineDate")
    if free:
        found = free_date(free)
        return found, "" if found else free
    parts = [below(element, name) for name in ("Year", "Month", "Day")]
    if not any(parts):
        return None, ""
    return _by_parts(*parts)


def free_date(text: str) -> str | None:
    """Return what the beginning and the end of a stretch of time have in common.

    >>> [free_date(each) for each in ("1978 Jul-Sep", "2015 Nov 12-18", "1998 Dec-1999 Jan")]
    ['1978', '2015-11', None]
    """
    match = _FREE.fullmatch(text.strip())
    if match is None:
        season = text.split()
        whole = len(season) == 2 and any(season[1].lower().startswith(each) for each in _SEASONS)
        return season[0] if whole and _YEAR.fullmatch(season[0]) else None
    if match["until_year"] or _other_year(match["until_month"], match["year"]):
        return None
    month = _month(match["month"] or "")
    if not month or match["until_month"]:
        return match["year"]
    day = match["day"] if match["day"] and not match["until_day"] else None
    return _iso(match["year"], month, int(day) if day else None)


def _other_year(rest: str | None, year: str) -> bool:
    return any(each != year for each in _YEAR.findall(rest or ""))


def _by_parts(year: str, month: str, day: str) -> tuple[str | None, str]:
    written = " ".join(filter(None, (year, month, day)))
    if not _YEAR.fullmatch(year):
        return None, written
    if not month or month.lower() in _SEASONS:
        return year, written if day else ""
    number = _month(month)
    if number is None:
        return year, written
    if not day:
        return f"{year}-{number:02}", ""
    plain = day.isascii() and day.isdigit() and len(day) <= 2
    found = _iso(year, number, int(day)) if plain else None
    return (found, "") if found else (f"{year}-{number:02}", written)


def _month(text: str) -> int | None:
    if text.isascii() and text.isdigit():
        return int(text) if 1 <= int(text[:4]) <= 12 and len(text) <= 2 else None
    short = text.lower()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else None


def _iso(year: str, month: int, day: int | None) -> str | None:
    if day is None:
        return f"{year}-{month:02}"
    try:
        return date(int(year), month, day).isoformat()
    except (ValueError, OverflowError):
        return None
