"""Whether a verdict still fits an annotation, and what the annotation means by it."""

from dataclasses import dataclass, replace

from exporter.grounding.resolution import EXACT
from exporter.grounding.review_words import bar_to, hint_for, outdated
from exporter.model.document import Annotation
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import EntityId
from exporter.model.review import Decision, Verdict
from exporter.ontologies.index import Ontologies

MAPPING_IN_DOUBT = frozenset({"unsafe-mapping", "ambiguous-mapping"})
"""Rules against a mapping: what is kept then is the stated id, not what it maps to."""

_SETTLED = frozenset({Status.CLEAN, Status.ACCEPTED})
_NO_DOUBT = "no rule has anything against the annotation any more"
_DECIDE_AGAIN = "decide again with exporter review; the old decision stays in the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A grounding after a verdict, and what to say of the verdict if anything."""

    grounding: Grounding
    applied: bool
    code: str = "stale-verdict"
    level: Level = Level.WARNING
    remark: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A verdict and the annotation that it is about, as the rules judge it."""

    verdict: Verdict
    annotation: Annotation
    grounding: Grounding
    ontologies: Ontologies

    @property
    def stated(self) -> EntityId | None:
        """Return the concept of the annotation as its source has it."""
        return concept_as_stated(self.annotation, self.grounding)

    @property
    def is_settled(self) -> bool:
        """Tell whether the rules have nothing against the annotation."""
        return self.grounding.status in _SETTLED

    def called(self, entity: EntityId | None) -> str:
        """Return an id with its label."""
        term = self.ontologies.get(entity) if entity else None
        return f"{entity} ({term.label})" if term else str(entity or "no concept")


def concept_as_stated(annotation: Annotation, grounding: Grounding) -> EntityId | None:
    """Return what the stated id leads to by an undoubted mapping, else that id itself.

    Without an id it is the one concept that the label names, if there is one.
    """
    stated = annotation.stated
    if stated is None:
        return grounding.concept
    exact = {
        step.object
        for step in grounding.mappings
        if step.subject == stated and step.predicate == EXACT
    }
    if len(exact) != 1 or grounding.rule in MAPPING_IN_DOUBT:
        return stated
    return exact.pop()


def outcome_of(asked: Asked) -> Outcome:
    """Return the grounding that a verdict makes of an annotation."""
    match asked.verdict.decision:
        case Decision.REJECT:
            return _applied(asked, Status.REJECTED, None)
        case Decision.REPLACE_WITH | Decision.NARROW_TO:
            return _replaced(asked)
        case Decision.ACCEPT if asked.verdict.target is not None:
            return _accepted(asked, asked.verdict.target)
        case _:
            return _kept(asked)


def _replaced(asked: Asked) -> Outcome:
    target, decision = asked.verdict.target, asked.verdict.decision
    if target is None:
        raise ValueError(f"a verdict without target: {asked.verdict}")
    if bar := bar_to(target, asked.ontologies):
        return _stale(asked, bar, hint_for(target, asked.annotation.label, asked.ontologies))
    if asked.is_settled and asked.verdict.about.doubted:
        if asked.grounding.body == target:
            return _needless(asked)
        return _stale(asked, f"{decision} {target} was decided, and {_NO_DOUBT}")
    if target == asked.stated:
        return _applied(asked, Status.ACCEPTED, None)
    narrows = decision is Decision.NARROW_TO
    return _narrowed(asked, target) if narrows else _applied(asked, Status.REPLACED, target)


def _narrowed(asked: Asked, target: EntityId) -> Outcome:
    why = not_below(target, asked.stated, asked.ontologies)
    if not why:
        return _applied(asked, Status.NARROWED, target)
    return replace(
        _applied(asked, Status.REPLACED, target),
        code="not-narrower",
        level=Level.WARNING,
        remark=f"{why}; it is taken to replace it",
        hint="write replace-with if that is meant, else the id of a narrower concept",
    )


def _accepted(asked: Asked, target: EntityId) -> Outcome:
    if bar := outdated(target, asked.ontologies):
        return _stale(asked, bar, hint_for(target, asked.annotation.label, asked.ontologies))
    if asked.is_settled:
        if asked.grounding.body == target:
            return _needless(asked)
        return _stale(asked, f"{target} was accepted, and {_NO_DOUBT}")
    proposed = asked.grounding.proposed
    if proposed != target:
        now = f"{asked.called(proposed)} is proposed now" if proposed else "nothing is proposed now"
        return _stale(asked, f"{asked.called(target)} was accepted, and {now}")
    if target == asked.stated:
        return _applied(asked, Status.ACCEPTED, None)
    narrower = asked.grounding.status is Status.NARROWED or _is_below(asked, target)
    return _applied(asked, Status.NARROWED if narrower else Status.REPLACED, target)


def _kept(asked: Asked) -> Outcome:
    grounding, kept, before = asked.grounding, asked.stated, asked.verdict.about.concept
    if kept is not None and before is not None and kept != before:
        led = (
            f"it led to {asked.called(before)} when it was decided, and to {asked.called(kept)} now"
        )
        return _stale(asked, led)
    if asked.is_settled:
        return _needless(asked)
    if asked.verdict.decision is Decision.ACCEPT and grounding.proposed is not None:
        proposed = asked.called(grounding.proposed)
        return _stale(asked, f"it was accepted without a proposal, and {proposed} is proposed now")
    if kept is not None and (bar := outdated(kept, asked.ontologies)):
        return _stale(asked, bar, hint_for(kept, asked.annotation.label, asked.ontologies))
    return _applied(asked, Status.ACCEPTED if kept else grounding.status, None)


def _is_below(asked: Asked, target: EntityId) -> bool:
    stated = asked.stated
    return stated is not None and stated in asked.ontologies.ancestors(target)


def not_below(target: EntityId, concept: EntityId | None, ontologies: Ontologies) -> str:
    """Return why a target is no narrower concept; nothing where it is or where nobody can tell."""
    known = concept is not None and concept in ontologies and target in ontologies
    if concept is None or not known or concept.prefix != target.prefix:
        return ""
    if concept in ontologies.ancestors(target):
        return ""
    return f"{target} does not stand below {concept}"


def _applied(asked: Asked, status: Status, target: EntityId | None) -> Outcome:
    verdict, grounding, stated = asked.verdict, asked.grounding, asked.stated
    shown = target or stated
    ruled = replace(
        grounding,
        status=status,
        concept=stated,
        proposed=target,
        reason=_reason(verdict, grounding),
        version=asked.ontologies.release_of(shown) if shown else "",
        verdict=verdict,
    )
    found = Outcome(grounding=ruled, applied=True)
    if asked.is_settled and verdict.about.doubted:
        remark = f"{verdict.decision} still holds, though {_NO_DOUBT}"
        hint = "nothing to do; if it is right now, decide again: exporter review --keep KEY"
        return replace(found, level=Level.NOTE, remark=remark, hint=hint)
    return found


def _reason(verdict: Verdict, grounding: Grounding) -> str:
    why = f" ({verdict.reason})" if verdict.reason else ""
    target = f" {verdict.target}" if verdict.target else ""
    return f"a curator decided: {verdict.decision}{target}{why}; the rule said: {grounding.reason}"


def _needless(asked: Asked) -> Outcome:
    remark = "it was decided so, and now the rules say the same"
    hint = "nothing to do; the decision stays in the file"
    return Outcome(
        grounding=asked.grounding, applied=False, level=Level.NOTE, remark=remark, hint=hint
    )


def _stale(asked: Asked, why: str, hint: str = _DECIDE_AGAIN) -> Outcome:
    """Leave the annotation to the rules; what the curator objected to is not shown all the same."""
    grounding = asked.grounding
    objected = asked.verdict.target is not None
    if asked.is_settled and objected:
        reason = f"a curator decided otherwise, which no longer applies: {why}"
        grounding = replace(grounding, status=Status.PROPOSED, reason=reason)
    return Outcome(grounding=grounding, applied=False, remark=why, hint=hint)
