"""The releases and mapping sets that files become, put into the index."""

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies._index_file import age
from exporter.ontologies.installed import IndexWriter, Release
from exporter.ontologies.merging import Identifiers
from exporter.ontologies.releases.catalogue import ontology_name
from exporter.ontologies.releases.contributions import (
    HUMAN,
    Contribution,
    Reading,
    Standing,
    contributions,
    in_order,
)
from exporter.ontologies.releases.families import family_release
from exporter.ontologies.releases.holding import Holding, adds, is_newer
from exporter.ontologies.releases.mapping_sets import has_mappings, names_in, read_mappings
from exporter.ontologies.releases.provenance import with_sources
from exporter.ontologies.releases.recognising import SSSOM, Recognised
from exporter.ontologies.releases.versions import UNDATED
from exporter.ontologies.terms import Term

GENES = "NCBIGene"
_MOST_TAXA = 5
Wanted = Callable[[str], bool]
"""Tells whether an ontology or a mapping set of a name is to be installed."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How files are to be installed: which ontologies, genes of which taxa, on which day."""

    namespaces: Namespaces
    wanted: Wanted = lambda _name: True
    taxa: tuple[str, ...] = (HUMAN,)
    today: str = ""


@dataclass(slots=True)
class _Work:
    plan: Plan
    writer: IndexWriter
    reading: Reading
    holdings: dict[str, Holding] = field(default_factory=lambda: defaultdict(Holding))
    releases: dict[tuple[str, str], list[Contribution]] = field(
        default_factory=lambda: defaultdict(list)
    )
    installed: list[Installed] = field(default_factory=list)
    left_out: dict[str, Counter[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def release(self, name: str, version: str, prefix: str) -> Release:
        return Release(name=name, version=version, prefix=prefix, fetched=self.plan.today)


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


def _built(files: Sequence[Recognised], writer: IndexWriter, plan: Plan) -> Report:
    identifiers = Identifiers(plan.namespaces)
    work = _Work(plan, writer, Reading(identifiers, ontology_name))
    found = [each for file in files for each in contributions(file, plan.taxa, identifiers)]
    remarks: list[str] = []
    families = family_release(files, writer.path, plan.namespaces)
    if families:
        found.append(families.contribution)
    ordered = in_order(found)
    for each in ordered:
        if each.standing is Standing.RELEASE:
            work.releases[each.prefix, each.taxon].append(each)
    for versions in work.releases.values():
        versions.sort(key=lambda each: age(each.file.version), reverse=True)
    mapping_files = sorted(filter(has_mappings, files), key=lambda file: (file.name, file.sha256))
    _hold(ordered, work)
    _hold_names(mapping_files, work)
    _write_releases(work)
    _write_rest(work)
    _map(mapping_files, work)
    if families:
        remarks += families.remarks()
    return Report(
        installed=tuple(work.installed),
        used=frozenset(work.used),
        left_out=_merged_counts(work.left_out, work.reading.unknown),
        remarks=(*remarks, *_other_taxa(files, plan), *_too_long(work.reading.too_long)),
    )


def _base(work: _Work, prefix: str) -> Contribution | None:
    """Return the newest release of an ontology; of genes that of people."""
    for taxon in ("", HUMAN):
        if versions := work.releases.get((prefix, taxon)):
            return versions[0]
    return None


def _hold(ordered: Iterable[Contribution], work: _Work) -> None:
    for found in ordered:
        if found.standing is not Standing.RELEASE:
            keep = _keeping(found, work)
            for term in work.reading.terms(found):
                keep(term)
    for versions in list(work.releases.values()):
        if not versions[0].complete:
            for older in versions[1:]:
                for term in work.reading.terms(older):
                    # What was merged into another term stays so, whatever a list of labels holds.
                    adding = term.obsolete and term.replaced_by is not None
                    work.holdings[term.id.prefix].add(older, term, ahead=False, adding=adding)


def _keeping(found: Contribution, work: _Work) -> Callable[[Term], None]:
    """Return what keeps a term that a contribution tells of, if its ontology is wanted."""

    @cache
    def place(prefix: str) -> tuple[Holding, bool, bool] | None:
        base = _base(work, prefix)
        decides = found.standing is Standing.CORRECTION
        decides |= found.standing is Standing.AUTHORITY and (base is None or is_newer(found, base))
        if not work.plan.wanted(ontology_name(prefix)):
            return None
        return work.holdings[prefix], decides, adds(found, base)

    def keep(term: Term) -> None:
        where = place(term.id.prefix)
        if where:
            holding, decides, adding = where
            holding.add(found, term, ahead=decides, adding=adding)
            work.used.add(found.file.shown)

    return keep


def _hold_names(files: Iterable[Recognised], work: _Work) -> None:
    for file in files:
        if file.form == SSSOM:
            keep = _keeping(Contribution(file=file, standing=Standing.NAMES), work)
            for entity, name in names_in(file, work.plan.namespaces):
                keep(_only_named(entity, name))


def _map(files: Iterable[Recognised], work: _Work) -> None:
    for file in files:
        read = read_mappings(file, work.plan.namespaces)
        work.left_out.setdefault(file.shown, Counter()).update(read.left_out)
        rows = len(read.kept.mappings) + len(read.kept.negative)
        if rows and work.plan.wanted(file.name):
            release = work.release(read.kept.name, read.kept.version, "")
            release = with_sources(release, [file])
            work.writer.add_mapping_set(read.kept, release)
            work.used.add(file.shown)
            work.installed.append(Installed(kind="mappings", release=release, size=rows))


def _only_named(entity: EntityId, label: str) -> Term:
    return Term(id=entity, label=label, ontology=ontology_name(entity.prefix))


def _write_releases(work: _Work) -> None:
    for (prefix, taxon), versions in sorted(work.releases.items()):
        name = ontology_name(prefix)
        name = f"{name}-{taxon}" if taxon not in {"", HUMAN} else name
        if not work.plan.wanted(ontology_name(prefix)):
            continue
        by_version: dict[str, list[Contribution]] = defaultdict(list)
        for each in versions:
            by_version[each.file.version or UNDATED].append(each)
        for version in sorted(by_version, key=age):
            current = versions[0] in by_version[version] and taxon in {"", HUMAN}
            holding = work.holdings.pop(prefix, Holding()) if current else Holding()
            own = [each.file for each in by_version[version]]
            release = with_sources(work.release(name, version, prefix), own, holding)
            _write(work, release, own, _completed(by_version[version], holding, work))


def _completed(released: Iterable[Contribution], holding: Holding, work: _Work) -> Iterator[Term]:
    written: set[str] = set()
    for each in released:
        for term in work.reading.terms(each):
            if term.id.local not in written:
                written.add(term.id.local)
                yield holding.completed(term)
    yield from (term for term in holding.rest() if term.id.local not in written)


def _write_rest(work: _Work) -> None:
    """Write the ontologies of which no file is a release, with the names that releases give."""
    for file, names in work.reading.named.items():
        keep = _keeping(Contribution(file=file, standing=Standing.NAMES), work)
        for entity, name in names:
            keep(_only_named(entity, name))
    for prefix in sorted(set(work.holdings) - {prefix for prefix, _ in work.releases}):
        holding = work.holdings.pop(prefix)
        files = list(holding.files)
        release = work.release(ontology_name(prefix), holding.version(), prefix)
        release = with_sources(release, files, holding)
        _write(work, release, files, holding.rest())


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
    work.used.update(file.shown for file in files)
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
