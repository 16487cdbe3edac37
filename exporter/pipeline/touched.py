"""Which annotations and which fields of cases a new version of an ontology touches."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from exporter.errors import (
    ExporterError,
    IdentifierError,
    MissingPartError,
    ProblemsError,
    UsageError,
    Where,
)
from exporter.grounding import Memo
from exporter.grounding.review import Verdicts
from exporter.model.case import Case
from exporter.model.document import Annotation, Document, Text
from exporter.model.findings import Finding
from exporter.model.grounding import Grounding
from exporter.model.identifiers import EntityId
from exporter.model.linting import LeftOut
from exporter.ontologies.comparing import Change, Comparison, Kind
from exporter.ontologies.kinds import kind_of
from exporter.ontologies.names import name_key
from exporter.ontologies.terms import Scope
from exporter.pipeline.inputs import Reading
from exporter.pipeline.knowledge import Knowledge
from exporter.pipeline.papers import ground_paper
from exporter.sources import inputs, parse, records, stated_ids

_REMEMBERED = 50_000


class By(StrEnum):
    """How a use of a concept comes to be about it."""

    STATED = "stated"
    LEADS_TO = "leads-to"
    PROPOSED = "proposed"
    MAPPED = "mapped"
    NAMED = "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A place in the corpus that is about concepts: an annotation, a relation, a field of a case.

    ``kind`` is the type of an annotation or the name of a relation; ``ids`` are in the order in
    which they count, each with how the place comes to it.
    """

    where: Where
    label: str
    ids: tuple[tuple[EntityId, By], ...]
    kind: str = ""
    stated_as: str = ""
    names: tuple[str, ...] = ()
    is_annotation: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """A use, what changed about a concept of it, and how the use comes to that concept."""

    use: Use
    change: Change
    by: By


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What of a corpus was looked at, and what of it is touched.

    ``terms`` counts the uses that each change touches, ``matters`` holds what is above moved terms
    of the corpus now, or was, and is itself used in the corpus.
    """

    papers: int
    cases: int
    uses: Mapping[str, int]
    touched: Mapping[str, int]
    documents: int
    kinds: Mapping[Kind, int]
    terms: Mapping[tuple[Kind, EntityId], int]
    matters: tuple[Change, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(slots=True)
class _Counts:
    papers: int = 0
    cases: int = 0
    documents: int = 0
    uses: Counter[str] = field(default_factory=Counter)
    touched: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    terms: Counter[tuple[Kind, EntityId]] = field(default_factory=Counter)
    moved: dict[EntityId, Change] = field(default_factory=dict)
    used: set[EntityId] = field(default_factory=set)
    left_out: list[LeftOut] = field(default_factory=list)


class Toucher:
    """Goes through a corpus, one document after the other, and holds counts only.

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
        for source in inputs(reading.paths):
            found = records(source, wanted=reading.wanted, max_bytes=reading.max_bytes)
            while True:
                try:
                    record = next(found, None)
                    if record is None:
                        break
                    if isinstance(record, Finding):
                        yield record
                        continue
                    parsed = parse(record, reading.settings)
                except ExporterError as error:
                    yield self._left_out(error, Where(file=source.path), reading)
                else:
                    yield from self._document(parsed)

    def tally(self) -> Tally:
        """Return the counts of everything so far, the greatest first."""
        counts = self._counts
        return Tally(
            papers=counts.papers,
            cases=counts.cases,
            uses=dict(sorted(counts.uses.items())),
            touched=dict(sorted(counts.touched.items())),
            documents=counts.documents,
            kinds={kind: counts.kinds[kind] for kind in Kind if counts.kinds[kind]},
            terms=dict(sorted(counts.terms.items(), key=lambda pair: (-pair[1], pair[0]))),
            matters=tuple(_mattering(counts)),
            left_out=tuple(counts.left_out),
        )

    def _left_out(self, error: ExporterError, where: Where, reading: Reading) -> LeftOut:
        if not reading.keep_going or isinstance(error, UsageError | MissingPartError):
            raise error
        problems = error.problems if isinstance(error, ProblemsError) else (error,)
        reasons = tuple((str(each), each.hint) for each in problems or (error,))
        record = LeftOut(where=error.where or where, reasons=reasons)
        self._counts.left_out.append(record)
        return record

    def _document(self, parsed: Document | Case) -> Iterator[Touch]:
        if isinstance(parsed, Case):
            self._counts.cases += 1
            uses = self._of_case(parsed)
        else:
            self._counts.papers += 1
            uses = self._of_paper(parsed)
        is_touched = False
        for use in uses:
            found = tuple(self._touches(use))
            self._count(use, found)
            is_touched |= bool(found)
            yield from found
        self._counts.documents += is_touched

    def _count(self, use: Use, found: Sequence[Touch]) -> None:
        sort = "annotations" if use.is_annotation else "fields"
        self._counts.uses[sort] += 1
        self._counts.touched[sort] += bool(found)
        self._counts.used.update(entity for entity, by in use.ids if by is not By.MAPPED)
        for each in found:
            change = each.change
            self._counts.kinds[change.kind] += 1
            self._counts.terms[change.kind, change.id] += 1
            if change.lost_above or change.gained_above:
                self._counts.moved[change.id] = change

    # --- what a document uses ---

    def _of_paper(self, document: Document) -> Iterator[Use]:
        paper = ground_paper(document, self._knowledge, self._verdicts, self._memo)
        for text, groundings in paper.pairs():
            for annotation, grounding in zip(text.annotations, groundings, strict=True):
                yield self._of_annotation(document, text, annotation, grounding)
            for relation in text.relations:
                ids = tuple((entity, By.STATED) for _, entity in relation.arguments)
                where = replace(text.where, line=relation.line, document=document.id)
                yield Use(where=where, label="", ids=ids, kind=relation.kind)

    def _of_annotation(
        self, document: Document, text: Text, annotation: Annotation, grounding: Grounding
    ) -> Use:
        found: dict[EntityId, By] = {}
        for entity, by in (
            (annotation.stated, By.STATED),
            (grounding.concept, By.LEADS_TO),
            (grounding.proposed, By.PROPOSED),
        ):
            if entity:
                found.setdefault(entity, by)
        for entity in self._mapped(annotation.stated):
            found.setdefault(entity, By.MAPPED)
        return Use(
            where=replace(text.where, line=annotation.line, document=document.id),
            label=annotation.label,
            ids=tuple(found.items()),
            kind=annotation.kind,
            stated_as=annotation.stated_as,
            names=(annotation.label, *annotation.aliases),
        )

    def _of_case(self, case: Case) -> Iterator[Use]:
        for stated in stated_ids(case):
            entity = self._parsed(stated.text)
            if stated.text and entity is None:
                continue
            found = {entity: By.STATED} if entity else {}
            for each in self._mapped(entity):
                found.setdefault(each, By.MAPPED)
            where = replace(case.where, line=stated.line, field=stated.field, document=case.case_id)
            yield Use(
                where=where,
                label=stated.label,
                ids=tuple(found.items()),
                stated_as=stated.text,
                names=(stated.label,),
                is_annotation=False,
            )

    def _parsed(self, text: str) -> EntityId | None:
        try:
            return self._knowledge.namespaces.parse(text) if text else None
        except IdentifierError:
            return None

    def _mapped(self, entity: EntityId | None) -> Iterator[EntityId]:
        if entity:
            yield from (row.object for row in self._knowledge.ontologies.mappings_from(entity))

    # --- what touches a use ---

    def _touches(self, use: Use) -> Iterator[Touch]:
        keys = frozenset(map(name_key, use.names)) - {""}
        for entity, by in use.ids:
            for change in self._around(entity):
                if not change.names or keys & _keys(change):
                    yield Touch(use=use, change=change, by=by)
        own = {entity for entity, _ in use.ids}
        wanted = kind_of(use.kind).targets
        for change in sorted(self._named(keys), key=lambda change: change.id):
            fits = not wanted or change.id.prefix in wanted
            if change.id not in own and fits:
                yield Touch(use=use, change=change, by=By.NAMED)

    def _changes_around(self, entity: EntityId) -> tuple[Change, ...]:
        return tuple(change for each in self._comparisons for change in each.around(entity))

    def _named(self, keys: frozenset[str]) -> list[Change]:
        found = {change.id: change for key in keys for change in self._gained.get(key, ())}
        return list(found.values())


def _keys(change: Change) -> set[str]:
    return {name_key(name.text) for name in change.names}


def _by_gained_name(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """Return the terms in force that have a name as an exact one now, and had not before."""
    gained: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.new is None or change.new.obsolete:
            continue
        names: Iterable[str] = ()
        if change.kind is Kind.NEW:
            names = change.new.exact_names
        elif change.kind is Kind.RELABELLED:
            names = (change.new.label,)
        elif change.kind is Kind.NAMES_GAINED:
            names = [each.text for each in change.names if each.after is Scope.EXACT]
        for key in {name_key(name) for name in names}:
            gained[key].append(change)
    return dict(gained)


def _mattering(counts: _Counts) -> Iterator[Change]:
    """Yield the moves of terms of the corpus away from others of it, or below them."""
    for entity in sorted(counts.moved):
        change = counts.moved[entity]
        lost = tuple(each for each in change.lost_above if each in counts.used)
        gained = tuple(each for each in change.gained_above if each in counts.used)
        if lost or gained:
            yield replace(change, lost_above=lost, gained_above=gained)
