"""Slices of ontologies as tables: comment lines that say what it is, then one line per term."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from exporter.errors import ExporterError, InputError, Where
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.terms import Relation, Scope, Synonym, Term

_NAMES = tuple(scope.value for scope in Scope)
COLUMNS = ("id", "label", *_NAMES, "parents", "relations", "obsolete", "replaced_by", "consider")
"""The columns a slice may have; it leaves out those that it does not need, except the first two."""

LONGEST_LINE = 20_000
"""No term has more to say; what compares names takes time by their length."""

_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A read slice; its lines become terms only when they are asked for."""

    name: str
    version: str
    licence: str
    source: str
    file: str
    columns: dict[str, int]
    lines: dict[EntityId, tuple[int, list[str]]]

    @property
    def release(self) -> str:
        """Return name and version: ``mondo 2026-05-05``."""
        return f"{self.name} {self.version}".rstrip()

    def term(self, entity: EntityId, namespaces: Namespaces) -> Term:
        """Return a term of this slice; a malformed identifier in its line is refused."""
        number, cells = self.lines[entity]
        try:
            return self._term(entity, cells, namespaces)
        except ExporterError as problem:
            raise problem.at(Where(file=self.file, line=number)) from None

    def names(self) -> Iterator[tuple[EntityId, Synonym]]:
        """Yield every name of every term; labels count as exact."""
        scoped = [(self.columns[scope], scope) for scope in Scope if scope in self.columns]
        for entity, (_, cells) in self.lines.items():
            yield entity, Synonym(cells[1], Scope.EXACT)
            for column, scope in scoped:
                for text in _parts(cells[column]):
                    yield entity, Synonym(text, scope)

    def _term(self, entity: EntityId, cells: list[str], namespaces: Namespaces) -> Term:
        def ids(column: str) -> tuple[EntityId, ...]:
            return tuple(namespaces.parse(part) for part in self._cell(cells, column))

        return Term(
            id=entity,
            label=cells[1],
            synonyms=tuple(
                Synonym(text, scope) for scope in Scope for text in self._cell(cells, scope)
            ),
            parents=ids("parents"),
            obsolete=bool(self._cell(cells, "obsolete")),
            replaced_by=next(iter(ids("replaced_by")), None),
            consider=ids("consider"),
            relations=tuple(
                Relation(name, namespaces.parse(target))
                for name, _, target in (
                    part.partition(" ") for part in self._cell(cells, "relations")
                )
            ),
            ontology=self.name,
        )

    def _cell(self, cells: list[str], column: str) -> list[str]:
        place = self.columns.get(column)
        return _parts(cells[place]) if place is not None else []


def _parts(cell: str) -> list[str]:
    """Split a cell at its bars; a bar inside a name is written with a backslash."""
    if "\\" in cell:
        return [part.replace("\\|", "|") for part in _BAR.split(cell)]
    return cell.split("|") if cell else []


def read_slice(path: Path, namespaces: Namespaces) -> Slice:
    """Read a slice; a line that does not fit the table or repeats an id is refused."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise _malformed(path, None, "the slice is not UTF-8") from None
    start = next((n for n, line in enumerate(lines) if not line.startswith("#")), 0)
    about = dict(_about(line) for line in lines[:start])
    if "ontology" not in about:
        raise _malformed(path, 1, "the slice does not say which ontology it is of")
    columns = _columns(path, start + 1, lines[start].split("\t"))
    rows = enumerate(lines[start + 1 :], start=start + 2)
    return Slice(
        name=about["ontology"],
        version=about.get("version", ""),
        licence=about.get("licence", ""),
        source=about.get("source", ""),
        file=str(path),
        columns=columns,
        lines=_terms(path, rows, len(columns), namespaces),
    )


def _about(line: str) -> tuple[str, str]:
    key, _, value = line.lstrip("# ").partition(":")
    return key.strip(), value.strip()


def _columns(path: Path, line: int, names: list[str]) -> dict[str, int]:
    unknown = [name for name in names if name not in COLUMNS]
    if names[:2] != ["id", "label"] or unknown or len(set(names)) < len(names):
        raise _malformed(path, line, f"these are not the columns of a slice: {', '.join(names)}")
    return {name: place for place, name in enumerate(names)}


def _terms(
    path: Path, rows: Iterable[tuple[int, str]], width: int, namespaces: Namespaces
) -> dict[EntityId, tuple[int, list[str]]]:
    terms: dict[EntityId, tuple[int, list[str]]] = {}
    for number, line in rows:
        if not line:
            continue
        if len(line) > LONGEST_LINE:
            raise _malformed(path, number, f"the line is longer than {LONGEST_LINE} characters")
        cells = line.split("\t")
        if len(cells) > width:
            raise _malformed(path, number, f"{len(cells)} cells in a table of {width} columns")
        cells += [""] * (width - len(cells))
        try:
            entity = namespaces.parse(cells[0])
        except ExporterError as problem:
            raise problem.at(Where(file=str(path), line=number)) from None
        if entity in terms:
            raise _malformed(path, number, f"{entity} stands here twice")
        terms[entity] = (number, cells)
    return terms


def _malformed(path: Path, line: int | None, problem: str) -> InputError:
    return InputError(
        problem,
        code="E151",
        where=Where(file=str(path), line=line),
        hint=f"columns: {', '.join(COLUMNS)}; several values in a cell are split by |",
    )


def slice_text(about: dict[str, str], terms: Iterable[Term]) -> str:
    """Return the table of the terms, in the order of their ids, with the columns it needs."""
    rows = [_row(term) for term in sorted(terms, key=lambda term: term.id)]
    used = [name for name in COLUMNS if name in {"id", "label"} or any(row[name] for row in rows)]
    lines = [f"# {key}: {value}" for key, value in about.items()]
    lines.append("\t".join(used))
    lines += ["\t".join(row[name] for name in used).rstrip("\t") for row in rows]
    return "\n".join(lines) + "\n"


def _row(term: Term) -> dict[str, str]:
    names = {
        scope.value: _joined(name.text for name in term.synonyms if name.scope is scope)
        for scope in Scope
    }
    return {
        "id": term.id.curie,
        "label": _one_line(term.label),
        **names,
        "parents": _joined(parent.curie for parent in term.parents),
        "relations": _joined(f"{each.name} {each.object}" for each in term.relations),
        "obsolete": "yes" if term.obsolete else "",
        "replaced_by": term.replaced_by.curie if term.replaced_by else "",
        "consider": _joined(each.curie for each in term.consider),
    }


def _joined(values: Iterable[str]) -> str:
    return "|".join(_one_line(value).replace("|", "\\|") for value in values)


def _one_line(text: str) -> str:
    return " ".join(text.split())
