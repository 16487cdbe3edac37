"""Curated facts of mechanism, each with its source; the relations they may use are a table."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from exporter.errors import ExporterError, InputError, Where
from exporter.model.decoding import decoded
from exporter.model.identifiers import EntityId, Namespaces

_COLUMNS = (
    "subject",
    "subject_id",
    "relation",
    "object",
    "object_id",
    "context",
    "source",
    "document",
)
_RELATION_COLUMNS = ("relation", "property", "sense")
_PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NOTHING = "null"


class _Tabs(csv.excel_tab):
    """Tab-separated cells in which a quotation mark is a letter like others."""

    quoting = csv.QUOTE_NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundRelation:
    """A relation that background facts may use.

    ``property`` is the local name in our vocabulary, ``sense`` what the relation says.
    """

    relation: str
    property: str
    sense: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """One fact; an end without an id is known by its label only.

    ``source`` is the citation as written, ``document`` a loaded document that holds it, if any.
    """

    subject: str
    subject_id: EntityId | None
    relation: BackgroundRelation
    object: str
    object_id: EntityId | None
    context: str
    source: str
    document: str | None
    file: str
    line: int


def read_relations(path: Path) -> dict[str, BackgroundRelation]:
    """Read a table of relations (CSV), by name; a name that stands twice is refused."""
    relations: dict[str, BackgroundRelation] = {}
    for line, row in _rows(path, _RELATION_COLUMNS, csv.excel):
        if not _PROPERTY.fullmatch(row["property"]):
            problem = f"{row['property']!r} cannot be the name of a property"
            raise _malformed(path, line, problem, _RELATION_COLUMNS)
        if row["relation"] in relations:
            problem = f"the relation {row['relation']!r} stands here twice"
            raise _malformed(path, line, problem, _RELATION_COLUMNS)
        relations[row["relation"]] = BackgroundRelation(**row)
    return relations


def read_background(
    path: Path, relations: Mapping[str, BackgroundRelation], namespaces: Namespaces
) -> Iterator[Background]:
    """Yield the facts of a table (TSV); an unknown relation or id is refused with its line."""
    for line, row in _rows(path, _COLUMNS, _Tabs):
        where = Where(file=str(path), line=line)
        if row["relation"] not in relations:
            raise InputError(
                f"unknown relation {row['relation']!r}",
                code="E154",
                where=where,
                hint=f"add it to relations.csv, or use one of {', '.join(sorted(relations))}",
            )
        try:
            yield _fact(row, relations[row["relation"]], where, namespaces)
        except ExporterError as problem:
            raise problem.at(where) from None


def _fact(
    row: dict[str, str], relation: BackgroundRelation, where: Where, namespaces: Namespaces
) -> Background:
    subject, target, document = (
        row[column] if row[column] not in {"", _NOTHING} else None
        for column in ("subject_id", "object_id", "document")
    )
    return Background(
        subject=row["subject"],
        subject_id=namespaces.parse(subject) if subject else None,
        relation=relation,
        object=row["object"],
        object_id=namespaces.parse(target) if target else None,
        context=row["context"],
        source=row["source"],
        document=document,
        file=where.file or "",
        line=where.line or 0,
    )


def _rows(
    path: Path, columns: tuple[str, ...], dialect: type[csv.Dialect]
) -> Iterator[tuple[int, dict[str, str]]]:
    text = decoded(path.read_bytes(), Where(file=str(path)))
    reader = csv.reader(io.StringIO(text, newline=""), dialect, strict=True)
    try:
        if tuple(next(reader, ())) != columns:
            raise _malformed(path, 1, "these are not the columns of such a table", columns)
        for cells in reader:
            if len(cells) != len(columns):
                problem = f"{len(cells)} cells in a table of {len(columns)} columns"
                raise _malformed(path, reader.line_num, problem, columns)
            yield reader.line_num, dict(zip(columns, cells, strict=True))
    except csv.Error as problem:
        text = f"not a CSV table: {problem}"
        raise _malformed(path, reader.line_num, text, columns) from None


def _malformed(path: Path, line: int, problem: str, columns: tuple[str, ...]) -> InputError:
    where = Where(file=str(path), line=line)
    return InputError(problem, code="E153", where=where, hint=f"columns: {', '.join(columns)}")
