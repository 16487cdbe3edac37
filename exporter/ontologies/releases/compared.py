"""The two sides of a comparison: releases in the index, slices, or files that nobody installed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from exporter.errors import InputError, UsageError, Where
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.installed import IndexWriter, Release, index_path
from exporter.ontologies.installed_index import HeldRelease, InstalledIndex
from exporter.ontologies.merging import Identifiers
from exporter.ontologies.releases.building import Plan, build
from exporter.ontologies.releases.catalogue import ontology_name
from exporter.ontologies.releases.contributions import Contribution, Standing, contributions
from exporter.ontologies.releases.recognising import (
    Found,
    Recognised,
    Role,
    UnknownFormError,
    listed,
    recognised,
)
from exporter.ontologies.slices import Slice, read_slice
from exporter.ontologies.stanzas import opened
from exporter.ontologies.terms import Term

_OF_A_PART = re.compile(
    r"import|slice|subset|slim|extension|module|bridge|component|\.sssom\b", re.IGNORECASE
)
_SLICE = re.compile(r"\ufeff?(?:#[^\n]*\n)*?# ?ontology:")
_START = 2_000


@dataclass(frozen=True)
class ComparedRelease:
    """One release of one ontology, read from an index where it is the current one."""

    index: InstalledIndex
    held: HeldRelease
    lists_all: bool
    described: bool

    def __str__(self) -> str:
        return str(self.held.release)

    @cached_property
    def tells_names(self) -> bool:
        """Tell whether it states the names of its terms, beyond their labels."""
        return self.described or any(term.synonyms for term in self.index.terms(self.held))

    @cached_property
    def tells_parents(self) -> bool:
        """Tell whether it states what its terms are below of."""
        return self.described or any(term.parents for term in self.index.terms(self.held))

    def ids(self) -> Iterator[EntityId]:
        """Yield the ids of its terms, obsolete ones too."""
        return self.index.ids(self.held)

    def term(self, entity: EntityId) -> Term | None:
        """Return the term of an id; None where this release does not hold it."""
        found = self.index.term(entity)
        return found[0] if found and found[1] is self.held else None

    def ancestors(self, entity: EntityId) -> frozenset[EntityId]:
        """Return all that is above a term here; nothing where the release does not hold it all."""
        return self.index.ancestor_set(entity) or frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Everything that is old, or everything that is new: releases by name of ontology.

    ``passed_over`` are files of a folder that are no ontology, with the reason.
    """

    shown: str
    releases: Mapping[str, ComparedRelease]
    passed_over: tuple[UnknownFormError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two releases of the same ontology."""

    name: str
    old: ComparedRelease
    new: ComparedRelease


def pairs(old: Side, new: Side) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """Return the ontologies to compare, and the names of those that are told of in passing only.

    Those are compared if nothing else is there. Sides that have no ontology in common are refused.
    """
    common = sorted(old.releases.keys() & new.releases.keys())
    every = [Pair(name=name, old=old.releases[name], new=new.releases[name]) for name in common]
    if not every:
        raise InputError(
            f"{old.shown} is of {_named(old)}, {new.shown} of {_named(new)}: they have no ontology"
            " in common",
            code="E166",
            hint="give two releases of the same ontology, as in hp=2016-04-01 hp=2023-07-21",
        )
    chosen = [pair for pair in every if pair.old.lists_all or pair.new.lists_all] or every
    left = (pair.name for pair in every if pair not in chosen)
    return tuple(chosen), tuple(left)


def _named(side: Side) -> str:
    return ", ".join(sorted(side.releases)) or "nothing that is known"


@contextmanager
def opened_side(text: str, slices: Sequence[Slice], namespaces: Namespaces) -> Iterator[Side]:
    """Give what OLD or NEW means: ``NAME=VERSION`` or ``NAME``, or a file or folder.

    A file or folder goes into an index of its own, which is gone afterwards; nothing is
    downloaded.
    """
    path = Path(text)
    if "://" in text:
        raise UsageError(
            f"{text} is an address, and nothing is downloaded to be compared",
            code="E229",
            hint="bring it into the index with exporter ontology fetch, and name the version",
        )
    with TemporaryDirectory(prefix="exporter-") as folder:
        made = Path(folder) / "ontologies.index"
        if path.is_file() or path.is_dir():
            yield _from_files(path, made, namespaces)
        elif path.exists():
            where = Where(file=text)
            raise InputError("this is not a regular file", code="E112", where=where)
        else:
            yield _by_name(text, slices, made, namespaces)


# --- by name ---


def _by_name(text: str, slices: Sequence[Slice], made: Path, namespaces: Namespaces) -> Side:
    name, _, version = re.sub(r"[=\s]+", "=", text.strip()).partition("=")
    installed = _installed(name, version, namespaces)
    if installed:
        return Side(shown=text, releases={installed.held.release.name: installed})
    fitting = [each for each in slices if each.name == name and version in {"", each.version}]
    if fitting:
        return Side(shown=text, releases=_of_slices(fitting, made, namespaces))
    known = [f"{each.name}={each.version}" for each in _every_installed(namespaces)]
    known += [f"{each.name}={each.version}" for each in slices]
    raise InputError(
        f"{text!r} is neither a release at hand nor a file or folder",
        code="E167",
        hint=f"at hand are {', '.join(dict.fromkeys(known)) or 'none'}; exporter ontology fetch"
        " brings others",
    )


def _every_installed(namespaces: Namespaces) -> list[Release]:
    if not index_path().exists():
        return []
    held = InstalledIndex(index_path(), namespaces).releases
    return [each.release for each in held if each.kind == "terms"]


def _installed(name: str, version: str, namespaces: Namespaces) -> ComparedRelease | None:
    if not index_path().exists():
        return None
    index = InstalledIndex(index_path(), namespaces, {name: version} if version else {})
    for held in index.ontologies:
        if held.release.name == name:
            whole = _seems_whole(held.release)
            return ComparedRelease(index, held, lists_all=whole, described=whole)
    return None


def _seems_whole(release: Release) -> bool:
    """Tell by the files that a release was made of whether it is more than a part."""
    return _OF_A_PART.search(release.source.partition(";")[0]) is None


def _of_slices(
    slices: Iterable[Slice], made: Path, namespaces: Namespaces
) -> dict[str, ComparedRelease]:
    with IndexWriter(made) as writer:
        for each in slices:
            release = Release(name=each.name, version=each.version, licence=each.licence)
            writer.add_release(release, (each.term(entity, namespaces) for entity in each.lines))
    return _all_in(made, namespaces, frozenset(), frozenset())


# --- from files ---


def _from_files(path: Path, made: Path, namespaces: Namespaces) -> Side:
    found = list(listed(path)) if path.is_dir() else [Found(path=path, shown=str(path))]
    slices = [each for each in found if _is_slice(each.path)]
    every, passed_over = _recognised([each for each in found if each not in slices], namespaces)
    # The names that mapping sets give of terms of others change with those sets.
    files = [each for each in every if each.role is not Role.MAPPINGS]
    if path.is_file() and passed_over:
        raise passed_over[0]
    releases: dict[str, ComparedRelease] = {}
    if files:
        releases = _built(files, made, namespaces)
    if slices:
        read = [read_slice(each.path, namespaces) for each in slices]
        own = [each for each in read if each.name not in releases]
        releases |= _of_slices(own, made.with_name("slices.index"), namespaces)
    if not releases:
        raise InputError(
            "it holds nothing of an ontology that is known here",
            code="E168",
            where=Where(file=str(path)),
            hint="give OBO, an OBO graph, OWL, or a slice; unknown ids with --namespaces FILE",
        )
    return Side(shown=str(path), releases=releases, passed_over=tuple(passed_over))


def _is_slice(path: Path) -> bool:
    with opened(path, lines=False) as file:
        try:
            return _SLICE.match(file.read(_START)) is not None
        except UnicodeDecodeError:
            return False


def _recognised(
    found: Iterable[Found], namespaces: Namespaces
) -> tuple[list[Recognised], list[UnknownFormError]]:
    files, unknown = [], []
    for each in found:
        try:
            files.append(recognised(each, namespaces))
        except UnknownFormError as problem:
            unknown.append(problem)
    return files, unknown


def _built(
    files: list[Recognised], made: Path, namespaces: Namespaces
) -> dict[str, ComparedRelease]:
    plan = Plan(namespaces=namespaces)
    with IndexWriter(made) as writer:
        build(files, writer, plan)
    identifiers = Identifiers(namespaces)
    given = [each for file in files for each in contributions(file, plan.taxa, identifiers)]
    lists = [each for each in given if each.standing is Standing.RELEASE]
    return _all_in(
        made, namespaces, _names_of(lists), _names_of(each for each in lists if each.complete)
    )


def _names_of(given: Iterable[Contribution]) -> frozenset[str]:
    return frozenset(ontology_name(each.prefix) for each in given)


def _all_in(
    made: Path, namespaces: Namespaces, listing: frozenset[str], describing: frozenset[str]
) -> dict[str, ComparedRelease]:
    index = InstalledIndex(made, namespaces)
    return {
        held.release.name: ComparedRelease(
            index,
            held,
            lists_all=held.release.name in listing,
            described=held.release.name in describing,
        )
        for held in index.ontologies
    }
