"""Curated case files (YAML, ``linked-case/1``): read strictly, checked, with plain messages."""

import re
from collections.abc import Iterator
from dataclasses import replace

from exporter.errors import InputError, ProblemsError, Where
from exporter.model.case import Case
from exporter.model.findings import Finding, Level
from exporter.sources._case_checks import MOST_REMARKS, check_remarks
from exporter.sources._case_remarks import Remark, line_of, warning
from exporter.sources._case_schema import case_schema
from exporter.sources._case_structure import Structure, structure
from exporter.sources._case_template import case_template
from exporter.sources._reader import Reader, Record, Settings, stem
from exporter.sources._yaml import compose

__all__ = ["READER", "case_schema", "case_template"]

_NAME = "case-yaml"
# A case says its schema; one that is broken there still has an id, and must not pass unseen.
_RECOGNISED = re.compile(
    rb"(?m)^[{ \t]*[\"']?(?:schema[\"']?[ \t]*:[^\n]*linked-case/|case_id[\"']?[ \t]*:)"
)
_LOOKED_AT = 65_536
_DOCUMENT_BEGINS = re.compile(rb"---(?:\s|$)")
_DOCUMENT_ENDS = re.compile(rb"\.\.\.(?:\s|$)")
_NO_CONTENT = re.compile(rb"\s*(?:#.*|%.*)?")


def _parse(record: Record, settings: Settings) -> Case:
    """Return the case as it stands; ``check_case`` tells whether what it says can be.

    What does not fit the schema is raised, all of it at once, together with what the checks find
    in the rest.
    """
    node = compose(record.content, record.where)
    found = structure(node, replace(record.where, line=node.line))
    case, file = found.case, record.where.file
    if case is None or found.faulty:
        remarks = [*found.remarks, *_other_remarks(found, settings)]
        raise _problems(
            [
                remark.finding(file, line_of(remark.path, found.spots))
                for remark in remarks
                if remark.level is Level.ERROR
            ],
            record.where,
        )
    remarks = [*found.remarks, *_file_name(case, record.name)]
    findings = (remark.finding(file, line_of(remark.path, found.spots)) for remark in remarks)
    return replace(case, findings=tuple(sorted(findings, key=_line)))


def _other_remarks(found: Structure, settings: Settings) -> Iterator[Remark]:
    """Yield what the checks say of what could be read, where nothing is missing to judge it."""
    if found.case is not None and found.whole:
        for remark in check_remarks(found.case, settings.namespaces, {}):
            if not any(remark.path[: len(path)] == path for path in found.faulty):
                yield remark


def _problems(findings: list[Finding], where: Where) -> ProblemsError:
    problems = tuple(
        InputError(finding.message, code=finding.code, where=finding.where, hint=finding.hint)
        for finding in sorted(findings, key=_line)
    )
    if len(problems) > MOST_REMARKS:
        more = f"there is more than these {MOST_REMARKS} problems"
        last = InputError(more, code="too-many", where=where, hint="mend these and check again")
        problems = (*problems[:MOST_REMARKS], last)
    number = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    return ProblemsError(number, where=where, problems=problems)


def _line(finding: Finding) -> int:
    return finding.where.line or 0


def _file_name(case: Case, file_stem: str) -> Iterator[Remark]:
    if file_stem and case.case_id != file_stem:
        message = f"the case is {case.case_id!r}, and its file {file_stem!r}"
        hint = f"rename the file to {case.case_id}.yaml, or write case_id: {file_stem}"
        yield warning("case-id-and-file", ("case_id",), message, hint, case.case_id)


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
