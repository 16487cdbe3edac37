"""Which annotations and which fields of cases a new version of an ontology touches."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from exporter.grounding import Memo
from exporter.grounding.review import Verdicts
from exporter.model.case import Case
from exporter.model.findings import Finding
from exporter.model.identifiers import EntityId
from exporter.model.linting import LeftOut
from exporter.ontologies.comparing import Change, Comparison, Kind
from exporter.ontologies.kinds import kind_of
from exporter.ontologies.names import name_key
from exporter.ontologies.terms import Scope
from exporter.pipeline.inputs import Reading
from exporter.pipeline.knowledge import Knowledge
from exporter.pipeline.papers import ground_paper
from exporter.pipeline.streaming import streamed
from exporter.pipeline.uses import By, Sort, Use, uses_in_case, uses_in_paper
from exporter.sources import Parsed, Record, parse

_REMEMBERED = 50_000
_SETTLED = {Kind.NEW, Kind.RESTORED, Kind.NAMES_GAINED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """A use, what changed about a concept of it, and how the use comes to that concept."""

    use: Use
    change: Change
    by: By

    @property
    def asks(self) -> bool:
        """Tell whether anybody has to look at it: what was unknown and is known now is settled."""
        change = self.change
        if self.by is By.NAMED or change.new is None or change.new.obsolete:
            return True
        if change.kind is Kind.RELABELLED:
            return self.use.label != change.new.label
        return change.kind not in _SETTLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What of a corpus was looked at, and what of it is touched.

    ``documents`` counts those with a touched use, ``terms`` the uses that each change touches,
    ``settled`` what touches a use and asks for nothing, which no other count includes.
    ``matters`` are moves of terms of the corpus, with what is above them now, or was before, and
    is itself used in the corpus.
    """

    papers: int
    cases: int
    uses: Mapping[Sort, int]
    touched: Mapping[Sort, int]
    documents: int
    kinds: Mapping[Kind, int]
    terms: Mapping[tuple[Kind, EntityId], int]
    settled: Mapping[Kind, int]
    matters: tuple[Change, ...]
    left_out: tuple[LeftOut, ...]
    passed_over: int


@dataclass(slots=True)
class _Counts:
    papers: int = 0
    cases: int = 0
    documents: int = 0
    passed_over: int = 0
    uses: Counter[Sort] = field(default_factory=Counter)
    touched: Counter[Sort] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    terms: Counter[tuple[Kind, EntityId]] = field(default_factory=Counter)
    settled: Counter[Kind] = field(default_factory=Counter)
    moved: dict[EntityId, Change] = field(default_factory=dict)
    used: set[EntityId] = field(default_factory=set)
    left_out: list[LeftOut] = field(default_factory=list)


class Toucher:
    """Goes through a corpus, one document after the other, and keeps counts only.

    ``changes`` are all that ``comparisons`` find: by them a name leads to the terms that got it.
    """

    def __init__(
        self,
        comparisons: Sequence[Comparison],
        changes: Iterable[Change],
        knowledge: Knowledge,
        verdicts: Verdicts | None = None,
    ) -> None:
        self._comparisons = tuple(comparisons)
        self._gained = _by_gained_name(changes)
        self._knowledge = knowledge
        self._verdicts = verdicts
        self._memo = Memo(knowledge.ontologies, knowledge.field)
        self._around = lru_cache(maxsize=_REMEMBERED)(self._changes_around)
        self._counts = _Counts()

    def touches(self, reading: Reading) -> Iterator[Touch | LeftOut | Finding]:
        """Yield what is touched in the order in which it is read, and what could not be read.

        A record that cannot be read is an error, or left out if the reading keeps going.
        """

        def take(record: Record) -> Iterator[Touch]:
            return self._document(parse(record, reading.settings))

        for each in streamed(reading, take):
            if isinstance(each, Finding):
                self._counts.passed_over += 1
            elif isinstance(each, LeftOut):
                self._counts.left_out.append(each)
            yield each

    def tally(self) -> Tally:
        """Return the counts of everything so far, the greatest first."""
        counts = self._counts
        terms = sorted(counts.terms.items(), key=lambda pair: (-pair[1], pair[0][1], pair[0][0]))
        return Tally(
            papers=counts.papers,
            cases=counts.cases,
            uses={sort: counts.uses[sort] for sort in Sort},
            touched={sort: counts.touched[sort] for sort in Sort},
            documents=counts.documents,
            kinds={kind: counts.kinds[kind] for kind in Kind if counts.kinds[kind]},
            terms=dict(terms),
            settled={kind: counts.settled[kind] for kind in Kind if counts.settled[kind]},
            matters=tuple(_mattering(counts)),
            left_out=tuple(counts.left_out),
            passed_over=counts.passed_over,
        )

    def _document(self, parsed: Parsed) -> Iterator[Touch]:
        is_touched = False
        for use in self._uses(parsed):
            found = tuple(self._touches(use))
            is_touched |= self._count(use, found)
            yield from found
        self._counts.documents += is_touched

    def _uses(self, parsed: Parsed) -> Iterator[Use]:
        if isinstance(parsed, Case):
            self._counts.cases += 1
            return uses_in_case(parsed, self._knowledge)
        self._counts.papers += 1
        paper = ground_paper(parsed, self._knowledge, self._verdicts, self._memo)
        return uses_in_paper(paper, self._knowledge)

    def _count(self, use: Use, found: Sequence[Touch]) -> bool:
        """Count a use, and tell whether it is touched."""
        counts = self._counts
        asking = [each.change for each in found if each.asks]
        counts.uses[use.sort] += 1
        counts.touched[use.sort] += bool(asking)
        counts.used.update([entity for entity, by in use.ids if by is not By.MAPPED])
        counts.settled.update(each.change.kind for each in found if not each.asks)
        counts.kinds.update(change.kind for change in asking)
        counts.terms.update((change.kind, change.id) for change in asking)
        counts.moved |= {each.id: each for each in asking if each.lost_above or each.gained_above}
        return bool(asking)

    def _touches(self, use: Use) -> Iterator[Touch]:
        keys = frozenset(map(name_key, use.names)) - {""}
        for entity, by in use.ids:
            for change in self._around(entity):
                if not change.names or keys & _keys(change):
                    yield Touch(use=use, change=change, by=by)
        own = {entity for entity, _ in use.ids}
        targets = kind_of(use.kind).targets
        for change in self._named(keys):
            if change.id not in own and (not targets or change.id.prefix in targets):
                yield Touch(use=use, change=change, by=By.NAMED)

    def _changes_around(self, entity: EntityId) -> tuple[Change, ...]:
        return tuple(change for each in self._comparisons for change in each.around(entity))

    def _named(self, keys: frozenset[str]) -> list[Change]:
        """Return the changes by which other terms got a name, each term once, by id."""
        found = {change.id: change for key in keys for change in self._gained.get(key, ())}
        return [found[entity] for entity in sorted(found)]


def _keys(change: Change) -> set[str]:
    return {name_key(name.text) for name in change.names}


def _by_gained_name(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """Return the terms in force that have a name as an exact one now, and had not before."""
    gained: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        for key in {name_key(name) for name in _gained_names(change)}:
            gained[key].append(change)
    return dict(gained)


def _gained_names(change: Change) -> Iterable[str]:
    if change.new is None or change.new.obsolete:
        return ()
    if change.kind in {Kind.NEW, Kind.RESTORED}:
        return change.new.exact_names
    if change.kind is Kind.RELABELLED:
        before = {name_key(name) for name in change.old.exact_names} if change.old else set()
        return () if name_key(change.new.label) in before else (change.new.label,)
    if change.kind is Kind.NAMES_GAINED:
        return [each.text for each in change.names if each.after is Scope.EXACT]
    return ()


def _mattering(counts: _Counts) -> Iterator[Change]:
    """Yield the moves of terms of the corpus away from others of it, or below them."""
    for entity in sorted(counts.moved):
        change = counts.moved[entity]
        lost = tuple(each for each in change.lost_above if each in counts.used)
        gained = tuple(each for each in change.gained_above if each in counts.used)
        if lost or gained:
            yield replace(change, lost_above=lost, gained_above=gained)
