"""A disease or chemical without an id bears the label of exactly one concept.

Sense: the label itself, not a synonym; of a class of substances no single one is meant.
Example: ``tofacitinib`` among the chemicals.
Decoy: ``glucocorticoid``, which is a class; ``shingles``, which is a synonym.
"""

from exporter.grounding.context import Context
from exporter.grounding.rule import Rule, verdict
from exporter.grounding.spelling import key
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "unique-label"


def _judge(context: Context) -> Grounding | None:
    resolution, concept = context.resolution, context.concept
    if context.kind.category not in {"chemical", "disease"} or resolution.stated:
        return None
    if concept is None or concept.prefix != context.kind.targets[0] or resolution.once_named:
        return None
    if context.annotation.stated_as or key(context.label) != key(context.names[0]):
        return None
    if context.kind.category == "chemical" and context.ontologies.has_below(concept):
        return None
    reason = f"{context.label!r} is the label of {context.called(concept)} and of nothing else"
    return verdict(context, CODE, Status.CLEAN, reason)


RULE = Rule(
    code=CODE,
    title="bears the label of exactly one concept",
    level=Level.NOTE,
    priority=82,
    remedy="nothing to do",
    judge=_judge,
)
