"""An item names a family or complex of genes, without an id or with one that is of no gene.

Sense: "JAK" never becomes JAK1; the family is proposed instead.
Example: ``jak (Janus kinase)`` among the proteins.
Decoy: ``JAK1 (Janus kinase 1)``, which is one gene.
"""

from exporter.grounding.context import Context
from exporter.grounding.rule import Rule, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "unresolved-family"


def _judge(context: Context) -> Grounding | None:
    resolution = context.resolution
    if context.kind.category != "gene" or resolution.exact or resolution.named:
        return None
    families = context.families_of(context.label) or context.families_of(context.annotation.gloss)
    if not families:
        return None
    family = families[0]
    members = ", ".join(context.called(member) for member in context.ontologies.members(family)[:6])
    reason = f"{context.label!r} is the family {context.called(family)}, not one gene"
    reason += f"; it has the members {members}" if members else ""
    return verdict(context, CODE, Status.UNRESOLVED, reason, family)


RULE = Rule(
    code=CODE,
    title="names a family of genes and has no id of a gene",
    level=Level.ERROR,
    priority=20,
    remedy=(
        "if one gene is meant, write it in the source; if the family is, "
        "accept it with exporter review"
    ),
    judge=_judge,
)
