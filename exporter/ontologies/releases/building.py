"""The releases and mapping sets that files become, put into the index."""

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

from exporter.ontologies._index_file import age
from exporter.ontologies.installed import IndexWriter, Release
from exporter.ontologies.installed_index import HeldRelease, InstalledIndex
from exporter.ontologies.merging import Identifiers
from exporter.ontologies.releases.catalogue import ontology_name
from exporter.ontologies.releases.contributions import (
    HUMAN,
    Contribution,
    Reading,
    contributions,
)
from exporter.ontologies.releases.families import family_release
from exporter.ontologies.releases.gathering import Gathered, Plan, gathered
from exporter.ontologies.releases.holding import NAMES, PARTS, Holding
from exporter.ontologies.releases.mapping_sets import has_mappings, read_mappings
from exporter.ontologies.releases.provenance import with_sources
from exporter.ontologies.releases.recognising import Recognised
from exporter.ontologies.releases.versions import UNDATED
from exporter.ontologies.terms import Term

__all__ = ["Installed", "Plan", "Report", "build"]

GENES = "NCBIGene"
_MOST_TAXA = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What was put into the index; ``size`` counts terms or rows, ``names`` all names of terms."""

    kind: str
    release: Release
    size: int
    names: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was installed, and what of the files was left out, counted by file and namespace.

    ``used`` are the files of which something was taken.
    """

    installed: tuple[Installed, ...]
    left_out: dict[str, Counter[str]]
    used: frozenset[str]
    remarks: tuple[str, ...] = ()


def build(files: Sequence[Recognised], writer: IndexWriter, plan: Plan) -> Report:
    """Put all that the files hold into the index; a file that cannot be read is refused.

    The newest release of each ontology gets what files of parts and names add to it; older ones
    stand beside it as they are. Where no file is a release, all parts and names together are one.
    """
    with _no_search_for_garbage():
        return _built(files, writer, plan)


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Let no search for cycles go through millions of terms, of which none is in a cycle."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(slots=True)
class _Work:
    gathered: Gathered
    writer: IndexWriter
    index: InstalledIndex | None
    installed: list[Installed] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    left_out: dict[str, Counter[str]] = field(default_factory=dict)

    def release(self, name: str, version: str, prefix: str) -> Release:
        today = self.gathered.plan.today
        return Release(name=name, version=version, prefix=prefix, fetched=today)

    def held(self, name: str) -> HeldRelease | None:
        current = self.index.ontologies if self.index else ()
        return next((each for each in current if each.release.name == name), None)


def _built(files: Sequence[Recognised], writer: IndexWriter, plan: Plan) -> Report:
    identifiers = Identifiers(plan.namespaces)
    reading = Reading(identifiers, ontology_name)
    index = InstalledIndex(writer.path, plan.namespaces) if writer.path.exists() else None
    found = [each for file in files for each in contributions(file, plan.taxa, identifiers)]
    families = family_release(files, index)
    if families:
        found.append(families.contribution)
    mapping_files = sorted(filter(has_mappings, files), key=lambda file: (file.name, file.sha256))
    work = _Work(gathered(found, mapping_files, reading, plan), writer, index)
    _write_releases(work)
    _write_rest(work)
    _write_mappings(mapping_files, work)
    remarks = [*work.remarks, *(families.remarks() if families else ())]
    return Report(
        installed=tuple(work.installed),
        used=frozenset(work.gathered.used),
        left_out=_merged_counts(work.left_out, reading.unknown),
        remarks=(*remarks, *_other_taxa(files, plan), *_too_long(reading.too_long)),
    )


def _write_releases(work: _Work) -> None:
    for (prefix, taxon), versions in sorted(work.gathered.releases.items()):
        name = ontology_name(prefix)
        if not work.gathered.plan.wanted(name):
            continue
        first = taxon in {"", HUMAN}
        by_version: dict[str, list[Contribution]] = defaultdict(list)
        for each in versions:
            by_version[each.file.version or UNDATED].append(each)
        for version in sorted(by_version, key=age):
            same = by_version[version]
            current = first and versions[0] in same
            held = work.gathered.holdings.pop(prefix, None) if current else None
            holding, own = held or Holding(), [each.file for each in same]
            release = work.release(name if first else f"{name}-{taxon}", version, prefix)
            terms = _completed(same, holding, work.gathered)
            _write(work, with_sources(release, own, holding), own, terms)


def _completed(
    released: Iterable[Contribution], holding: Holding, gathered: Gathered
) -> Iterator[Term]:
    written: set[str] = set()
    for each in released:
        for term in gathered.reading.terms(each):
            if term.id.local not in written:
                written.add(term.id.local)
                yield holding.completed(term)
    yield from (term for term in holding.rest() if term.id.local not in written)


def _write_rest(work: _Work) -> None:
    """Write the ontologies of which no file is a release, with the names that releases give."""
    for file, names in work.gathered.reading.named.items():
        work.gathered.keep_names(file, names)
    for prefix, holding in sorted(work.gathered.holdings.items()):
        name = ontology_name(prefix)
        held = work.held(name)
        if work.gathered.base(prefix) is not None:
            continue
        if held and not held.release.version.startswith((PARTS, NAMES)):
            work.remarks.append(
                f"parts and names of {name} were not added: the index holds {held.release}, "
                "and they complete a release only when it is fetched with them"
            )
            continue
        for term in work.index.terms(held) if work.index and held else ():
            holding.keep_held(term)
        release = with_sources(work.release(name, holding.version(), prefix), (), holding)
        _write(work, release, (), holding.rest())
        holding.clear()


def _write_mappings(files: Iterable[Recognised], work: _Work) -> None:
    for file in files:
        read = read_mappings(file, work.gathered.plan.namespaces)
        work.left_out.setdefault(file.shown, Counter()).update(read.left_out)
        rows = len(read.kept.mappings) + len(read.kept.negative)
        if rows and work.gathered.plan.wanted(file.name):
            release = with_sources(work.release(read.kept.name, read.kept.version, ""), [file])
            work.writer.add_mapping_set(read.kept, release)
            work.gathered.used.add(file.shown)
            work.installed.append(Installed(kind="mappings", release=release, size=rows))


def _write(
    work: _Work, release: Release, files: Iterable[Recognised], terms: Iterable[Term]
) -> None:
    names = 0

    def counted() -> Iterator[Term]:
        nonlocal names
        for term in terms:
            names += 1 + len(term.synonyms)
            yield term

    flow = counted()
    first = next(flow, None)
    if first is None:
        return
    size = work.writer.add_release(release, chain([first], flow))
    work.gathered.used.update(file.shown for file in files)
    installed = Installed(kind="terms", release=release, size=size, names=names)
    work.installed.append(installed)


def _merged_counts(*counts: dict[str, Counter[str]]) -> dict[str, Counter[str]]:
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for each in counts:
        for file, count in each.items():
            total[file].update(count)
    return {file: count for file, count in sorted(total.items()) if count}


def _other_taxa(files: Iterable[Recognised], plan: Plan) -> Iterator[str]:
    for file in files:
        others = Counter({taxon: n for taxon, n in file.taxa if taxon not in plan.taxa})
        if others and plan.wanted(ontology_name(GENES)):
            some = ", ".join(taxon for taxon, _ in others.most_common(_MOST_TAXA))
            more = ", …" if len(others) > _MOST_TAXA else ""
            yield (
                f"{others.total()} genes of other taxa ({some}{more}) in {file.shown} were not "
                "asked for; --taxon adds them"
            )


def _too_long(counts: Counter[str]) -> Iterator[str]:
    for name, count in sorted(counts.items()):
        yield f"{count} names of {name} are too long to be of use, and were left out"
