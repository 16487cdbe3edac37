"""An item without an id bears a name of exactly one concept.

Sense: the annotator gave no id, so a name alone makes a proposal, not a fact.
Example: ``muscle weakness`` among the diseases, which is a finding of HP.
Decoy: a name of two concepts.
"""

from exporter.grounding.context import Context
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "by-name"


def _judge(context: Context) -> Grounding | None:
    concept = context.concept
    if context.resolution.stated or concept is None:
        return None
    if context.kind.category == "chemical" and context.ontologies.has_below(concept):
        return None
    reason = f"no id is stated; {context.label!r} is a name of {context.called(concept)}"
    return verdict(context, CODE, Status.PROPOSED, reason, concept)


def _of_place(placement: Placement) -> Grounding | None:
    if placement.said.stated_as or placement.stated or not placement.candidates:
        return None
    best, *rest = placement.candidates
    if rest and rest[0].score == best.score:
        return None
    reason = f"no id is stated; {placement.label!r} is a name of {placement.called(best.concept)}"
    return placed_verdict(placement, CODE, Status.PROPOSED, reason, best.concept)


RULE = Rule(
    code=CODE,
    title="has no id, but a name of exactly one concept",
    level=Level.NOTE,
    priority=90,
    remedy="write the id of this concept in the digest, if it is meant",
    judge=_judge,
    of_place=_of_place,
)
