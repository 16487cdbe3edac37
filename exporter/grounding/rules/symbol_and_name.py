"""A gene without an id is given by symbol and full name, and both are those of one gene.

Sense: two names that agree leave no doubt which gene is meant.
Example: ``JAK1 (Janus kinase 1)``.
Decoy: ``JAK1`` alone, or ``CS (corticosteroid)``.
"""

from exporter.grounding.context import Context
from exporter.grounding.fitting import has_full_name
from exporter.grounding.rule import Rule, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "symbol-and-name"


def _judge(context: Context) -> Grounding | None:
    resolution = context.resolution
    if context.kind.category != "gene" or resolution.stated or len(resolution.named) != 1:
        return None
    if not has_full_name(context):
        return None
    reason = f"symbol and name are both those of {context.called(context.concept)}"
    return verdict(context, CODE, Status.CLEAN, reason)


RULE = Rule(
    code=CODE,
    title="names one gene by symbol and full name",
    level=Level.NOTE,
    priority=80,
    remedy="nothing to do",
    judge=_judge,
)
