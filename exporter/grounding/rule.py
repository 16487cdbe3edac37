"""A grounding rule: one reason why an annotation means a concept, or why it may not."""

from collections.abc import Callable
from dataclasses import dataclass

from exporter.grounding.context import Context
from exporter.grounding.fit import SCORES
from exporter.grounding.placement import Placement
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a rule module offers as ``RULE``; the rule of lowest ``priority`` that judges decides.

    ``title`` finishes the sentence "this annotation …"; ``level`` is that of its findings;
    ``remedy`` says what a curator can do about one. ``judge`` is asked of items of a list, which
    are searched in the text; ``of_place`` of annotations whose place is given, if it applies, with
    ``level_of_place`` if that is another one.
    """

    code: str
    title: str
    level: Level
    priority: int
    remedy: str
    judge: Callable[[Context], Grounding | None] | None = None
    of_place: Callable[[Placement], Grounding | None] | None = None
    level_of_place: Level | None = None


def verdict(
    context: Context,
    code: str,
    status: Status,
    reason: str,
    proposed: EntityId | None = None,
) -> Grounding:
    """Return the grounding of an annotation to the concept that its id or name leads to."""
    concept = context.concept
    return Grounding(
        status=status,
        concept=concept,
        rule=code,
        reason=reason,
        proposed=proposed,
        mappings=context.resolution.mappings,
        version=context.ontologies.release_of(concept) if concept else "",
    )


def placed_verdict(
    placement: Placement,
    code: str,
    status: Status,
    reason: str,
    proposed: EntityId | None = None,
) -> Grounding:
    """Return the grounding of an annotation with a given place to what its id leads to."""
    concept = placement.concept
    clean = status is Status.CLEAN
    return Grounding(
        status=status,
        concept=concept,
        rule=code,
        reason=reason,
        proposed=proposed,
        mappings=placement.resolution.mappings,
        version=placement.stock.ontologies.release_of(concept) if concept else "",
        score=SCORES[placement.fit] if placement.is_known else None,
        candidates=() if clean else placement.candidates,
    )
