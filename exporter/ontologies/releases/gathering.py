"""What files say of every ontology, gathered before the first release is written."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies._index_file import age
from exporter.ontologies.releases.catalogue import ontology_name
from exporter.ontologies.releases.contributions import (
    HUMAN,
    Contribution,
    Reading,
    Standing,
    in_order,
)
from exporter.ontologies.releases.holding import Holding, adds, is_newer
from exporter.ontologies.releases.mapping_sets import names_in
from exporter.ontologies.releases.recognising import SSSOM, Recognised
from exporter.ontologies.terms import Scope, Term

Wanted = Callable[[str], bool]
"""Tells whether an ontology or a mapping set of a name is to be installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How files are to be installed: which ontologies, genes of which taxa, on which day."""

    namespaces: Namespaces
    wanted: Wanted = lambda _name: True
    taxa: tuple[str, ...] = (HUMAN,)
    today: str = ""


@dataclass(slots=True)
class Gathered:
    """The releases by prefix and taxon, newest first, and what is held beside them by prefix.

    ``used`` are the files of which something was taken.
    """

    plan: Plan
    reading: Reading
    releases: dict[tuple[str, str], list[Contribution]]
    holdings: dict[str, Holding] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def base(self, prefix: str) -> Contribution | None:
        """Return the newest release of an ontology; of genes that of people."""
        for taxon in ("", HUMAN):
            if versions := self.releases.get((prefix, taxon)):
                return versions[0]
        return None

    def keep_names(self, file: Recognised, names: Iterable[tuple[EntityId, str]]) -> None:
        """Keep names that a file gives to ids of any ontology."""
        keep = self.keeping(Contribution(file=file, standing=Standing.NAMES))
        for entity, name in names:
            keep(Term(id=entity, label=name, ontology=ontology_name(entity.prefix)))

    def keeping(self, found: Contribution) -> Callable[[Term], None]:
        """Return what keeps a term that a contribution tells of, if its ontology is wanted."""
        older = found.standing is Standing.OLDER
        place = cache(lambda prefix: self._place(found, prefix))

        def keep(term: Term) -> None:
            where = place(term.id.prefix)
            if where:
                holding, decides, adding = where
                # What was merged into another term stays so, whatever a list of labels holds.
                adding |= older and term.obsolete and term.replaced_by is not None
                holding.add(found, term, ahead=decides, adding=adding)
                self.used.add(found.file.shown)

        return keep

    def _place(self, found: Contribution, prefix: str) -> tuple[Holding, bool, bool] | None:
        """Return where terms go, whether they decide over the release, and whether they add."""
        base = self.base(prefix)
        decides = found.standing is Standing.CORRECTION
        decides |= found.standing is Standing.AUTHORITY and (base is None or is_newer(found, base))
        if not self.plan.wanted(ontology_name(prefix)):
            return None
        holding = self.holdings.setdefault(prefix, Holding(has_release=base is not None))
        return holding, decides, adds(found, base)


def gathered(
    found: Iterable[Contribution], files: Iterable[Recognised], reading: Reading, plan: Plan
) -> Gathered:
    """Gather what contributions, and mapping sets among the files, say beside the releases."""
    ordered = in_order(found)
    releases = _releases(each for each in ordered if each.standing is Standing.RELEASE)
    others = [each for each in ordered if each.standing is not Standing.RELEASE]
    all_of_it = Gathered(plan, reading, releases)
    for each in in_order([*others, *_helping(releases.values())]):
        keep = all_of_it.keeping(each)
        for term in reading.terms(each):
            keep(term)
    for file in files:
        if file.form == SSSOM:
            all_of_it.keep_names(file, names_in(file, plan.namespaces))
    return all_of_it


def _releases(found: Iterable[Contribution]) -> dict[tuple[str, str], list[Contribution]]:
    releases: dict[tuple[str, str], list[Contribution]] = defaultdict(list)
    for each in found:
        releases[each.prefix, each.taxon].append(each)
    for versions in releases.values():
        versions.sort(key=lambda each: age(each.file.version), reverse=True)
    return dict(releases)


def _helping(releases: Iterable[Sequence[Contribution]]) -> Iterator[Contribution]:
    """Yield the older releases that help out a newest one which is only a list of labels."""
    for newest, *older in releases:
        for each in older if not newest.complete else ():
            yield replace(each, standing=Standing.OLDER, other_label=Scope.RELATED)
