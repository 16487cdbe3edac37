"""Tables of terms in any layout: the recipe says which columns hold what."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from exporter.errors import InputError, Where
from exporter.ontologies.stanzas import Stanza, Wanted, opened
from exporter.ontologies.terms import Scope, Synonym

_OBSOLETE = "obsolete "
_CELL = re.compile(r"\{[^{}]*\}")
_NO_COLUMN = re.compile(r"[.!:\[]")
_SOLE_CELL = re.compile(r"([^{}]*)\{([\w?]+)\}([^{}]*)")


def rows(path: Path, options: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the rows of a table as the recipe describes it, a cell for every column.

    ``delimiter`` (tab), ``columns`` (else the first line), ``comment`` (start of lines to skip),
    ``quoted`` (true) and ``where`` (column: value that a row must have, or a list of such values)
    are the options; with ``used`` only these columns are given.
    """
    comment = options.get("comment")
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if options.get("quoted", True) else csv.QUOTE_NONE
    with opened(path) as file:
        lines: Iterable[str] = file
        if comment:
            lines = (line for line in file if not line.startswith(comment))
        reader = csv.reader(lines, delimiter=options.get("delimiter", "\t"), quoting=quoting)
        try:
            columns = options.get("columns") or next(reader, [])
            conditions = _conditions(path, columns, options.get("where", {}))
            used = _used(columns, options.get("used"))
            width = len(columns)
            for cells in reader:
                if len(cells) < width:
                    cells.extend([""] * (width - len(cells)))
                if not conditions or all(cells[at] in values for at, values in conditions):
                    yield {column: cells[place] for place, column in used}
        except csv.Error as problem:
            where = Where(file=str(path), line=reader.line_num)
            raise InputError(f"cannot be read: {problem}", code="E157", where=where) from None


def _used(columns: list[str], used: frozenset[str] | None) -> list[tuple[int, str]]:
    every = {column: place for place, column in enumerate(columns)}
    return [(place, column) for column, place in every.items() if used is None or column in used]


def columns_in(patterns: Any) -> frozenset[str]:
    """Return the columns that patterns name, however deep they lie in options."""
    if isinstance(patterns, str):
        return frozenset(_NO_COLUMN.split(each[1:-1])[0] for each in _CELL.findall(patterns))
    if isinstance(patterns, Mapping):
        patterns = list(patterns.values())
    if isinstance(patterns, list | tuple):
        return frozenset().union(*map(columns_in, patterns))
    return frozenset()


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
    layout = _Layout(options, path)
    for row in rows(path, {**options, "used": columns_in(options)}):
        identifier = layout.identifier(row).strip("<>")
        if not identifier or not wanted(identifier):
            continue
        if none is not None:
            for column in [column for column, cell in row.items() if cell == none]:
                row[column] = ""
        yield layout.stanza(identifier, row)


Cells = Mapping[str, str]
Filled = Callable[[Cells], str]


class _Layout:
    """The patterns of a table, each made ready to be filled from many rows."""

    def __init__(self, options: Mapping[str, Any], path: Path) -> None:
        def ready(key: str) -> Filled | None:
            return ready_pattern(options[key], path) if options.get(key) else None

        self.identifier = ready_pattern(options["id"], path)
        self._label, self._obsolete = ready("label"), ready("obsolete")
        self._replaced_by, self._consider = ready("replaced_by"), ready("consider")
        self._split = options.get("split", "|")
        self._underscores = bool(options.get("underscores"))
        self._names = [
            (scope, ready_pattern(each, path))
            for scope in Scope
            for each in options.get(scope.value, ())
        ]
        self._relations = [
            (name, ready_pattern(each, path)) for name, each in options.get("relations", {}).items()
        ]

    def stanza(self, identifier: str, row: Cells) -> Stanza:
        label = self._label(row) if self._label else ""
        if self._underscores:
            label = label.replace("_", " ")
        considered = self._consider(row).split(self._split) if self._consider else ()
        related = ((name, fill(row)) for name, fill in self._relations)
        return Stanza(
            id=identifier,
            label=label.removeprefix(_OBSOLETE),
            synonyms=tuple(self._synonyms(row)),
            obsolete=label.startswith(_OBSOLETE) or bool(self._obsolete and self._obsolete(row)),
            replaced_by=self._replaced_by(row) if self._replaced_by else "",
            consider=tuple(part for part in considered if part),
            relations=tuple(pair for pair in related if pair[1]),
        )

    def _synonyms(self, row: Cells) -> Iterator[Synonym]:
        for scope, fill in self._names:
            if cell := fill(row):
                for text in cell.split(self._split):
                    if text.strip():
                        yield Synonym(text.strip(), scope)


def ready_pattern(pattern: str, path: Path) -> Filled:
    """Return what fills a pattern; the usual one with a single column is filled fastest."""
    sole = _SOLE_CELL.fullmatch(pattern)
    if not sole:
        return lambda row: filled(pattern, row, path)
    before, column, after = sole.groups()

    def fill(row: Cells) -> str:
        try:
            cell = row[column]
        except KeyError:
            raise _missing(path, column, list(row)) from None
        return f"{before}{cell}{after}" if cell else ""

    return fill


READ = read


def _without(none: str, row: dict[str, str]) -> dict[str, str]:
    """Return a row in which what stands for nothing is nothing."""
    return {column: "" if cell == none else cell for column, cell in row.items()}
