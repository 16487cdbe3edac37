"""Curated case files (YAML, ``linked-case/1``): read strictly, checked, with plain messages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from exporter.errors import ProblemsError, Where
from exporter.model.case import Case
from exporter.model.findings import Finding, Level
from exporter.sources._case_checks import check
from exporter.sources._case_remarks import Path, Remark, as_error
from exporter.sources._case_structure import Structure, structure
from exporter.sources._measures import measures_of
from exporter.sources._reader import Reader, Record, Settings, stem
from exporter.sources._yaml import compose

_NAME = "case-yaml"
_RECOGNISED = re.compile(rb"(?m)^\s*[{\s]*[\"']?schema[\"']?\s*:\s*[\"']?linked-case/")
_LOOKED_AT = 65_536
_DOCUMENT_BEGINS = re.compile(rb"---(?:\s|$)")
_DOCUMENT_ENDS = re.compile(rb"\.\.\.(?:\s|$)")
_NO_CONTENT = re.compile(rb"\s*(?:#.*|%.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A case file as far as it could be read: the case, None if that failed, and all findings."""

    case: Case | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that keep the case out."""
        return tuple(finding for finding in self.findings if finding.level is Level.ERROR)


def read_case(record: Record, settings: Settings) -> Reading:
    """Read and check one case, and report everything that was found.

    Only what is not YAML at all, or tries to be more than plain data, raises ``InputError``.
    """
    node = compose(record.content, record.where)
    found = structure(node, replace(record.where, line=node.line))
    remarks = sorted(_all_remarks(found, record, settings), key=lambda remark: _order(remark, found))
    findings = tuple(remark.finding(record.where.file, found.spots) for remark in remarks)
    return Reading(case=found.case, findings=findings)


def _all_remarks(found: Structure, record: Record, settings: Settings) -> Iterator[Remark]:
    yield from found.remarks
    if found.case is not None and found.whole:
        checks = check(found.case, settings.namespaces, measures_of(settings), record.name)
        for remark in checks:
            if not any(remark.path[: len(path)] == path for path in found.faulty):
                yield remark


def _order(remark: Remark, found: Structure) -> tuple[int, int, str]:
    path: Path = remark.path
    while path not in found.spots and path:
        path = path[:-1]
    return (*found.spots.get(path, (0, 0)), remark.code)


def _parse(record: Record, settings: Settings) -> Case:
    """Return the case; if anything keeps it out, all such problems are raised at once."""
    reading = read_case(record, settings)
    if reading.case is None or reading.errors:
        count = len(reading.errors)
        raise ProblemsError(
            f"{count} problem{'s' if count != 1 else ''}",
            where=record.where,
            problems=tuple(as_error(finding) for finding in reading.errors),
        )
    return replace(reading.case, findings=reading.findings)


def _split(content: bytes, where: Where) -> Iterator[Record]:
    """Yield one record for each YAML document of a file, with the line that it begins in."""
    parts = [part for part in _documents(content) if part[2]] or [(1, content, True)]
    name = stem(where) if len(parts) == 1 else ""
    for line, part, _ in parts:
        yield Record(reader=_NAME, where=replace(where, line=line), content=part, name=name)


def _documents(content: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Yield each document: its first line, its bytes and whether it holds more than comments."""
    first, lines, has_marker, has_content = 1, list[bytes](), False, False
    for number, line in enumerate(content.splitlines(keepends=True), start=1):
        begins = _DOCUMENT_BEGINS.match(line) is not None
        if lines and (has_marker or has_content) and (begins or _DOCUMENT_ENDS.match(lines[-1])):
            yield first, b"".join(lines), has_content
            first, lines, has_marker, has_content = number, [], False, False
        lines.append(line)
        has_marker = has_marker or begins
        rest = line[3:] if begins or _DOCUMENT_ENDS.match(line) else line
        has_content = has_content or _NO_CONTENT.fullmatch(rest.rstrip(b"\r\n")) is None
    yield first, b"".join(lines), has_content


def _recognises(content: bytes) -> bool:
    return _RECOGNISED.search(content[:_LOOKED_AT]) is not None


READER = Reader(
    name=_NAME,
    suffixes=(".yaml", ".yml"),
    recognises=_recognises,
    split=_split,
    parse=_parse,
)
