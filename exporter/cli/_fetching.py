"""Bring full releases into the index: downloads where addresses are given, files otherwise."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from exporter.cli._printable import printable
from exporter.cli._verbosity import note
from exporter.model.identifiers import Namespaces
from exporter.ontologies.installed import IndexWriter, data_folder, index_path
from exporter.ontologies.packs import bundled_packs, installed_packs
from exporter.ontologies.releases.downloading import download
from exporter.ontologies.releases.folder import Account, Building, addresses, install
from exporter.ontologies.releases.requests import is_address

_SHOWN = 12


def wanted(names: Sequence[str], sources: Sequence[str]) -> list[str]:
    """Return the files, folders and addresses to take; without any the published addresses."""
    return list(sources) or [address for _, address in addresses(names)]


def fetch(sources: Sequence[str], namespaces: Namespaces) -> Account:
    """Download what is an address and install everything; the index is whole or as it was."""
    paths = [_local(source, note) for source in sources]
    account = Account()
    today = datetime.now(UTC).date().isoformat()
    packs = (*bundled_packs(), *installed_packs())
    index_path().parent.mkdir(parents=True, exist_ok=True)
    with IndexWriter(index_path()) as writer:
        building = Building(namespaces=namespaces, writer=writer, account=account, fetched=today)
        install(paths, packs, building)
    return account


def _local(source: str, tell: Callable[[str], None]) -> Path:
    if is_address(source):
        return download(source, data_folder() / "downloads", tell)
    return Path(source)


def show(account: Account, *, as_json: bool) -> None:
    """Print what was installed, what was not recognised, and which rows were left out."""
    if as_json:
        click.echo(json.dumps(_values(account), indent=2, ensure_ascii=False))
        return
    for each in account.installed:
        line = f"{each.release!s:<44} {each.size:>7} {each.kind:<8} from {each.release.source}"
        click.echo(printable(line))
    for name, rows in sorted(account.left_out.items()):
        if rows:
            note(f"{rows} rows of {name} were left out: an id, relation or reason is not known")
    for problem in account.broken:
        note(f"left out: {problem}")
    if account.unknown:
        names = ", ".join(path.name for path in account.unknown[:_SHOWN])
        more = " and others" if len(account.unknown) > _SHOWN else ""
        note(f"{len(account.unknown)} files were not recognised: {names}{more}")


def _values(account: Account) -> dict[str, object]:
    return {
        "installed": [
            {
                "name": each.release.name,
                "version": each.release.version,
                each.kind: each.size,
                "source": each.release.source,
                "sha256": each.release.sha256,
            }
            for each in account.installed
        ],
        "rows_left_out": {name: rows for name, rows in sorted(account.left_out.items()) if rows},
        "not_recognised": [path.name for path in account.unknown],
        "broken": [str(problem) for problem in account.broken],
    }
