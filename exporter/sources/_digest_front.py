"""What the front lines of a digest say of the paper, and which of it is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.errors import Where
from exporter.model.document import Author
from exporter.model.findings import Finding, Level
from exporter.sources._digest_header import (
    Part,
    authors_in,
    header_parts,
    is_authors,
    is_header,
    iso_date,
)
from exporter.sources._digest_outline import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """Authors, journal and date of the paper; ``parts`` are all parts of the header."""

    authors: tuple[Author, ...] = ()
    authors_complete: bool = False
    parts: tuple[Part, ...] = ()
    journal: str | None = None
    issued: str | None = None
    line: int = 1
    findings: tuple[Finding, ...] = ()


def front_of(lines: Sequence[Line], where: Where) -> Front:
    """Return what the lines between title and first section say; the first of each kind counts."""
    named = next((line for line in lines if is_authors(line.text)), None)
    headers = [line for line in lines if line is not named and is_header(line.text)]
    others = [line for line in lines if line is not named and line not in headers]
    parts = tuple(part for line in headers for part in header_parts(line.text))
    authors, complete = authors_in(named.text) if named else ((), False)
    at_header = replace(where, line=headers[0].number if headers else 1)
    at_authors = replace(where, line=named.number if named else at_header.line)
    issued = next((p.value for p in parts if p.kind == "date" and iso_date(p.value)), None)
    journal = next((p.value for p in parts if p.kind == "words"), None)
    return Front(
        authors=authors,
        authors_complete=complete,
        parts=parts,
        journal=journal,
        issued=issued,
        line=at_header.line or 1,
        findings=(
            *_authors_missing(authors, at_authors, complete=complete),
            *_header_missing(parts, issued, at_header),
            *(_unread(line, where) for line in others),
        ),
    )


def missing(what: str, where: Where, level: Level = Level.NOTE) -> Finding:
    """Return the finding that a digest does not give something."""
    return Finding(
        level=level,
        code="missing-field",
        message=f"the digest gives no {what}",
        where=replace(where, field=what),
    )


def _authors_missing(
    authors: Sequence[Author], where: Where, *, complete: bool
) -> Iterator[Finding]:
    if not authors:
        yield missing("authors", where)
    elif not complete:
        yield Finding(
            level=Level.NOTE,
            code="missing-field",
            message="the digest does not name all authors",
            where=replace(where, field="authors"),
        )


def _header_missing(parts: Sequence[Part], issued: str | None, where: Where) -> Iterator[Finding]:
    kinds = {part.kind for part in parts}
    if "DOI" not in kinds:
        yield missing("DOI", where)
    if not kinds & {"words", "service"}:
        yield missing("journal", where)
    if "date" not in kinds:
        yield missing("date", where)
    elif issued is None:
        yield Finding(
            level=Level.WARNING,
            code="unreadable-date",
            message="the date is not used",
            where=replace(where, field="date"),
            value=next(part.value for part in parts if part.kind == "date"),
            hint="write it as 2026, 2026-01 or 2026-01-15",
        )


def _unread(line: Line, where: Where) -> Finding:
    return Finding(
        level=Level.NOTE,
        code="unread-line",
        message="the line is neither authors nor header; it is kept as text only",
        where=replace(where, line=line.number),
        value=line.text.strip()[:200],
    )
