"""Tables of terms in any layout: the recipe says which columns hold what."""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from exporter.errors import InputError, Where
from exporter.ontologies.stanzas import Stanza, Wanted, opened
from exporter.ontologies.terms import Scope, Synonym

_OBSOLETE = "obsolete "
_CELL = re.compile(r"\{[^{}]*\}")


def rows(path: Path, options: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the rows of a table as the recipe describes it, a cell for every column.

    ``delimiter`` (tab), ``columns`` (else the first line), ``comment`` (start of lines to skip),
    ``quoted`` (true) and ``where`` (column: value that a row must have, or a list of such values)
    are the options.
    """
    comment = options.get("comment")
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if options.get("quoted", True) else csv.QUOTE_NONE
    with opened(path) as file:
        lines = (line for line in file if not (comment and line.startswith(comment)))
        reader = csv.reader(lines, delimiter=options.get("delimiter", "\t"), quoting=quoting)
        try:
            columns = options.get("columns") or next(reader, [])
            conditions = _conditions(path, columns, options.get("where", {}))
            empty = [""] * len(columns)
            for some in reader:
                cells = some + empty
                if all(cells[place] in values for place, values in conditions):
                    yield dict(zip(columns, cells, strict=False))
        except csv.Error as problem:
            where = Where(file=str(path), line=reader.line_num)
            raise InputError(f"cannot be read: {problem}", code="E157", where=where) from None


def _conditions(
    path: Path, columns: list[str], where: Mapping[str, Any]
) -> list[tuple[int, frozenset[str]]]:
    conditions = []
    for column, value in where.items():
        if column not in columns:
            raise _missing(path, column, columns)
        values = (value,) if isinstance(value, str) else value
        conditions.append((columns.index(column), frozenset(values)))
    return conditions


def _missing(path: Path, column: str, columns: list[str]) -> InputError:
    return InputError(
        f"the table has no column {column!r}",
        code="E155",
        where=Where(file=str(path)),
        hint=f"its columns are {', '.join(columns)}",
    )


def filled(pattern: str, row: Mapping[str, str], path: Path) -> str:
    """Return a pattern such as ``MESH:{id}`` filled from a row; empty if its cells are."""
    try:
        text = pattern.format_map(row)
    except KeyError as unknown:
        raise _missing(path, unknown.args[0], list(row)) from None
    except (ValueError, IndexError, AttributeError):
        where = Where(file=str(path))
        raise InputError(f"{pattern!r} is no pattern", code="E155", where=where) from None
    return "" if text == _constant(pattern) else text


@cache
def _constant(pattern: str) -> str | None:
    """Return what a pattern gives from empty cells; a pattern without cells is never empty."""
    return _CELL.sub("", pattern) if "{" in pattern else None


def read(path: Path, options: Mapping[str, Any], wanted: Wanted) -> Iterator[Stanza]:
    """Yield a term for each row with a wanted id.

    The options ``id`` and ``label`` are patterns of columns, those named as the scopes of synonyms
    are lists of patterns, ``replaced_by`` and ``consider`` are patterns, too, and ``relations`` a
    table of them; ``split`` parts several values in a cell and ``none`` is an empty cell's mark.
    A label that begins with "obsolete" says that its term is, and so does any value of the pattern
    ``obsolete``. With ``underscores`` those in labels are spaces.
    """
    none = options.get("none")
    for row in rows(path, options):
        identifier = filled(options["id"], row, path).strip("<>")
        if not identifier or not wanted(identifier):
            continue
        cells = row
        if none is not None:
            cells = {column: "" if cell == none else cell for column, cell in row.items()}
        yield _stanza(identifier, cells, options, path)


def _stanza(
    identifier: str, row: Mapping[str, str], options: Mapping[str, Any], path: Path
) -> Stanza:
    def value(key: str) -> str:
        pattern = options.get(key)
        return filled(pattern, row, path) if pattern else ""

    label, split = value("label"), options.get("split", "|")
    if options.get("underscores"):
        label = label.replace("_", " ")
    relations = options.get("relations", {}).items()
    related = ((name, filled(pattern, row, path)) for name, pattern in relations)
    return Stanza(
        id=identifier,
        label=label.removeprefix(_OBSOLETE),
        synonyms=tuple(_synonyms(row, options, path)),
        obsolete=label.startswith(_OBSOLETE) or bool(value("obsolete")),
        replaced_by=value("replaced_by"),
        consider=tuple(part for part in value("consider").split(split) if part),
        relations=tuple((name, target) for name, target in related if target),
    )


def _synonyms(
    cells: Mapping[str, str], options: Mapping[str, Any], path: Path
) -> Iterator[Synonym]:
    split = options.get("split", "|")
    for scope in Scope:
        for pattern in options.get(scope.value, ()):
            for text in filled(pattern, cells, path).split(split):
                if text.strip():
                    yield Synonym(text.strip(), scope)


READ = read


def _without(none: str, row: dict[str, str]) -> dict[str, str]:
    """Return a row in which what stands for nothing is nothing."""
    return {column: "" if cell == none else cell for column, cell in row.items()}
