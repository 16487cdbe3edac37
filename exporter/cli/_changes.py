"""Changes of an ontology, and what they touch, in words for a curator."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from exporter.model.identifiers import EntityId
from exporter.ontologies.comparing import Change, Kind, NameChange, Release
from exporter.ontologies.terms import Scope, Term
from exporter.pipeline.touched import Touch
from exporter.pipeline.uses import By, Sort

_SHOWN = 8
_NOTHING = "nothing"


class Words:
    """Says what changed, with the labels that the two releases give."""

    def __init__(self, old: Release, new: Release) -> None:
        self._old, self._new = old, new

    def before(self, change: Change) -> str:
        """Return what the old release says, as far as it is another thing now."""
        if told := self._both(change):
            return told[0]
        return _state(change.old, self._old) if change.old else "not held"

    def after(self, change: Change) -> str:
        """Return what the new release says instead."""
        if told := self._both(change):
            return told[1]
        if change.new is None:
            return "not held any more"
        if change.kind is Kind.MERGED and change.replacement:
            return f"merged into {called(change.replacement)}"
        return _state(change.new, self._new, change.replacement)

    def _both(self, change: Change) -> tuple[str, str] | None:
        """Return both states of a term that is in force all the time."""
        match change.kind:
            case Kind.MOVED:
                return self._parents(change)
            case Kind.MOVED_ABOVE:
                return self._above(change)
            case Kind.RELABELLED:
                return self._label(change)
            case Kind.NAMES_LOST | Kind.NAMES_GAINED:
                return self._names(change)
        return None

    def _parents(self, change: Change) -> tuple[str, str]:
        before = change.old.parents if change.old else ()
        after = change.new.parents if change.new else ()
        return f"below {self._each(before, self._old)}", f"below {self._each(after, self._new)}"

    def _above(self, change: Change) -> tuple[str, str]:
        lost = self._each(change.lost_above, self._old)
        gained = self._each(change.gained_above, self._new)
        before = f"below {lost}" if change.lost_above else f"not below {gained}"
        after = f"below {gained}" if change.gained_above else f"not below {lost}"
        return before, after

    def _label(self, change: Change) -> tuple[str, str]:
        before = change.old.label if change.old else ""
        after = change.new.label if change.new else ""
        kept = change.new and any(name.text == before for name in change.new.synonyms)
        return f'called "{before}"', f'called "{after}"{", the old name is kept" if kept else ""}'

    def _names(self, change: Change) -> tuple[str, str]:
        before = _names(change.names, lambda name: name.before)
        after = _names(change.names, lambda name: name.after)
        return before, after

    def _each(self, entities: Iterable[EntityId], release: Release) -> str:
        every = list(entities)
        some = ", ".join(named(entity, release) for entity in every[:_SHOWN])
        rest = len(every) - _SHOWN
        return f"{some} and {rest} more" if rest > 0 else some or _NOTHING

    # --- what to do ---

    def remedy(self, touch: Touch) -> str:
        """Return what a curator has to do about a use that is touched; often that is nothing."""
        change, use = touch.change, touch.use
        label = f'"{use.label}"' if use.label else "it"
        if not touch.asks:
            return ""
        if touch.by is By.NAMED:
            return f"{label} is now a name of {self.term(change)}: see whether that is meant"
        if change.new is None or change.new.obsolete:
            return self._replacement(touch)
        relabelled = use.sort is Sort.FIELD and change.kind is Kind.RELABELLED
        if relabelled and change.old and use.label == change.old.label:
            return f'write "{change.new.label}" as its label'
        return f"see that {label} still means {self.term(change)}"

    def _replacement(self, touch: Touch) -> str:
        change = touch.change
        instead = called(change.replacement) if change.replacement else ""
        if not instead:
            considered = change.new.consider if change.new else ()
            some = " or ".join(named(entity, self._new) for entity in considered)
            instead = f"one of {some}, if it fits" if some else "another id: none stands for it"
        if touch.by is By.STATED:
            written = touch.use.stated_as or change.id.curie
            return f"write {instead} in place of {written}"
        if touch.by is By.MAPPED:
            return f"renew the mapping to {change.id}: take {instead}"
        if touch.by is By.PROPOSED:
            return f"propose {instead}"
        return f"it leads to {change.id}: take {instead}"

    def term(self, change: Change) -> str:
        """Return the term of a change with the label that it has now, or had last."""
        return called(change.new or change.old or Term(id=change.id, label=""))

    # --- for a program ---

    def change_values(self, change: Change) -> dict[str, Any]:
        """Return a change as values."""
        consider = change.new.consider if change.new and change.new.obsolete else ()
        values: dict[str, Any] = {
            "id": change.id.curie,
            "label": (change.new or change.old or Term(id=change.id, label="")).label,
            "change": change.kind.value,
            "old": self.before(change),
            "new": self.after(change),
            "replacement": _value(change.replacement),
            "consider": [each.curie for each in consider],
        }
        for key in ("lost", "gained", "lost_above", "gained_above"):
            if entities := getattr(change, key):
                values[key] = [each.curie for each in entities]
        if change.names:
            values["names"] = [each.text for each in change.names]
        return values

    def touch_values(self, touch: Touch) -> dict[str, Any]:
        """Return a touched use as values, with its change."""
        where = touch.use.where
        return {
            "document": where.document,
            "file": where.file,
            "line": where.line,
            "field": where.field,
            "sort": touch.use.sort.value,
            "kind": touch.use.kind,
            "label_in_corpus": touch.use.label,
            "stated_as": touch.use.stated_as,
            "by": touch.by.value,
            **self.change_values(touch.change),
            "do": self.remedy(touch),
        }

    # --- for a reader ---

    def change_line(self, change: Change) -> str:
        """Return a change in one line."""
        if change.kind in _ONE_SIDED or change.old is None:
            return f"{change.kind:<12} {self.term(change)}: {self.after(change)}"
        held = called(change.old)
        if told := self._both(change):
            return f"{change.kind:<12} {held}: {told[0]}; now {told[1]}"
        return f"{change.kind:<12} {held}: {self.after(change)}"

    def touch_lines(self, touch: Touch) -> Iterator[str]:
        """Yield where a use is, what it is about, what that was and is, and what to do."""
        use, change = touch.use, touch.change
        place = ":".join([use.where.file or "", *([str(use.where.line)] if use.where.line else [])])
        what = use.where.field or f"{use.kind} {use.sort}".strip()
        label = f' "{use.label}"' if use.label else ""
        stated = f" ({use.stated_as})" if use.stated_as else ""
        yield f"  {place}: {change.kind}: {what}{label}{stated}"
        if touch.by is not By.STATED:
            yield f"    {_BY[touch.by]:<8}  {self.term(change)}"
        yield f"    was       {self.before(change)}"
        yield f"    is now    {self.after(change)}"
        yield f"    do        {self.remedy(touch) or 'nothing: it is as it should be'}"


_ONE_SIDED = {Kind.NEW, Kind.RESTORED}
_BY = {
    By.LEADS_TO: "leads to",
    By.PROPOSED: "proposed",
    By.MAPPED: "mapped to",
    By.NAMED: "names",
    By.STATED: "is",
}


def called(term: Term) -> str:
    """Return the id of a term with its label."""
    return f"{term.id} ({term.label})" if term.label else str(term.id)


def named(entity: EntityId, release: Release) -> str:
    """Return an id with the label that a release gives it."""
    return called(release.term(entity) or Term(id=entity, label=""))


def _state(term: Term, release: Release, instead: Term | None = None) -> str:
    if not term.obsolete:
        return f'in force: "{term.label}"'
    if instead or term.replaced_by:
        known = instead or release.term(term.replaced_by) if term.replaced_by else instead
        return f"obsolete, replaced by {called(known) if known else term.replaced_by}"
    if term.consider:
        return f"obsolete, consider {', '.join(named(each, release) for each in term.consider)}"
    return "obsolete, and nothing stands for it"


def _names(names: Iterable[NameChange], scope: Callable[[NameChange], Scope | None]) -> str:
    some = list(names)
    told = [f'"{each.text}" {_scoped(scope(each))}' for each in some[:_SHOWN]]
    rest = len(some) - _SHOWN
    return ", ".join([*told, f"and {rest} more"] if rest > 0 else told)


def _scoped(scope: Scope | None) -> str:
    return f"is a name ({scope})" if scope else "is no name"


def _value(term: Term | None) -> dict[str, str] | None:
    return {"id": term.id.curie, "label": term.label} if term else None
