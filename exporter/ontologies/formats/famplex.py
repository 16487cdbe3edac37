"""FamPlex: families and complexes with their members, from its table of relations."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from exporter.ontologies.formats.table import filled, rows
from exporter.ontologies.stanzas import Stanza, Wanted
from exporter.ontologies.terms import Scope, Synonym

_COLUMNS = ("child_db", "child", "relation", "parent_db", "parent")
_RELATIONS = {"isa": "has_member", "partof": "has_part"}


def read(path: Path, options: Mapping[str, Any], wanted: Wanted) -> Iterator[Stanza]:
    """Yield every wanted family and complex; its label is its id with spaces.

    Members are named by gene symbol: the option ``symbols`` describes a table beside the file that
    gives a gene id (pattern ``id``) for each ``symbol``, or ``gene`` is a function that does.
    ``names`` describes a table of names in use.
    """
    gene = options.get("gene") or _genes(path, options["symbols"])
    names = _names(path, options["names"]) if "names" in options else defaultdict(list)
    parents: dict[str, list[str]] = defaultdict(list)
    members: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(path, {"delimiter": ",", "columns": _COLUMNS}):
        child, relation, parent = row["child"], row["relation"], row["parent"]
        if row["child_db"] == "HGNC":
            if member := gene(child):
                members[parent].append((_RELATIONS[relation], member))
        elif row["child_db"] == "FPLX" and relation == "isa":
            parents[child].append(f"FPLX:{parent}")
        elif row["child_db"] == "FPLX":
            members[parent].append((_RELATIONS[relation], f"FPLX:{child}"))
    for family in sorted({*parents, *members}):
        if not wanted(f"FPLX:{family}"):
            continue
        yield Stanza(
            id=f"FPLX:{family}",
            label=family.replace("_", " "),
            synonyms=tuple(Synonym(name, Scope.EXACT) for name in names[family]),
            parents=tuple(parents[family]),
            relations=tuple(members[family]),
        )


def _genes(path: Path, options: Mapping[str, Any]) -> Callable[[str], str | None]:
    table = path.parent / options["file"]
    pairs = ((row["symbol"], filled(options["id"], row, table)) for row in rows(table, options))
    return {symbol: gene for symbol, gene in pairs if gene}.get


def _names(path: Path, options: Mapping[str, Any]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for row in rows(path.parent / options["file"], options):
        names[row["family"]].append(row["name"])
    return names


READ = read
