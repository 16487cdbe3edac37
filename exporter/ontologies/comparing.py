"""What changed between two releases of an ontology, term by term."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from exporter.model.identifiers import EntityId
from exporter.ontologies.names import name_key
from exporter.ontologies.terms import Scope, Synonym, Term


class Kind(StrEnum):
    """What became of a term, the gravest first.

    A merged one is known by its id no more, but another term has its id or its name now; one that
    is redirected was out of force before, and something else stands for it now. What is above a
    term may change though its own parents do not.
    """

    GONE = "gone"
    OBSOLETED = "obsoleted"
    MERGED = "merged"
    REDIRECTED = "redirected"
    RESTORED = "restored"
    MOVED = "moved"
    MOVED_ABOVE = "moved-above"
    RELABELLED = "relabelled"
    NAMES_LOST = "names-lost"
    NAMES_GAINED = "names-gained"
    NEW = "new"


class Release(Protocol):
    """One release of one ontology, and what it tells of its terms."""

    @property
    def lists_all(self) -> bool:
        """Tell whether an id that it does not hold does not exist in it."""

    @property
    def tells_names(self) -> bool:
        """Tell whether a name that it does not state is none."""

    @property
    def tells_parents(self) -> bool:
        """Tell whether a parent that it does not state is none."""

    def ids(self) -> Iterator[EntityId]:
        """Yield the ids that it holds, obsolete ones too."""

    def term(self, entity: EntityId) -> Term | None:
        """Return the term of an id; None where it does not hold it."""

    def ancestors(self, entity: EntityId) -> frozenset[EntityId]:
        """Return all that it says is above a term."""


_Apart = tuple[tuple[EntityId, ...], tuple[EntityId, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameChange:
    """A name that a term lost or gained; None is a side without it.

    A name that was exact and is now of another scope is lost as an exact one.
    """

    text: str
    before: Scope | None
    after: Scope | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changed about a term; ``old`` or ``new`` is None where a release lacks it.

    ``replacement`` is the term in force that stands for it now. ``lost`` and ``gained`` are direct
    parents of a moved term, ``lost_above`` and ``gained_above`` all that it was or is below of.
    """

    kind: Kind
    id: EntityId
    old: Term | None = None
    new: Term | None = None
    replacement: Term | None = None
    lost: tuple[EntityId, ...] = ()
    gained: tuple[EntityId, ...] = ()
    lost_above: tuple[EntityId, ...] = ()
    gained_above: tuple[EntityId, ...] = ()
    names: tuple[NameChange, ...] = ()


def changes(old: Release, new: Release) -> Iterator[Change]:
    """Yield what changed, by id; of one term the gravest change first.

    What a release does not tell is no change: no term is gone from a list that is a part of an
    ontology, and none has moved in a table of labels.
    """
    comparison = Comparison(old, new)
    for entity in sorted({*old.ids(), *new.ids()}):
        yield from comparison.of(entity)


class Comparison:
    """Two releases of one ontology, compared where they are asked for."""

    def __init__(self, old: Release, new: Release) -> None:
        self.old, self.new = old, new
        self._names_are_told = old.tells_names and new.tells_names
        self._parents_are_told = old.tells_parents and new.tells_parents

    def of(self, entity: EntityId) -> Iterator[Change]:
        """Yield what changed about a term itself, the gravest first."""
        old, new = self.old.term(entity), self.new.term(entity)
        if old and new:
            yield from self._both(old, new)
        elif old and self._is_gone(old):
            yield Change(kind=Kind.GONE, id=entity, old=old)
        elif new and self.old.lists_all:
            kind = self._out_of_force_as(None, new) if new.obsolete else Kind.NEW
            yield Change(kind=kind, id=entity, new=new, replacement=_instead(new, self.new))

    def around(self, entity: EntityId) -> Iterator[Change]:
        """Yield what changed about a term, and what is above it now though it did not move."""
        moved = False
        for change in self.of(entity):
            moved |= change.kind is Kind.MOVED
            yield change
        old, new = self.old.term(entity), self.new.term(entity)
        if old and new and not (moved or old.obsolete or new.obsolete):
            lost, gained = self._above(entity)
            if lost or gained:
                kind = Kind.MOVED_ABOVE
                yield Change(
                    kind=kind, id=entity, old=old, new=new, lost_above=lost, gained_above=gained
                )

    def _is_gone(self, old: Term) -> bool:
        """Tell whether the new release would hold a term; lists of labels hold those in force."""
        return self.new.lists_all and (not old.obsolete or self.new.tells_parents)

    def _both(self, old: Term, new: Term) -> Iterator[Change]:
        if new.obsolete:
            yield from self._out_of_force(old, new)
        elif old.obsolete:
            yield Change(kind=Kind.RESTORED, id=old.id, old=old, new=new)
        else:
            yield from self._in_force(old, new)

    def _out_of_force(self, old: Term, new: Term) -> Iterator[Change]:
        instead = _instead(new, self.new)
        if not old.obsolete:
            kind = self._out_of_force_as(old, new)
            yield Change(kind=kind, id=old.id, old=old, new=new, replacement=instead)
        elif self._stands_for(old) != (told := _stands(new, instead)) and any(told):
            yield Change(kind=Kind.REDIRECTED, id=old.id, old=old, new=new, replacement=instead)

    def _out_of_force_as(self, old: Term | None, new: Term) -> Kind:
        instead = _instead(new, self.new)
        return Kind.MERGED if instead and _is_taken_up(old, new, instead) else Kind.OBSOLETED

    def _stands_for(self, old: Term) -> tuple[EntityId | None, frozenset[EntityId]]:
        return _stands(old, _instead(old, self.old))

    def _in_force(self, old: Term, new: Term) -> Iterator[Change]:
        lost, gained = self._moves(old, new)
        if lost or gained:
            above = self._above(old.id)
            yield Change(
                kind=Kind.MOVED,
                id=old.id,
                old=old,
                new=new,
                lost=lost,
                gained=gained,
                lost_above=above[0],
                gained_above=above[1],
            )
        if old.label and new.label and _plain(old.label) != _plain(new.label):
            yield Change(kind=Kind.RELABELLED, id=old.id, old=old, new=new)
        if self._names_are_told:
            yield from _names(old, new)

    def _moves(self, old: Term, new: Term) -> _Apart:
        if not self._parents_are_told:
            return (), ()
        before = {self._now(parent) for parent in old.parents}
        return self._apart(before, set(new.parents))

    def _above(self, entity: EntityId) -> _Apart:
        """Return all that a term was below of and is no more, and the other way round."""
        if not self._parents_are_told:
            return (), ()
        before = {self._now(each) for each in self.old.ancestors(entity)} - {entity}
        return self._apart(before, set(self.new.ancestors(entity)))

    def _apart(self, before: set[EntityId], after: set[EntityId]) -> _Apart:
        """Return what is lost and gained; what the other release does not tell of is neither."""
        lost = (each for each in before - after if _knows(self.new, each))
        gained = (each for each in after - before if _knows(self.old, each))
        return tuple(sorted(lost)), tuple(sorted(gained))

    def _now(self, entity: EntityId) -> EntityId:
        """Return what stands for a term now: to be below a merged parent is no move."""
        term = self.new.term(entity)
        instead = _instead(term, self.new) if term else None
        return instead.id if instead else entity


def _knows(release: Release, entity: EntityId) -> bool:
    return release.lists_all or release.term(entity) is not None


def _instead(term: Term, release: Release) -> Term | None:
    """Return the term in force that stands for an obsolete one; without label if it is not held."""
    seen = {term.id}
    while term.obsolete and term.replaced_by and term.replaced_by not in seen:
        seen.add(term.replaced_by)
        following = release.term(term.replaced_by)
        if following is None:
            return Term(id=term.replaced_by, label="")
        term = following
    return None if term.obsolete or len(seen) == 1 else term


def _stands(term: Term, instead: Term | None) -> tuple[EntityId | None, frozenset[EntityId]]:
    """Return what stands for an obsolete term, or else what may."""
    return (instead.id, frozenset()) if instead else (None, frozenset(term.consider))


def _is_taken_up(old: Term | None, new: Term, instead: Term) -> bool:
    """Tell whether another term has the id or the name of one that is out of force now.

    Where it has but the id, nothing is left of the term beside that.
    """
    only_an_id = _plain(new.label) == f"obsolete {_plain(instead.label)}"
    bare = not new.synonyms and not new.parents
    if only_an_id and bare:
        return True
    return old is not None and name_key(old.label) in set(map(name_key, instead.exact_names))


def _names(old: Term, new: Term) -> Iterator[Change]:
    """Yield the names that are lost and gained; labels are told apart from these."""
    before, after = _keyed(old), _keyed(new)
    lost = _changed(before, after, name_key(old.label))
    if lost:
        names = tuple(NameChange(text=name.text, before=name.scope, after=s) for name, s in lost)
        yield Change(kind=Kind.NAMES_LOST, id=old.id, old=old, new=new, names=names)
    gained = _changed(after, before, name_key(new.label))
    if gained:
        names = tuple(NameChange(text=name.text, before=s, after=name.scope) for name, s in gained)
        yield Change(kind=Kind.NAMES_GAINED, id=old.id, old=old, new=new, names=names)


def _changed(
    names: dict[str, Synonym], others: dict[str, Synonym], label: str
) -> list[tuple[Synonym, Scope | None]]:
    """Return the names that the other side lacks, or has but not as exact ones."""
    found = []
    for key, name in names.items():
        other = others.get(key)
        less = other is None or (name.scope is Scope.EXACT and other.scope is not Scope.EXACT)
        if less and key != label:
            found.append((name, other.scope if other else None))
    return sorted(found, key=lambda pair: pair[0])


def _keyed(term: Term) -> dict[str, Synonym]:
    """Return the names of a term by their keys, each in its nearest scope."""
    keys: dict[str, Synonym] = {}
    for name in nearest_first((Synonym(term.label, Scope.EXACT), *term.synonyms)):
        keys.setdefault(name_key(name.text), name)
    keys.pop("", None)
    return keys


def nearest_first(names: Iterable[Synonym]) -> list[Synonym]:
    """Return names in the order of their scopes."""
    scopes = list(Scope)
    return sorted(names, key=lambda name: scopes.index(name.scope))


def _plain(text: str) -> str:
    return " ".join(text.split())
