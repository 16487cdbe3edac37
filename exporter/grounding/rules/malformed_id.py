"""The stated id is none that its vocabulary can have.

Sense: a letter for a digit, a digit lost; nobody can tell which id was meant.
Example: ``MESH:D00388`` for dermatomyositis, a digit short.
Decoy: an id of the right form that no release holds; an id of a vocabulary that nobody knows.
"""

from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "malformed-id"


def _of_place(placement: Placement) -> Grounding | None:
    written = placement.said.stated_as
    if placement.stated or not written or not placement.has_known_namespace:
        return None
    best = placement.candidates[:1]
    reason = f"{written!r} is not the form of an id of its vocabulary"
    proposed = best[0].concept if best else None
    if proposed:
        reason += f"; {placement.label!r} is a name of {placement.called(proposed)}"
    return placed_verdict(placement, CODE, Status.UNRESOLVED, reason, proposed)


RULE = Rule(
    code=CODE,
    title="has an id that its vocabulary cannot have",
    level=Level.ERROR,
    priority=7,
    remedy="correct the id in the source, or replace it with exporter review",
    of_place=_of_place,
)
