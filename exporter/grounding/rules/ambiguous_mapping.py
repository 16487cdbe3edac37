"""The id leads to several concepts.

Sense: nobody but a person can choose, unless the label is a name of exactly one of them.
Example: an id of MeSH that two terms of MONDO claim as their exact match.
Decoy: an id with one exact and one broader match.
"""

from exporter.grounding.context import Context
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "ambiguous-mapping"


def _judge(context: Context) -> Grounding | None:
    exact = context.resolution.exact
    if len(exact) < 2:
        return None
    candidates = ", ".join(context.called(each) for each in exact)
    named = [each for each in exact if each in context.resolution.named]
    reason = f"{context.resolution.stated} leads to {candidates}"
    proposed = named[0] if len(named) == 1 else None
    return verdict(context, CODE, Status.UNRESOLVED, reason, proposed)


def _of_place(placement: Placement) -> Grounding | None:
    exact = placement.resolution.exact
    if len(exact) < 2:
        return None
    found = [each.concept for each in placement.candidates if each.concept in exact]
    reason = f"{placement.stated} leads to {', '.join(placement.called(each) for each in exact)}"
    return placed_verdict(
        placement, CODE, Status.UNRESOLVED, reason, found[0] if len(found) == 1 else None
    )


RULE = Rule(
    code=CODE,
    title="has an id that leads to several concepts",
    level=Level.WARNING,
    priority=56,
    remedy="write the id that is meant in the source, or choose one with exporter review",
    judge=_judge,
    of_place=_of_place,
)
