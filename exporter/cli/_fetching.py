"""Bring full releases into the index: downloads where addresses are given, files otherwise."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from exporter.cli._printable import printable
from exporter.cli._verbosity import detail, note, problem
from exporter.errors import ExporterError, InputError
from exporter.model.identifiers import namespaces_with
from exporter.ontologies.installed import data_folder, index_path
from exporter.ontologies.releases.building import Installed, Report
from exporter.ontologies.releases.catalogue import chosen, expanded
from exporter.ontologies.releases.downloading import Patience
from exporter.ontologies.releases.fetching import (
    Fetched,
    Fetching,
    Places,
    places,
    published_places,
    status,
    unused,
)
from exporter.ontologies.releases.gathering import Plan

_TOLD = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The options of a call."""

    names: tuple[str, ...]
    sources: tuple[str, ...]
    taxa: tuple[str, ...]
    namespaces: tuple[Path, ...]
    patience: Patience
    keep_going: bool
    dry_run: bool
    as_json: bool


def fetch(call: Call) -> None:
    """Do what was called for, and tell what was installed and what was not."""
    taken = (
        places(call.sources) if call.sources else published_places(chosen(call.names), call.taxa)
    )
    fetching = Fetching(
        namespaces=namespaces_with(call.namespaces),
        folder=data_folder(),
        patience=call.patience,
        tell=note,
        keep_going=call.keep_going,
    )
    if call.dry_run:
        _tell_plan(taken, fetching)
        return
    fetched = fetching.gather(taken)
    report = fetching.install(fetched, index_path(), _plan(call, fetching))
    if not report.installed:
        _tell_left_out(fetched, report)
        raise _nothing(call)
    _show(fetched, report, as_json=call.as_json)
    if fetched.problems:
        number = len(fetched.problems)
        left_out = "1 file was" if number == 1 else f"{number} files were"
        raise status(fetched.problems)(
            f"{left_out} left out; all others are installed", code="E164"
        )


def _plan(call: Call, fetching: Fetching) -> Plan:
    wanted = expanded(call.names) if call.sources else frozenset()
    return Plan(
        namespaces=fetching.namespaces,
        wanted=lambda name: not wanted or name in wanted,
        taxa=call.taxa,
        today=datetime.now(UTC).date().isoformat(),
    )


def _nothing(call: Call) -> InputError:
    of = f" of {', '.join(call.names)}" if call.names else ""
    taxa = ", ".join(call.taxa)
    return InputError(
        f"nothing{of} could be taken from there, and the index is as it was",
        code="E165",
        hint=f"genes are those of taxon {taxa} only; --taxon NUMBER adds others. "
        "Namespaces that are not known can be added with --namespaces FILE",
    )


def _tell_plan(taken: Places, fetching: Fetching) -> None:
    """Say what would be downloaded and what is in the files at hand; touch no network."""
    for address in taken.addresses:
        click.echo(printable(f"would download {address.address}"))
    local = Places(files=taken.files, folders=taken.folders)
    found = fetching.gather(local)
    for file in found.files:
        what = f"{file.role} of {file.prefix}" if file.prefix else str(file.role)
        line = f"would read {file.shown}: {file.form}, {what} {file.version}".rstrip()
        click.echo(printable(line))
    _tell_unknown([(str(each.where.file), each.problem) for each in found.unknown if each.where])


def _show(fetched: Fetched, report: Report, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_values(fetched, report), indent=2, ensure_ascii=False))
    else:
        for each in report.installed:
            click.echo(printable(_line(each)))
    _tell_left_out(fetched, report)


def _line(each: Installed) -> str:
    size = f"{each.size} terms, {each.names} names" if each.kind == "terms" else f"{each.size} rows"
    return f"{each.release!s:<36} {size:<30} from {each.release.source}"


def _tell_left_out(fetched: Fetched, report: Report) -> None:
    for remark in report.remarks:
        note(remark)
    for name, counts in report.left_out.items():
        some = ", ".join(f"{space} {count}" for space, count in counts.most_common(_TOLD))
        more = ", …" if len(counts) > _TOLD else ""
        tell = detail if name not in report.used else note
        tell(f"{counts.total()} of {name} left out, of namespaces not known here: {some}{more}")
    _tell_unknown(list(unused(fetched, report)))
    for each in fetched.problems:
        problem(f"left out: {each}")


def _tell_unknown(files: Sequence[tuple[str, str]]) -> None:
    """Count the files that nothing was taken from, and name them, folder by folder."""
    if not files:
        return
    note(f"{len(files)} files were not taken:")
    folders: dict[tuple[str, str], list[str]] = {}
    for name, reason in files:
        folder, _, last = name.rpartition("/")
        folders.setdefault((folder, reason), []).append(last)
    for (folder, reason), names in sorted(folders.items()):
        note(f"  {folder or '.'}: {', '.join(names)}: {reason}")


def _values(fetched: Fetched, report: Report) -> dict[str, Any]:
    return {
        "installed": [_value(each) for each in report.installed],
        "left_out": {name: dict(counts) for name, counts in report.left_out.items()},
        "not_recognised": [name for name, _ in unused(fetched, report)],
        "broken": [_told(each) for each in fetched.problems],
        "remarks": list(report.remarks),
    }


def _value(each: Installed) -> dict[str, Any]:
    names = {"names": each.names} if each.kind == "terms" else {}
    return {
        "name": each.release.name,
        "version": each.release.version,
        each.kind: each.size,
        **names,
        "licence": each.release.licence,
        "source": each.release.source,
        "sha256": each.release.sha256,
    }


def _told(problem_: ExporterError) -> dict[str, str]:
    return {
        "file": (problem_.where.file if problem_.where else "") or "",
        "code": problem_.code,
        "problem": problem_.problem,
    }
