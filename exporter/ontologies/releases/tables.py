"""The tables in which ontologies are published, as ``ontology/release-tables.toml`` tells them."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from exporter.errors import MissingPartError, Where
from exporter.ontologies.formats.table import rows
from exporter.ontologies.releases.versions import date
from exporter.resources import data

_FILE = "release-tables.toml"
_LONGEST_LINE = 1_000
_SAMPLE = 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """One row of the list: how such a table is known, and what its columns mean."""

    name: str
    origin: str
    licence: str = ""
    header: tuple[str, ...] = ()
    starts: str = ""
    row: str = ""
    file: str = ""
    version_column: str = ""
    taxon_column: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    terms: tuple[Mapping[str, Any], ...] = ()
    mappings: tuple[Mapping[str, Any], ...] = ()

    def fits(self, start: str, file_name: str) -> bool:
        """Tell whether a file that begins so is such a table."""
        if self.file and not re.search(self.file, file_name):
            return False
        lines = start.removeprefix("\ufeff").splitlines()[: _SAMPLE + 1]
        if self.header:
            return bool(lines) and set(self.header) <= set(_cells(lines[0]))
        if self.starts:
            return re.match(self.starts, start[:_LONGEST_LINE]) is not None
        # The last line of a sample may be cut; of a short file it is whole or empty.
        whole = lines[:_SAMPLE]
        fitting = (len(line) <= _LONGEST_LINE and re.fullmatch(self.row, line) for line in whole)
        return bool(whole) and all(fitting)

    def having(self, part: Mapping[str, Any], taxa: frozenset[str]) -> dict[str, Any]:
        """Return the options to read a part of the table, of some taxa only."""
        options = {**self.options, **part}
        where = {**self.options.get("where", {}), **part.get("where", {})}
        if self.taxon_column and taxa:
            where[self.taxon_column] = taxa
        return {**options, "where": where}

    def survey(self, path: Path) -> tuple[str, Counter[str]]:
        """Return the newest date in the column of dates, or nothing, and how many genes of what.

        Genes are counted by taxon.
        """
        newest_date, taxa = "", Counter[str]()
        wanted = frozenset([self.version_column, self.taxon_column]) - {""}
        for row in rows(path, {**self.options, "used": wanted}) if wanted else ():
            if self.version_column:
                newest_date = max(newest_date, row.get(self.version_column, ""))
            if self.taxon_column:
                taxa[row.get(self.taxon_column, "")] += 1
        return date(newest_date), taxa


def _cells(line: str) -> list[str]:
    delimiter = "\t" if "\t" in line else ","
    return next(csv.reader([line[:100_000]], delimiter=delimiter), [])


@cache
def tables() -> tuple[Table, ...]:
    """Return the tables that are known, in the order in which they are tried."""
    path = data("ontology") / _FILE
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["table"]
    try:
        return tuple(_table(each) for each in listed)
    except TypeError as problem:
        where = Where(file=str(path))
        raise MissingPartError(str(problem), code="E601", where=where) from None


def _table(row: dict[str, Any]) -> Table:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    return Table(**values)
