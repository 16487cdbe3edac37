"""An item without an id bears a name of exactly one concept.

Sense: the annotator gave no id, so a name alone makes a proposal, not a fact.
Example: ``muscle weakness`` among the diseases, which is a finding of HP.
Decoy: a name of two concepts.
"""

from dataclasses import replace

from exporter.grounding.context import Context
from exporter.grounding.naming import choice
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
    if placement.said.stated_as or placement.stated:
        return None
    found, weighed, _ = choice(placement)
    if found is None:
        return None
    reason = f"no id is stated; {found.name!r} is a name of {placement.called(found.concept)}"
    made = placed_verdict(placement, CODE, Status.PROPOSED, reason, found.concept)
    return replace(made, candidates=weighed)


RULE = Rule(
    code=CODE,
    title="has no id, but a name of exactly one concept",
    level=Level.NOTE,
    priority=90,
    remedy=(
        "if this concept is meant, write its id in the source, or accept it with exporter review"
    ),
    judge=_judge,
    of_place=_of_place,
)
