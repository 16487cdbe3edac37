"""The id says more than the label.

Sense: "dermatomyositis" is not by itself the juvenile one; the id adds a claim.
Example: ``dermatomyositis`` with the id of juvenile dermatomyositis.
Decoy: ``childhood dermatomyositis`` with that id, which is a name of it.
"""

from exporter.grounding.context import Context
from exporter.grounding.fit import Fit
from exporter.grounding.fitting import fitting_name, others_named
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import EntityId

CODE = "narrower-id"


def _judge(context: Context) -> Grounding | None:
    concept = context.concept
    if concept is None or context.resolution.stated is None or fitting_name(context):
        return None
    above = [o for o in others_named(context) if context.ontologies.is_below(concept, o)]
    if len(above) != 1:
        return None
    reason = (
        f"{context.resolution.stated} leads to {context.called(concept)}, which says more than "
        f"{context.label!r}, a name of {context.called(above[0])}"
    )
    return verdict(context, CODE, Status.UNRESOLVED, reason, above[0])


def _of_place(placement: Placement) -> Grounding | None:
    concept = placement.concept
    if concept is None or placement.fit > Fit.WORDS or placement.said.together:
        return None
    found = _above(placement, concept)
    if not found:
        return None
    reason = (
        f"{placement.stated} leads to {placement.called(concept)}, which says more than "
        f"{placement.label!r}, a name of {placement.called(found[0])}"
    )
    return placed_verdict(placement, CODE, Status.UNRESOLVED, reason, found[0])


def _above(placement: Placement, concept: EntityId) -> list[EntityId]:
    """Return what the label is a name of, and what is above the concept: those of its own first.

    Words in another order fit the id as long as they are not the very name of what is above.
    """
    stock = placement.stock
    above = stock.ontologies.ancestor_set(concept)
    found = [
        each
        for each in placement.kin_called_so
        if not above.isdisjoint(stock.same(each)) and placement.has_id_for(each)
    ]
    if placement.fit is Fit.WORDS:
        found = [each for each in found if placement.is_label_of(each)]
    return sorted(found, key=lambda each: each.prefix != concept.prefix)


RULE = Rule(
    code=CODE,
    title="has an id that says more than its label",
    level=Level.WARNING,
    priority=46,
    remedy=(
        "write the id of the broader concept in the source, or a label that says as much, "
        "or decide with exporter review"
    ),
    judge=_judge,
    of_place=_of_place,
)
