"""The recipe of a pack: which terms and mappings its slices take from which source files."""

import tomllib
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar, get_origin

from exporter.errors import ExporterError, InputError, Where
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.stanzas import opened

RECIPE = "slice.toml"
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where source files lie: those named with ``./`` in the pack, all others in ``data``."""

    pack: Path
    data: Path

    def path(self, file: str) -> Path:
        """Return the path of a source file as a recipe names it."""
        return (self.pack if file.startswith("./") else self.data) / file


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source file: its form, whether it may add terms, and what its other labels are.

    The first source of a term decides label and parents; a later one adds what is missing.
    ``options`` are those of the form.
    """

    file: str
    format: str
    adds: bool = True
    other_label: str = "related"
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceRecipe:
    """How one slice is cut.

    Taken are the seeds with its prefix and what they map to, all ``below`` some terms, those whose
    label holds the pattern ``labels``, objects of relations in the slices ``members_of``, and with
    ``mapped`` all ids in the cut mapping sets. ``ancestors`` adds everything above, by is-a and by
    ``relations``; ``replaced`` the obsolete terms for which a taken one stands. Names longer than
    ``longest_name`` are left out.
    """

    name: str
    prefix: str
    version: str
    licence: str
    origin: str
    source: tuple[Source, ...]
    note: str = ""
    below: tuple[str, ...] = ()
    labels: str = ""
    members_of: tuple[str, ...] = ()
    mapped: bool = False
    ancestors: bool = False
    replaced: bool = False
    relations: tuple[str, ...] = ()
    longest_name: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingRecipe:
    """Which rows of one source of mappings are kept: those that touch a taken id.

    ``format`` is ``sssom`` (only rows ``between`` these prefixes are read) or ``table``, whose
    ``options`` have the patterns ``subject`` and ``object`` and the constants ``predicate`` and
    ``justification``.
    """

    name: str
    file: str
    format: str
    id: str
    version: str
    licence: str
    origin: str
    between: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A whole recipe with its seeds."""

    path: Path
    seeds: tuple[EntityId, ...]
    slices: tuple[SliceRecipe, ...]
    mappings: tuple[MappingRecipe, ...]


def read_recipe(folder: Path, namespaces: Namespaces) -> Recipe:
    """Read ``slice.toml`` of a pack; a key that no part knows or that is missing is refused."""
    path = folder / RECIPE
    table = _toml(path)
    unknown = set(table) - {"seeds", "slice", "mapping"}
    if unknown:
        raise _malformed(path, f"unknown key {min(unknown)!r}")
    slices = [_slice(part, path) for part in _parts(table, "slice", path)]
    mappings = [_part(MappingRecipe, part, path) for part in _parts(table, "mapping", path)]
    for names in ([part.name for part in slices], [part.name for part in mappings]):
        if len(set(names)) < len(names):
            raise _malformed(path, "two slices or two mappings have the same name")
    seeds = _seeds(folder / str(table["seeds"]), namespaces) if "seeds" in table else ()
    return Recipe(path=path, seeds=seeds, slices=tuple(slices), mappings=tuple(mappings))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            "the pack has no recipe, so its slices cannot be made",
            code="E155",
            where=Where(file=str(path)),
            hint="its slices are used as they are; write slice.toml to make them again",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise _malformed(path, str(problem)) from None


def _slice(table: dict[str, Any], path: Path) -> SliceRecipe:
    sources = tuple(_part(Source, source, path) for source in _parts(table, "source", path))
    return _part(SliceRecipe, {**table, "source": sources}, path)


def _parts(table: dict[str, Any], key: str, path: Path) -> list[dict[str, Any]]:
    parts = table.get(key, [])
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise _malformed(path, f"{key} is no list of tables: write [[{key}]]")
    return parts


def _part(kind: type[_Part], table: dict[str, Any], path: Path) -> _Part:
    """Make one part of a recipe from its table; types are those of the fields."""
    known: dict[str, Field[Any]] = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    name = table.get("name") or table.get("file") or "a part without name"
    for key in table:
        if key not in known:
            raise _malformed(path, f"{name}: unknown key {key!r}")
    values = {}
    for key, each in known.items():
        if key in table:
            values[key] = _value(table[key], each, f"{name}: {key}", path)
        elif each.default is MISSING and each.default_factory is MISSING:
            raise _malformed(path, f"{name}: the key {key!r} is missing")
    return kind(**values)


def _value(value: Any, each: Field[Any], name: str, path: Path) -> Any:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = tuple(value)
    if type(value) is not (get_origin(each.type) or each.type):
        raise _malformed(path, f"{name} is {value!r}")
    return value


def _seeds(path: Path, namespaces: Namespaces) -> tuple[EntityId, ...]:
    """Read a list of ids: the first column of a table; lines that begin with ``#`` are comments."""
    seeds: dict[EntityId, None] = {}
    with opened(path) as file:
        lines = file.read().splitlines()
    for number, line in enumerate(lines, start=1):
        identifier = line.partition("\t")[0].strip()
        if not identifier or identifier.startswith("#"):
            continue
        try:
            seeds[namespaces.parse(identifier)] = None
        except ExporterError as problem:
            raise problem.at(Where(file=str(path), line=number)) from None
    return tuple(seeds)


def _malformed(path: Path, problem: str) -> InputError:
    return InputError(problem, code="E155", where=Where(file=str(path)))
