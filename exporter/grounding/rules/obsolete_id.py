"""The stated id, or the one it maps to, is obsolete.

Sense: an obsolete id is never shown as fact; what replaces it is proposed.
Example: a retired term for CANDLE, which names the term that came instead.
Decoy: a live id whose label only begins with the word "obsolete" in the annotator's list.
"""

from exporter.grounding.context import Context
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "obsolete-id"


def _judge(context: Context) -> Grounding | None:
    term = context.ontologies.get(context.concept) if context.concept else None
    if term is None or not term.obsolete:
        return None
    instead = context.ontologies.replacement(term.id)
    if instead:
        reason = f"{context.called(term.id)} is obsolete; {context.called(instead)} came instead"
        return verdict(context, CODE, Status.PROPOSED, reason, instead)
    consider = ", ".join(context.called(each) for each in term.consider)
    reason = f"{context.called(term.id)} is obsolete and nothing replaces it"
    reason += f"; its makers point to {consider}" if consider else ""
    return verdict(context, CODE, Status.UNRESOLVED, reason)


def _of_place(placement: Placement) -> Grounding | None:
    ontologies, asked = placement.stock.ontologies, placement.concept or placement.stated
    term = ontologies.get(asked) if asked else None
    if term is None or not term.obsolete:
        return None
    instead = ontologies.replacement(term.id)
    called = placement.called
    reason = f"{called(term.id)} is obsolete; "
    reason += f"{called(instead)} came instead" if instead else "nothing replaces it"
    status = Status.PROPOSED if instead else Status.UNRESOLVED
    return placed_verdict(placement, CODE, status, reason, instead)


RULE = Rule(
    code=CODE,
    title="has an id that is obsolete",
    level=Level.WARNING,
    priority=10,
    remedy="write the id that came instead in the source, or decide with exporter review",
    judge=_judge,
    of_place=_of_place,
)
