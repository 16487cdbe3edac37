"""Scales, markers and response definitions, with their range and the good direction."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal, cast

from exporter.errors import InputError, Where
from exporter.model.decoding import decoded

_COLUMNS = (
    "id",
    "label",
    "other_names",
    "low",
    "high",
    "good_direction",
    "unit",
    "version_or_method",
    "source",
    "verified",
)
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_DIGITS = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_DIRECTIONS = ("up", "down", "")
_VERDICTS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure; an open end of its range is None, and so is an unknown good direction.

    ``verified`` tells whether range, rule or method were seen in ``source``.
    """

    id: str
    label: str
    other_names: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    good_direction: Literal["up", "down"] | None = None
    unit: str = ""
    method: str = ""
    source: str = ""
    verified: bool = False

    def in_range(self, value: Decimal) -> bool:
        """Tell whether a value lies within the range, its ends included."""
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)


def read_measures(path: Path) -> Iterator[Measure]:
    """Yield the measures of a table (CSV); a row that does not fit is refused with its line."""
    text = decoded(path.read_bytes(), Where(file=str(path)))
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(rows.fieldnames or ()) != _COLUMNS:
            raise _malformed(path, 1, "these are not the columns of a table of measures")
        seen: set[str] = set()
        for row in rows:
            measure = _measure(row, path, rows.line_num)
            if measure.id in seen:
                raise _malformed(path, rows.line_num, f"{measure.id!r} stands here twice")
            seen.add(measure.id)
            yield measure
    except csv.Error as problem:
        raise _malformed(path, rows.line_num, f"not a CSV table: {problem}") from None


def _measure(row: dict[str, str], path: Path, line: int) -> Measure:
    if None in row or None in row.values():
        raise _malformed(path, line, f"a row of measures has {len(_COLUMNS)} cells")
    if not _ID.fullmatch(row["id"]):
        raise _malformed(path, line, f"{row['id']!r} cannot be the id of a measure")
    if row["good_direction"] not in _DIRECTIONS or row["verified"] not in _VERDICTS:
        raise _malformed(path, line, "good_direction is up, down or empty; verified is yes or no")
    try:
        low, high = (_number(row[end]) for end in ("low", "high"))
    except InvalidOperation:
        raise _malformed(path, line, "low and high are numbers or empty") from None
    if low is not None and high is not None and not low <= high:
        raise _malformed(path, line, "low is above high")
    direction = cast("Literal['up', 'down'] | None", row["good_direction"] or None)
    return Measure(
        id=row["id"],
        label=row["label"],
        other_names=tuple(name.strip() for name in row["other_names"].split(";") if name.strip()),
        low=low,
        high=high,
        good_direction=direction,
        unit=row["unit"],
        method=row["version_or_method"],
        source=row["source"],
        verified=_VERDICTS[row["verified"]],
    )


def _number(text: str) -> Decimal | None:
    if text and not _DIGITS.fullmatch(text):
        raise InvalidOperation
    return Decimal(text) if text else None


def _malformed(path: Path, line: int, problem: str) -> InputError:
    return InputError(
        problem,
        code="E153",
        where=Where(file=str(path), line=line),
        hint=f"columns: {', '.join(_COLUMNS)}",
    )
