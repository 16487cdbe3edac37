"""The stated id is of a vocabulary that we ground to, and the label is another name of it.

Sense: no error; worth knowing when counts by label and by concept differ.
Example: ``CANDLE``, whose id is labelled proteosome-associated autoinflammatory syndrome.
Decoy: a name that only a broader or narrower thing has.
"""

from exporter.grounding.context import Context
from exporter.grounding.fitting import fitting_name
from exporter.grounding.rule import Rule, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "label-is-synonym"


def _judge(context: Context) -> Grounding | None:
    stated = context.resolution.stated
    if stated is None or stated != context.concept:
        return None
    name = fitting_name(context)
    if name is None:
        return None
    reason = f"{context.label!r} is another name ({name}) of {context.called(stated)}"
    return verdict(context, CODE, Status.CLEAN, reason)


RULE = Rule(
    code=CODE,
    title="has an id of which its label is another name",
    level=Level.NOTE,
    priority=74,
    remedy="nothing to do",
    judge=_judge,
)
