"""Record decisions in the lines of a review, and take them back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from exporter.cli._verbosity import note
from exporter.errors import NOWHERE, InputError, UsageError
from exporter.grounding.review import not_below
from exporter.grounding.review_lines import Decided, Line, cleared, decide, last_decided, undo
from exporter.grounding.review_words import verdict_of
from exporter.model.identifiers import EntityId
from exporter.model.review import Decision
from exporter.ontologies.index import Ontologies
from exporter.ontologies.lookup import looked_up

Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A decision that is asked for: on which line, and what concept (id or name) it takes."""

    key: str
    decision: Decision
    concept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who decides, on which day, and why."""

    curator: str
    today: str
    reason: str = ""


def signature(curator: str, today: str, reason: str = "") -> Signature:
    """Return who decides; nobody is refused."""
    if not curator.strip():
        raise UsageError(
            "a decision needs somebody who makes it",
            code="E254",
            hint="add --curator NAME, or set LINKED_CASE_CURATOR to your name or ORCID id",
        )
    return Signature(curator=curator.strip(), today=today, reason=reason)


def lines_to_decide(wanted: Wanted, found: Sequence[Line], lines: Iterable[Line]) -> Lines:
    """Return the lines of a key, one for each rule: as found now, else as the file has them.

    What is open or doubtful goes before what is decided or right.
    """
    of_file = [line for line in lines if line.key == wanted.key and not line.is_past]
    now = [line for line in found if line.key == wanted.key]
    choices = (
        [line for line in now if line.level],
        now,
        [line for line in of_file if not line.is_filled],
        of_file,
    )
    candidates = next((choice for choice in choices if choice), [])
    if not candidates:
        raise UsageError(
            f"no line has the key {wanted.key!r}",
            code="E255",
            hint="name the papers as well, as in exporter review FILE --accept KEY; "
            "exporter review FILE lists the keys",
        )
    first = {line.subject: line for line in reversed(candidates)}
    if wanted.decision is Decision.ACCEPT:
        _refuse_choice(wanted, candidates)
    return tuple(cleared(line) for line in reversed(first.values()))


def _refuse_choice(wanted: Wanted, candidates: Sequence[Line]) -> None:
    """Refuse to accept one of several proposals of a rule."""
    for subject in {line.subject for line in candidates}:
        proposals = sorted({line.proposal for line in candidates if line.subject == subject})
        if len(proposals) > 1:
            raise UsageError(
                f"{wanted.key} has several proposals: {', '.join(proposals)}",
                code="E256",
                hint="choose one with --replace KEY ID",
            )


def decided(
    lines: Iterable[Line], line: Line, wanted: Wanted, by: Signature, ontologies: Ontologies
) -> Lines:
    """Return the lines with a decision on one of them; a target that cannot be meant is refused."""
    target = _target(line, wanted, ontologies)
    made = Decided(
        decision=wanted.decision,
        target=target,
        reason=by.reason,
        curator=by.curator,
        date=by.today,
    )
    return decide(lines, line, made)


def _target(line: Line, wanted: Wanted, ontologies: Ontologies) -> EntityId | None:
    target = looked_up(wanted.concept, ontologies) if wanted.concept else None
    as_written = replace(
        line,
        verdict=wanted.decision.value,
        target=str(target or ""),
        number="",
        where=NOWHERE,
    )
    verdict = verdict_of(as_written, ontologies)
    concept = verdict.about.concept
    if wanted.decision is Decision.NARROW_TO and verdict.target is not None:
        why = not_below(verdict.target, concept, ontologies)
        if why:
            raise InputError(
                f"{why}, so it is no narrower concept",
                code="E194",
                hint="say with --replace that it means something else, or name a narrower concept",
            )
    return verdict.target


def tell_decided(line: Line, file: str) -> None:
    """Say what was recorded."""
    note(f"decided     {_said(line)}: recorded in {file}")


def taken_back(lines: Lines, file: str) -> tuple[Lines, Line]:
    """Return the lines without the last decision, and its line; refuse if there is none."""
    last = last_decided(lines)
    if last is None:
        raise UsageError(
            f"{file} holds no decision to take back",
            code="E253",
            hint="name the file with --review FILE",
        )
    return undo(lines), last


def tell_taken_back(line: Line, file: str) -> None:
    """Say which decision counts no longer."""
    note(f"taken back  {_said(line)}: it stays in {file} as undone")


def _said(line: Line) -> str:
    target = f" {line.target}" if line.target else ""
    return f"{line.verdict}{target} for {line.label!r} in {line.document}"
