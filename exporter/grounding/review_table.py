"""The review file: a table for a spreadsheet, one line for each finding about an annotation.

UTF-8, cells parted by tabs and quoted where they hold a tab, a quote or a line end. A cell that a
spreadsheet would take for a formula begins with an apostrophe, which is no part of it.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path

from exporter.errors import InputError, LimitError, Where
from exporter.grounding.review_lines import Line, in_order
from exporter.model.decoding import decoded

DEFAULT_NAME = "linked-case.review.tsv"
MAX_BYTES = 64_000_000
COLUMNS = tuple(field.name for field in fields(Line) if field.name != "where")
_NEEDED = ("key", "verdict")
_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_ESCAPED = re.compile("'+[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_SEPARATORS = ("\t", ";", ",")


def read_table(path: Path) -> tuple[Line, ...]:
    """Return the lines of a review file, in its order; a file that is none is refused.

    Tables that a spreadsheet saved with commas or semicolons, or as UTF-16, are read as well.
    Columns that are not known are refused, since rewriting the file would lose them.
    """
    where = Where(file=str(path))
    text = _text(_content(path, where), where)
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[Line] = []
    try:
        columns = _columns(next(rows, []), where)
        begin = rows.line_num + 1
        for row in rows:
            line = _line(row, columns, replace(where, line=begin))
            found += [line] if line else []
            begin = rows.line_num + 1
    except csv.Error as problem:
        place = replace(where, line=rows.line_num)
        raise _no_table(f"not a table: {problem}", place) from None
    return tuple(found)


def table(lines: Iterable[Line]) -> Iterator[bytes]:
    """Yield the bytes of a review file: the columns, then the lines in their order."""
    rows = [[_harmless(getattr(line, column)) for column in COLUMNS] for line in in_order(lines)]
    for row in [list(COLUMNS), *rows]:
        yield f"{_row(row)}\n".encode("utf-8", "backslashreplace")


def _row(cells: Sequence[str]) -> str:
    """Return a row without its end; the writer quotes only line ends that it would use itself."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter="\t", lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n")


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _plain(cell: str) -> str:
    return cell[1:] if _ESCAPED.match(cell) else cell


def _content(path: Path, where: Where) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise InputError(
            f"the review file cannot be read: {reason}",
            code="E191",
            where=where,
            hint="give another path with --review FILE, or write the file with exporter review -o",
        ) from None
    if len(content) > MAX_BYTES:
        raise LimitError(
            f"the review file is larger than {MAX_BYTES} bytes",
            code="E512",
            where=where,
            hint="split it into several files and give each with --review FILE",
        )
    return content


def _text(content: bytes, where: Where) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise _no_table("the file is not whole UTF-16 text", where) from None
    return decoded(content, where)


def _columns(head: list[str], where: Where) -> list[str]:
    columns = [name.strip().lower() for name in head]
    while columns and not columns[-1]:
        columns.pop()
    missing = [name for name in _NEEDED if name not in columns]
    unknown = [name for name in columns if name not in COLUMNS]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if missing or unknown or twice:
        what = [f"no column {name!r}" for name in missing]
        what += [f"an unknown column {name!r}" for name in unknown]
        what += [f"two columns {name!r}" for name in twice]
        raise _no_table(f"this is no review file: it has {', '.join(what)}", where)
    return columns


def _line(row: list[str], columns: list[str], where: Where) -> Line | None:
    """Return the line of a row; an empty row has none."""
    cells = [_plain(cell) for cell in row]
    if not any(cell.strip() for cell in cells):
        return None
    if any(cells[len(columns) :]):
        raise _no_table("the line has more cells than there are columns", where)
    named = dict(zip(columns, cells, strict=False))
    key = named.pop("key", "").strip()
    if not key:
        raise _no_table("the line has no key", where)
    return Line(key=key, where=where, **named)


def _no_table(problem: str, where: Where) -> InputError:
    return InputError(
        problem,
        code="E192",
        where=where,
        hint="write one with exporter review FILE -o review.tsv, and keep its columns and keys",
    )
