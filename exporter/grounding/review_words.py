"""What a curator wrote in a line of a review, read as a verdict; other words are refused."""

import re
from datetime import date

from exporter.errors import IdentifierError, InputError
from exporter.grounding.resolution import names_of
from exporter.grounding.review_lines import Line
from exporter.model.identifiers import EntityId
from exporter.model.review import Decision, Reviewed, Verdict, review_key
from exporter.ontologies.index import Ontologies

_DECISION = re.compile(r"([A-Za-z]+(?:[ _-](?:with|to))?)(?:[\s:]+(\S.*))?", re.DOTALL)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?")
_MANY = 3
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[T ].*)?")


def verdict_of(line: Line, ontologies: Ontologies) -> Verdict:
    """Return the verdict of a filled line.

    Refused are words that are no verdict, ids that are none, and in a line that no command has
    recorded yet a target that is obsolete or that no installed release holds.
    """
    decision, beside = _decision(line)
    target = _target(line, decision, beside, ontologies)
    bar = _bar(target, decision, ontologies) if target and not line.count else ""
    if target is not None and bar:
        raise _refused(line, bar, hint_for(target, line.label, ontologies))
    return Verdict(
        key=line.key,
        decision=decision,
        target=target,
        reason=line.reason.strip(),
        curator=line.curator.strip(),
        date=_date(line),
        where=line.where,
        about=_about(line, ontologies),
    )


def is_true_to_key(about: Reviewed, key: str) -> bool:
    """Tell whether the cells beside a key are those that it was made from.

    A spreadsheet may have changed one (``SEPT2`` into a date); then the key alone counts.
    """
    return review_key(about.document, about.kind, about.label, about.stated_as) == key


def _decision(line: Line) -> tuple[Decision, str]:
    found = _DECISION.fullmatch(line.verdict.strip())
    word = re.sub(r"[ _]", "-", found[1].lower()) if found else ""
    shortened = {"replace": Decision.REPLACE_WITH, "narrow": Decision.NARROW_TO}
    decision = shortened.get(word) or next((each for each in Decision if each == word), None)
    if found is None or decision is None:
        raise _refused(
            line,
            f"{line.verdict.strip()!r} is no verdict",
            "write accept, keep, reject, replace-with ID or narrow-to ID",
        )
    return decision, (found[2] or "").strip()


def _target(line: Line, decision: Decision, beside: str, ontologies: Ontologies) -> EntityId | None:
    named = [text for text in (beside, line.target.strip()) if text]
    if decision is Decision.ACCEPT:
        named.append(line.proposal.strip())
    ids = {_parsed(line, text, ontologies) for text in named if text}
    if len(ids) > 1:
        raise _refused(
            line,
            f"{decision} of {' and of '.join(sorted(map(str, ids)))}",
            "accept takes the proposal of the line; for another id write replace-with ID, once",
        )
    target = next(iter(ids), None)
    if decision.takes_target and target is None:
        raise _refused(
            line, f"{decision} names no id", f"write it behind, as in {decision} MONDO:0008054"
        )
    if target is not None and decision in {Decision.KEEP, Decision.REJECT}:
        raise _refused(
            line,
            f"{decision} takes no id, and {target} stands beside it",
            "write replace-with ID or narrow-to ID if the id is meant, else leave it out",
        )
    return target


def bar_to(target: EntityId, ontologies: Ontologies) -> str:
    """Return why a concept may not be shown as what an annotation means; nothing if it may.

    Of a vocabulary that is not installed at all nobody can tell.
    """
    held = ontologies.release(target.prefix)
    if held and not names_of(target, ontologies):
        return f"{target} is in none of the installed releases ({held})"
    return outdated(target, ontologies)


def outdated(concept: EntityId, ontologies: Ontologies) -> str:
    """Return that a concept is obsolete, if it is."""
    term = ontologies.get(concept)
    return f"{concept} ({term.label}) is obsolete" if term and term.obsolete else ""


def _bar(target: EntityId, decision: Decision, ontologies: Ontologies) -> str:
    """Return why a target is refused; what a rule proposed need not be installed as well."""
    accepted = decision is Decision.ACCEPT
    return outdated(target, ontologies) if accepted else bar_to(target, ontologies)


def hint_for(target: EntityId, label: str, ontologies: Ontologies) -> str:
    """Return what may stand in the place of a concept that may not be shown."""
    instead = ontologies.replacement(target)
    if instead is not None:
        return f"write what stands for it now: {_called(instead, ontologies)}"
    near = _named(label, ontologies)
    if near:
        return f"{label!r} is a name of {near}; or install more: exporter ontology list"
    return "check the id; exporter ontology list shows which releases are installed"


def _named(text: str, ontologies: Ontologies) -> str:
    live = [each.term.id for each in ontologies.namings(text) if not each.term.obsolete]
    near = tuple(dict.fromkeys(live))[:_MANY]
    return " or ".join(_called(each, ontologies) for each in near)


def _called(entity: EntityId, ontologies: Ontologies) -> str:
    term = ontologies.get(entity)
    return f"{entity} ({term.label})" if term else str(entity)


def _parsed(line: Line, text: str, ontologies: Ontologies) -> EntityId:
    try:
        return ontologies.namespaces.parse(text)
    except IdentifierError as problem:
        near = _named(text, ontologies)
        hint = f"write its id: {near}" if near else problem.hint
        raise _refused(line, problem.problem, hint) from None


def _about(line: Line, ontologies: Ontologies) -> Reviewed:
    return Reviewed(
        document=line.document,
        format=line.format,
        kind=line.kind,
        label=line.label,
        stated_as=line.stated,
        stated=_seen(line.stated_id, ontologies),
        concept=_seen(line.concept, ontologies),
        rule=line.rule.strip(),
        doubted=bool(line.level.strip()),
        proposal=_seen(line.proposal, ontologies),
    )


def _seen(cell: str, ontologies: Ontologies) -> EntityId | None:
    """Return the id that a line was written with; what was changed since tells nothing."""
    try:
        return ontologies.namespaces.parse(cell)
    except IdentifierError:
        return None


def _date(line: Line) -> str:
    """Return the date as ISO writes it; spreadsheets like to write it in the form of a country."""
    written = line.date.strip()
    if not written:
        return ""
    year, month, day = _parts(line, written)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise _no_date(line, written) from None


def _parts(line: Line, written: str) -> tuple[int, int, int]:
    if found := _ISO.fullmatch(written):
        return int(found[1]), int(found[2]), int(found[3])
    found = _DAY_FIRST.fullmatch(written)
    if found is None:
        raise _no_date(line, written)
    first, second, year = map(int, found.groups())
    if "/" in written and first <= 12 and second <= 12 and first != second:
        raise _no_date(line, written)  # 3/4/2026 is a day in April or in March
    return (year, second, first) if second <= 12 else (year, first, second)


def _no_date(line: Line, written: str) -> InputError:
    return _refused(
        line, f"{written!r} is not a date that can be read one way only", "write it as 2026-01-15"
    )


def _refused(line: Line, problem: str, hint: str) -> InputError:
    return InputError(problem, code="E190", where=line.where, hint=hint)
