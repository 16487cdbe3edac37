"""A grounding rule: one reason why an annotation means a concept, or why it may not."""

from collections.abc import Callable
from dataclasses import dataclass

from exporter.grounding.context import Context
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a rule module offers as ``RULE``; the rule of lowest ``priority`` that judges decides.

    ``title`` finishes the sentence "this annotation …"; ``level`` is that of its findings;
    ``remedy`` says what a curator can do about one.
    """

    code: str
    title: str
    level: Level
    priority: int
    remedy: str
    judge: Callable[[Context], Grounding | None]


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
