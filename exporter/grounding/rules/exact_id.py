"""The stated id is of a vocabulary that we ground to, and the label is what it is called.

Sense: the plainest case; an abbreviation counts as what it stands for in the text.
Example: ``juvenile dermatomyositis (MONDO:0008054)``.
Decoy: a label that is no name of the id, or an id that no slice holds.
"""

from exporter.grounding.context import Context
from exporter.grounding.fit import Fit
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "exact-id"


def _judge(context: Context) -> Grounding | None:
    stated = context.resolution.stated
    if stated is None or stated != context.concept or not context.names:
        return None
    if not context.means(context.names[0]):
        return None
    reason = f"{context.label!r} is what {context.called(stated)} is called"
    return verdict(context, CODE, Status.CLEAN, reason)


def _of_place(placement: Placement) -> Grounding | None:
    stated = placement.stated
    if stated is None or stated != placement.concept or placement.fit is Fit.NONE:
        return None
    reason = f"{placement.label!r} is a name of {placement.called(stated)}"
    if placement.fit is Fit.EXPLAINED:
        reason = (
            f"{placement.label!r} means {placement.signs.long!r} here: {placement.called(stated)}"
        )
    return placed_verdict(placement, CODE, Status.CLEAN, reason)


RULE = Rule(
    code=CODE,
    title="has an id that is called as its label says",
    level=Level.NOTE,
    priority=70,
    remedy="nothing to do",
    judge=_judge,
    of_place=_of_place,
)
