"""``texts.csv``: what the keeper of a folder says of its texts: kind, licence, who annotated."""

import csv
import io
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from exporter.errors import InputError, Where
from exporter.model.decoding import decoded
from exporter.model.document import TextKind
from exporter.model.licences import checked_licence
from exporter.sources._decode import unreadable

TABLE = "texts.csv"
COLUMNS = ("file", "text_kind", "licence", "annotator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What is said of one text; None where nothing is."""

    text_kind: TextKind | None = None
    licence: str | None = None
    annotator: str | None = None


class Declarations:
    """The tables of the folders seen in one run, each read once."""

    def __init__(self) -> None:
        self._folders: dict[Path, Mapping[str, Declared]] = {}

    def of(self, path: str) -> Declared | None:
        """Return what the table beside a file says of it; None if there is no table or row."""
        folder = Path(path).parent
        if folder not in self._folders:
            self._folders[folder] = read_texts(folder / TABLE)
        return self._folders[folder].get(Path(path).name)


def read_texts(table: Path) -> Mapping[str, Declared]:
    """Return what a table says, by file name; no table says nothing.

    An unknown kind or licence, a file named twice and a missing column are refused with their line.
    """
    where = Where(file=str(table))
    try:
        mode = table.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise _malformed("this is not a regular file", where, "move it away")
        content = table.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise unreadable(error, where) from error
    declared: dict[str, Declared] = {}
    for line, row in _rows(decoded(content, where), where):
        place = replace(where, line=line, field="file")
        if row["file"] in declared:
            raise InputError(
                f"{row['file']!r} has two rows",
                code="E113",
                where=place,
                hint="delete one of them",
            )
        declared[row["file"]] = Declared(
            text_kind=_kind(row["text_kind"], replace(place, field="text_kind")),
            licence=_licence(row["licence"], replace(place, field="licence")),
            annotator=row["annotator"] or None,
        )
    return declared


def _rows(text: str, where: Where) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if not {"file", "text_kind"} <= set(header) <= set(COLUMNS):
            problem = f"the columns are {', '.join(header) or 'missing'}"
            hint = f"write the columns {', '.join(COLUMNS)}"
            raise _malformed(problem, replace(where, line=1), hint)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, _row(header, cells, replace(where, line=reader.line_num))
    except csv.Error as error:
        place = replace(where, line=reader.line_num)
        hint = "close every quotation mark"
        raise _malformed(f"not a CSV table: {error}", place, hint) from error


def _row(header: list[str], cells: list[str], where: Where) -> dict[str, str]:
    if len(cells) > len(header):
        problem = f"{len(cells)} cells stand under {len(header)} columns"
        raise _malformed(problem, where, "put a text with commas into double quotes")
    blank = dict.fromkeys(COLUMNS, "")
    return blank | {name: cell.strip() for name, cell in zip(header, cells, strict=False)}


def _kind(text: str, where: Where) -> TextKind | None:
    if not text:
        return None
    if text not in set(TextKind):
        raise InputError(
            f"{text!r} is not a kind of text",
            code="E111",
            where=where,
            hint=f"write one of {', '.join(TextKind)}",
        )
    return TextKind(text)


def _licence(text: str, where: Where) -> str | None:
    if not text:
        return None
    try:
        return checked_licence(text)
    except InputError as problem:
        raise problem.at(where) from None


def _malformed(problem: str, where: Where, hint: str) -> InputError:
    return InputError(problem, code="E112", where=where, hint=hint)
