"""The kind of annotation has no vocabulary that we ground to.

Sense: a variant or a cell line is kept with what the annotator said, but no concept is claimed.
Example: ``c.463G>A`` among the mutations, without an id.
Decoy: a gene without an id; it has a vocabulary and is looked up by name.
"""

from exporter.grounding.context import Context
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "no-target"
_GROUNDED = {"gene", "chemical", "disease", "species"}


def _judge(context: Context) -> Grounding | None:
    if context.kind.category in _GROUNDED:
        return None
    reason = f"annotations of the kind {context.annotation.kind!r} are kept, but not grounded"
    return verdict(context, CODE, Status.UNRESOLVED, reason)


def _of_place(placement: Placement) -> Grounding | None:
    if placement.kind.category in _GROUNDED:
        return None
    reason = f"annotations of the kind {placement.said.kind!r} are kept, but not grounded"
    return placed_verdict(placement, CODE, Status.UNRESOLVED, reason)


RULE = Rule(
    code=CODE,
    title="is of a kind that is not grounded",
    level=Level.NOTE,
    priority=5,
    remedy="nothing to do; the annotation is kept as stated",
    judge=_judge,
    of_place=_of_place,
)
