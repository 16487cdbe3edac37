"""What the commands on case files do with their options."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from exporter.cli._printable import message
from exporter.cli._verbosity import note
from exporter.errors import ExporterError, InputError, ProblemsError, UsageError, Where
from exporter.model.case import Case
from exporter.model.document import Document
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import namespaces_with
from exporter.ontologies.pack_tables import measures
from exporter.ontologies.packs import every_pack, ontologies_at_hand
from exporter.sources import (
    STDIN,
    Input,
    Record,
    Settings,
    Shelf,
    check_case,
    check_concepts,
    duplicate_case_ids,
    inputs,
    merge,
    parse,
    place_evidence,
    records,
)
from exporter.sources.case_yaml import READER, case_schema, case_template
from exporter.writers.files import STDOUT, write_whole

_UNREADABLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The options of one call of ``case check``, as the command line gives them."""

    inputs: tuple[str, ...]
    documents: tuple[Path, ...] = ()
    as_json: bool = False
    packs: tuple[Path, ...] = ()
    namespaces: tuple[Path, ...] = ()


@dataclass(slots=True)
class _Found:
    """What the check has met so far; ``unreadable`` counts files that are no YAML at all."""

    cases: list[Case] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    read: int = 0
    unreadable: int = 0


def write_template(case_id: str | None, unit: str, output: Path) -> None:
    """Write a case to fill in, unless that would replace a file."""
    if output != STDOUT and output.exists():
        raise UsageError(
            "the file is there already",
            code="E221",
            where=Where(file=str(output)),
            hint="choose another name, or delete it first",
        )
    name = case_id or ("new-case" if output == STDOUT else output.stem)
    write_whole(output, [case_template(name, unit).encode("utf-8")])


def write_schema(output: Path) -> None:
    """Write the JSON Schema of case files."""
    text = json.dumps(case_schema(), indent=2, ensure_ascii=False)
    write_whole(output, [f"{text}\n".encode()])


def check_cases(call: Check) -> int:
    """Show what there is to say of all cases; return the exit status."""
    settings = Settings(namespaces=namespaces_with(call.namespaces))
    found = _Found()
    for source in inputs(call.inputs):
        _read(source, settings, found)
    packs = every_pack(call.packs)
    known, ontologies = measures(packs), ontologies_at_hand(packs, settings.namespaces)
    for case in found.cases:
        found.findings += case.findings
        found.findings += check_case(case, settings.namespaces, known)
        found.findings += check_concepts(case, settings.namespaces, ontologies)
    found.findings += duplicate_case_ids(found.cases)
    if call.documents:
        found.findings += _misplaced(found.cases, _documents(call, settings))
    _show(sorted(found.findings, key=_place), found, as_json=call.as_json)
    if found.unreadable:
        return _UNREADABLE
    return int(any(finding.level is Level.ERROR for finding in found.findings))


def _read(source: Input, settings: Settings, found: _Found) -> None:
    """Read the cases of a file; of a folder only those files that are recognised as cases."""
    wanted = READER.name if source.named and (_is_yaml(source) or source.path == STDIN) else None
    try:
        for record in records(source, wanted=wanted):
            if isinstance(record, Record) and record.reader == READER.name:
                found.read += 1
                _parse(record, settings, found)
            elif isinstance(record, Record) and source.named:
                raise InputError(
                    f"this is a {record.reader}, not a case file",
                    code="E106",
                    hint="name it after --documents to look quotes up in it",
                )
            elif isinstance(record, Finding) and _is_yaml(source):
                found.findings.append(record)
    except ExporterError as error:
        found.unreadable += 1
        found.findings.append(_finding(error, Where(file=source.path)))


def _is_yaml(source: Input) -> bool:
    return Path(source.path).suffix.lower() in READER.suffixes


def _parse(record: Record, settings: Settings, found: _Found) -> None:
    try:
        case = parse(record, settings)
    except ProblemsError as error:
        found.findings += [_finding(problem, record.where) for problem in error.problems]
    except InputError as error:
        found.unreadable += 1
        found.findings.append(_finding(error, record.where))
    else:
        found.cases += [case] if isinstance(case, Case) else []


def _finding(error: ExporterError, where: Where) -> Finding:
    return Finding(
        level=Level.ERROR,
        code=error.code,
        message=error.problem,
        where=error.where or where,
        hint=error.hint,
    )


def _documents(call: Check, settings: Settings) -> Shelf:
    """Read the texts in which quotes are looked up; cases among them are passed over."""
    parsed = [
        parse(record, settings)
        for source in inputs(str(path) for path in call.documents)
        for record in records(source)
        if isinstance(record, Record) and record.reader != READER.name
    ]
    return Shelf(merge(document for document in parsed if isinstance(document, Document)))


def _misplaced(cases: Iterable[Case], shelf: Shelf) -> Iterator[Finding]:
    for case in cases:
        _, findings = place_evidence(case, shelf)
        yield from findings


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.where.file or "", finding.where.line or 0, finding.code


def _show(findings: list[Finding], found: _Found, *, as_json: bool) -> None:
    if as_json:
        rows = [_row(finding) for finding in findings]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(message(f"{finding.level}: {finding}"))
            if finding.hint:
                click.echo(message(f"hint:  {finding.hint}"))
    levels = Counter(finding.level for finding in findings)
    told = ", ".join(
        f"{levels[level]} {level}{'' if levels[level] == 1 else 's'}" for level in Level
    )
    note(f"{found.read} case{'' if found.read == 1 else 's'} checked: {told}")


def _row(finding: Finding) -> dict[str, str | int | None]:
    return {
        "level": finding.level,
        "code": finding.code,
        "message": finding.message,
        "file": finding.where.file,
        "line": finding.where.line,
        "column": finding.where.column,
        "field": finding.where.field,
        "value": finding.value,
        "hint": finding.hint,
    }
