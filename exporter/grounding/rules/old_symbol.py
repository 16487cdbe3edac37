"""A gene is called by a symbol that is not today's, or not yet that of the release at hand.

Sense: the same gene under another symbol is no error.
Example: ``TMEM173 (transmembrane protein 173)``, which is STING1 today.
Decoy: an alias that is the symbol of another gene.
"""

from exporter.grounding.context import Context
from exporter.grounding.fitting import has_full_name, shared_alias
from exporter.grounding.rule import Rule, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status
from exporter.ontologies.terms import Scope

CODE = "old-symbol"


def _judge(context: Context) -> Grounding | None:
    if context.kind.category != "gene" or context.concept is None or context.resolution.mappings:
        return None
    if not (_was_called(context) or _is_called_anew(context)):
        return None
    reason = f"{context.label!r} is another symbol of {context.called(context.concept)}"
    return verdict(context, CODE, Status.CLEAN, reason)


def _was_called(context: Context) -> bool:
    """Tell whether the label is an earlier symbol of the stated gene, or of one of that name."""
    namings = context.ontologies.namings(context.label)
    earlier = any(
        each.term.id == context.concept and each.name.scope is Scope.PREVIOUS for each in namings
    )
    return earlier and (context.resolution.stated is not None or has_full_name(context))


def _is_called_anew(context: Context) -> bool:
    """Tell whether a symbol that the release does not know comes with names of the stated gene."""
    unknown = not context.ontologies.namings(context.label)
    return unknown and context.resolution.stated is not None and shared_alias(context) is not None


RULE = Rule(
    code=CODE,
    title="calls a gene by a symbol that is not today's",
    level=Level.NOTE,
    priority=72,
    remedy="nothing to do",
    judge=_judge,
)
