"""The front lines of a digest: authors, and the header line with its ids, journal and date."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from exporter.model.document import Author

_PARTS = re.compile(r"(?<=\s)[·•∙|](?=\s)")
_EDGE = " \t*_·•∙|"
_AUTHORS = re.compile(r"\s*(?:\*\*|__)?Authors?(?:\*\*|__)?\s*:\s*(?:\*\*|__)?(.*)", re.IGNORECASE)
_SERVICES = frozenset({"pmc", "pubmed", "europe pmc", "medline", "arxiv", "biorxiv", "medrxiv"})
_DOI_URL = re.compile(r"(?:doi\s*:?\s*)?https?://(?:dx\.|www\.)?doi\.org/(\S+)", re.IGNORECASE)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_KINDS = (
    ("DOI", re.compile(r"doi(?:\s*:\s*|\s+(?=10\.))(.*)", re.IGNORECASE)),
    ("DOI", re.compile(r"(10\.\d{4,9}/\S+)")),
    ("PMC", re.compile(r"(?:PMCID\s*:?\s*)?(PMC\d+)", re.IGNORECASE)),
    ("PMC", re.compile(r"PMCID\s*:\s*(.*)", re.IGNORECASE)),
    ("PMID", re.compile(r"(?:PMID\s*:|PMID\s(?=\d)|PubMed\s*:?\s*(?=\d))\s*(\S+)", re.IGNORECASE)),
    ("arXiv", re.compile(r"arXiv\s*:\s*(\S+)", re.IGNORECASE)),
    ("date", re.compile(r"(\d[\d./-]{3,})")),
    ("date", re.compile(rf"((?:\d{{1,2}}\.? )?{_MONTH} (?:\d{{1,2}},? )?\d{{4}})")),
    ("date", re.compile(rf"(\d{{4}},? {_MONTH}(?: \d{{1,2}})?)")),
)
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DEGREE = re.compile(r"(?:Jr|Sr|I{2,3}|IV|MD|M\.D|PhD|Ph\.D|MSc|BSc|MBBS|FRCP)\.?")
_ET_AL = re.compile(r"(?:\bet\s+al\b\.?|\band\s+others\b\.?|…|\.\.\.)$", re.IGNORECASE)
_TAIL = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a header line: ``kind`` is ``DOI``, ``PMC``, ``date``, ``service``, ``words``."""

    kind: str
    value: str


def is_authors(line: str) -> bool:
    """Tell whether a line lists the authors."""
    return _AUTHORS.fullmatch(line) is not None


def is_header(line: str) -> bool:
    """Tell whether a line is a digest's header: at least one of its parts is not just words."""
    return any(part.kind != "words" for part in header_parts(line))


def header_parts(line: str) -> tuple[Part, ...]:
    """Return the parts of a header line; the words of a journal's name stay together.

    >>> [part.value for part in header_parts("PMC · Clinical · Experimental · 2020-08")]
    ['PMC', 'Clinical · Experimental', '2020-08']
    """
    parts: list[Part] = []
    for text in _PARTS.split(line.strip(_EDGE)):
        part = _part(text.strip())
        if part.kind == "words" and parts and parts[-1].kind == "words":
            parts[-1] = Part(kind="words", value=f"{parts[-1].value} · {part.value}")
        elif part.value or part.kind != "words":
            parts.append(part)
    return tuple(parts)


def iso_date(text: str) -> str | None:
    """Return a year, year-month or date as it is; None if it is not one of the calendar.

    >>> iso_date("2020-08"), iso_date("2020-13")
    ('2020-08', None)
    """
    match = _ISO_DATE.fullmatch(text)
    if match is None:
        return None
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None
    return text


def authors_in(line: str) -> tuple[tuple[Author, ...], bool]:
    """Return the authors of a line, and whether it names all: ``et al.`` says that it does not."""
    match = _AUTHORS.fullmatch(line)
    names = match[1].strip() if match else ""
    cut = _ET_AL.search(names, max(0, len(names) - _TAIL))
    names = names[: cut.start()] if cut else names
    found: list[str] = []
    for name in _outside_brackets(names, ";" if ";" in names else ","):
        if found and _DEGREE.fullmatch(name):
            found[-1] = f"{found[-1]}, {name}"
        else:
            found.append(re.sub(r"^(?:and|&)\s+", "", name))
    return tuple(Author(name=name) for name in found if name), cut is None and bool(found)


def _part(text: str) -> Part:
    if text.casefold() in _SERVICES:
        return Part(kind="service", value=text)
    url = _DOI_URL.fullmatch(text)
    if url:
        return Part(kind="DOI", value=unquote(url[1]).rstrip(".,;"))
    for kind, pattern in _KINDS:
        match = pattern.fullmatch(text)
        if match:
            return Part(kind=kind, value=match[1].rstrip(".,;"))
    return Part(kind="words", value=text)


def _outside_brackets(text: str, mark: str) -> list[str]:
    """Split at a mark outside brackets; an open bracket in a name is no reason to refuse it."""
    cuts, depth = [-1], 0
    balanced = text.count("(") == text.count(")") and text.count("[") == text.count("]")
    for offset, letter in enumerate(text):
        if balanced and letter in "([)]":
            depth += 1 if letter in "([" else -1
        elif letter == mark and depth <= 0:
            cuts.append(offset)
    parts = [text[a + 1 : b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return [part for part in parts if part]
