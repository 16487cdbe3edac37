"""Lines of a review: what was found about an annotation, and what a curator decided.

A decision gets a number, one more than the highest before it. The line of a later decision on the
same annotation takes the place of an earlier one, which stays below as superseded; taking a
decision back brings the earlier one up again. No decision is ever deleted.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from exporter.errors import NOWHERE, Where
from exporter.model.identifiers import EntityId
from exporter.model.review import Decision

_NUMBER = re.compile(r"[0-9]{1,18}")
_COUNT = re.compile(r"[1-9][0-9]{0,8}")


class State(StrEnum):
    """The standing of a line; decided ones hold a verdict, even where it did not apply lately."""

    OPEN = "open"
    DECIDED = "decided"
    STALE = "no longer applies"
    SUPERSEDED = "superseded"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a review file, every cell as text; the fields are the columns, in their order.

    The curator fills ``verdict``, ``target``, ``reason``, ``curator`` and ``date``. ``stated`` is
    the id as the source writes it, ``stated_id`` its canonical form, ``concept`` what it leads to.
    ``state`` begins with one of ``State``, and a reason may follow. ``number`` counts decisions
    that a command has recorded.
    """

    key: str
    document: str = ""
    format: str = ""
    place: str = ""
    kind: str = ""
    label: str = ""
    stated: str = ""
    stated_id: str = ""
    concept: str = ""
    concept_label: str = ""
    rule: str = ""
    level: str = ""
    says: str = ""
    proposal: str = ""
    proposal_label: str = ""
    verdict: str = ""
    target: str = ""
    reason: str = ""
    curator: str = ""
    date: str = ""
    state: str = ""
    number: str = ""
    where: Where = NOWHERE

    @property
    def subject(self) -> tuple[str, str]:
        """Return what a decision is about: an annotation, and the rule that judged it."""
        return self.key, self.rule

    @property
    def is_filled(self) -> bool:
        """Tell whether a curator has written a verdict."""
        return bool(self.verdict.strip())

    @property
    def is_past(self) -> bool:
        """Tell whether the decision was taken back or another one took its place."""
        return self.state.startswith((State.SUPERSEDED, State.UNDONE))

    @property
    def is_decided(self) -> bool:
        """Tell whether the verdict counts."""
        return self.is_filled and not self.is_past

    @property
    def is_stale(self) -> bool:
        """Tell whether the verdict did not apply any more when the file was last written."""
        return self.is_filled and self.state.startswith(State.STALE)

    @property
    def count(self) -> int:
        """Return the number of a recorded decision; 0 for one written by hand since."""
        return int(self.number) if _COUNT.fullmatch(self.number) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision as a command records it: what, by whom, when and why."""

    decision: Decision
    target: EntityId | None = None
    reason: str = ""
    curator: str
    date: str


def decide(lines: Iterable[Line], line: Line, made: Decided) -> tuple[Line, ...]:
    """Return the lines with a decision on one of them, or on a new one; earlier ones stay."""
    known = numbered(lines)
    kept = [
        replace(each, state=State.SUPERSEDED)
        if each.subject == line.subject and each.is_decided
        else each
        for each in known
        if each.subject != line.subject or each.is_filled
    ]
    decided = replace(
        line,
        verdict=made.decision.value,
        target=str(made.target or ""),
        reason=made.reason,
        curator=made.curator,
        date=made.date,
        state=State.DECIDED,
        number=str(_highest(known) + 1),
    )
    return in_order([*kept, decided])


def last_decided(lines: Iterable[Line]) -> Line | None:
    """Return the line of the last decision that counts."""
    decided = [line for line in numbered(lines) if line.is_decided]
    return max(decided, key=lambda line: line.count, default=None)


def undo(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines with the last decision taken back; the one that it replaced counts again.

    Without any decision they stay as they are.
    """
    known = numbered(lines)
    last = last_decided(known)
    if last is None:
        return in_order(known)
    same = [each for each in known if each.subject == last.subject and each is not last]
    earlier = [each for each in same if each.state.startswith(State.SUPERSEDED)]
    again = max(earlier, key=lambda each: each.count, default=None)
    changed = [replace(last, state=State.UNDONE)]
    changed += [replace(again, state=State.DECIDED)] if again else [cleared(last)]
    rest = [each for each in known if each is not last and each is not again]
    return in_order([*rest, *changed])


def cleared(line: Line) -> Line:
    """Return a line on which nothing is decided."""
    return replace(
        line,
        verdict="",
        target="",
        reason="",
        curator="",
        date="",
        state=State.OPEN,
        number="",
    )


def numbered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines with a number for every decision; those that have none are the newest."""
    every = tuple(lines)
    number = _highest(every)
    found: list[Line] = []
    for line in every:
        if line.is_filled and not line.count:
            number += 1
            state = line.state if line.is_past else State.DECIDED.value
            found.append(replace(line, number=str(number), state=state))
        else:
            found.append(line)
    return tuple(found)


def without_outdated(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines; what no longer applied is superseded by what was written by hand since."""
    every = tuple(lines)
    fresh = {line.key for line in every if line.is_decided and not line.count}
    return tuple(
        replace(line, state=State.SUPERSEDED)
        if line.is_stale and line.count and line.key in fresh
        else line
        for line in every
    )


def _highest(lines: Iterable[Line]) -> int:
    return max((line.count for line in lines), default=0)


def in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines by paper and place; what no longer counts stands at the end."""
    return tuple(sorted(lines, key=_order))


def _order(line: Line) -> tuple[object, ...]:
    place = tuple(int(number) for number in _NUMBER.findall(line.place))
    said = (line.kind, line.label, line.stated, line.key, line.rule, line.proposal)
    return (line.is_past, line.document, line.format, place, *said, line.count)
