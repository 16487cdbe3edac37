"""Ontologies and mapping sets out of a folder of files, or out of single ones, for the index."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from pathlib import Path

from exporter.errors import ExporterError, InputError, Where
from exporter.model.identifiers import Namespaces
from exporter.ontologies.formats import About, known_by, reader
from exporter.ontologies.installed import IndexWriter, Release
from exporter.ontologies.merging import Identifiers, Stock, stock, tidied
from exporter.ontologies.packs import Pack
from exporter.ontologies.recipe import Folders, Recipe, SliceRecipe, Source, read_recipe
from exporter.ontologies.slicing import mapping_set_of
from exporter.ontologies.sources import source_files
from exporter.ontologies.sssom import read_mapping_set
from exporter.ontologies.stanzas import opened
from exporter.ontologies.terms import Relation, Term
from exporter.resources import data

_LONGEST_NAME = 300
_LOOKED_AT = 1 << 14
_MOST_IDS = 2_000
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SSSOM = ("subject_id", "predicate_id", "object_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What came into the index, and from which file."""

    release: Release
    size: int
    kind: str


@dataclass(slots=True, kw_only=True)
class Account:
    """What became of each file: installed, not recognised, or broken with the reason."""

    installed: list[Installed] = field(default_factory=list)
    unknown: list[Path] = field(default_factory=list)
    broken: list[ExporterError] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """What all steps of a build share; ``fetched`` is the date to be noted."""

    namespaces: Namespaces
    writer: IndexWriter
    account: Account
    fetched: str


def install(paths: Iterable[Path], packs: Sequence[Pack], building: Building) -> None:
    """Install what the files and folders hold.

    In a folder that has the files of a pack's recipe they are joined as it says. Every other file
    is known by its content; one of a folder that is broken is noted and left out, one that was
    named is refused.
    """
    for path in paths:
        if not path.exists():
            raise InputError(
                "there is no such file or folder", code="E156", where=Where(file=str(path))
            )
        used = _by_recipes(path, packs, building) if path.is_dir() else set()
        files = (
            sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        )
        for file in files:
            if file not in used:
                _by_content(file, building, named=file == path)


def _by_recipes(folder: Path, packs: Iterable[Pack], building: Building) -> set[Path]:
    """Install what recipes make of a folder; return the files that were used."""
    used: set[Path] = set()
    for pack in packs:
        if not (pack.folder / "slice.toml").is_file():
            continue
        recipe = read_recipe(pack.folder, building.namespaces)
        folders = Folders(pack=pack.folder, data=folder)
        used |= _slices(recipe, folders, building) | _mapping_sets(recipe, folders, building)
    return used


def _slices(recipe: Recipe, folders: Folders, building: Building) -> set[Path]:
    used: set[Path] = set()
    identifiers = Identifiers(building.namespaces)
    for each in recipe.slices:
        files = {folders.path(file) for file in source_files((each,))}
        if all(file.is_file() for file in files):
            used |= files
            found = stock(each, folders, identifiers, None)
            release = _release(each, folders.path(each.source[0].file), building)
            _install(found, release, building)
    return used


def _mapping_sets(recipe: Recipe, folders: Folders, building: Building) -> set[Path]:
    used: set[Path] = set()
    for each in recipe.mappings:
        file = folders.path(each.file)
        if file.is_file():
            used |= set() if each.between else {file}
            made = mapping_set_of(each, folders, building.namespaces)
            release = replace(
                Release(name=each.name, version=each.version, licence=each.licence),
                source=file.name,
                sha256=_sum(file),
                fetched=building.fetched,
            )
            building.account.left_out[each.name] += len(made.left_out)
            _note(
                building, release, building.writer.add_mapping_set(made.kept, release), "mappings"
            )
    return used


def _release(recipe: SliceRecipe, file: Path, building: Building) -> Release:
    return Release(
        name=recipe.name,
        version=recipe.version,
        prefix=recipe.prefix,
        licence=recipe.licence,
        source=file.name,
        sha256=_sum(file),
        fetched=building.fetched,
    )


def _install(found: Stock, release: Release, building: Building) -> None:
    added = _stated(release.name, building.namespaces)
    terms = (_with(tidied(term, _LONGEST_NAME), added) for term in found.values() if term.label)
    _note(building, release, building.writer.add_release(release, terms), "terms")


def _with(term: Term, added: tuple[Relation, ...]) -> Term:
    return replace(term, relations=(*term.relations, *added)) if added else term


def _stated(name: str, namespaces: Namespaces) -> tuple[Relation, ...]:
    """Return what ``releases.toml`` says of every term of a release."""
    rows = tomllib.loads((data("ontology") / "releases.toml").read_text("utf-8"))["stated"]
    return tuple(
        Relation(row["relation"], namespaces.parse(row["object"]))
        for row in rows
        if row["release"] == name
    )


def _note(building: Building, release: Release, size: int, kind: str) -> None:
    building.account.installed.append(Installed(release=release, size=size, kind=kind))


def _by_content(file: Path, building: Building, *, named: bool) -> None:
    try:
        start = _start(file)
        forms = known_by()
        form = next((name for name in sorted(forms) if forms[name].recognises(start)), None)
        if form:
            _ontology(file, form, forms[form].about(file), building)
        elif _is_mapping_set(start):
            _mappings(file, building)
        else:
            building.account.unknown.append(file)
    except ExporterError as problem:
        if named:
            raise problem.at(Where(file=str(file))) from None
        building.account.broken.append(problem.at(Where(file=str(file))))


def _start(file: Path) -> str:
    """Return the beginning of a file as text; of one that is none, nothing."""
    try:
        with opened(file) as text:
            return text.read(_LOOKED_AT)
    except InputError:
        if file.suffix == ".gz":
            raise
        return ""


def _is_mapping_set(start: str) -> bool:
    lines = (line for line in start.splitlines() if not line.startswith("#"))
    columns = next(lines, "").split("\t")
    return all(name in columns for name in _SSSOM)


def _ontology(file: Path, form: str, about: About, building: Building) -> None:
    prefix = _prefix(file, form, building.namespaces)
    said = about.ontology.rstrip("/").rpartition("/")[2].casefold()
    if prefix is None or (said and not said.startswith(prefix.casefold())):
        building.account.unknown.append(file)
        return
    version = about.version.removeprefix("releases/").rpartition("/releases/")[2]
    recipe = SliceRecipe(
        name=prefix.lower(),
        prefix=prefix,
        version=version.split("/")[0] or file.name,
        licence=about.licence,
        origin=file.name,
        source=(Source(file=file.name, format=form),),
        relations=("has_role", "has_part", "part_of", "has_member"),
    )
    folders = Folders(pack=file.parent, data=file.parent)
    found = stock(recipe, folders, Identifiers(building.namespaces), None)
    _install(found, _release(recipe, file, building), building)


def _prefix(file: Path, form: str, namespaces: Namespaces) -> str | None:
    """Return the known prefix that most of the first ids of a file have."""
    counts: Counter[str] = Counter()
    identifiers = Identifiers(namespaces)

    def look(text: str) -> bool:
        entity = identifiers.entity(text)
        if entity and counts.total() < _MOST_IDS:
            counts[entity.prefix] += 1
        return False

    for _ in reader(form)(file, {}, look):
        break
    return counts.most_common(1)[0][0] if counts else None


def _mappings(file: Path, building: Building) -> None:
    left_out: list[ExporterError] = []
    held = read_mapping_set(file, building.namespaces, refuse=left_out.append)
    name = file.name.removesuffix(".gz").removesuffix(".sssom.tsv")
    release = Release(
        name=name,
        version=_dated(held.version) or _sum(file)[:12],
        source=file.name,
        sha256=_sum(file),
        fetched=building.fetched,
    )
    building.account.left_out[name] += len(left_out)
    _note(building, release, building.writer.add_mapping_set(held, release), "mappings")


def _dated(version: str) -> str:
    """Return a version as it is, or the date in one that is an address."""
    date = _DATE.search(version)
    return date.group() if date and "/" in version else version


def _sum(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def addresses(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield name and address of the published releases asked for; without names of all."""
    rows = tomllib.loads((data("ontology") / "releases.toml").read_text("utf-8"))["release"]
    known = {row["name"]: row["address"] for row in rows}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError(
            f"no address of {unknown[0]!r} is known",
            code="E159",
            hint=f"name one of {', '.join(known)}, or give its file with --from",
        )
    yield from ((name, known[name]) for name in names or known)
