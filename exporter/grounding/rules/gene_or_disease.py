"""The only name of the gene in the text is also that of a disease.

Sense: an alias that is the disease's short name proves nothing about the gene.
Example: ``STING1 {aka SAVI}`` where SAVI is the vasculopathy that the patients have.
Decoy: a text that speaks of variants in STING too.
"""

from exporter.grounding.context import Context, Sense, Use
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.grounding.senses import diseases_named
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import EntityId

CODE = "gene-or-disease"


def _judge(context: Context) -> Grounding | None:
    use = context.use
    if use is None or use.sense is not Sense.DISEASE:
        return None
    disease = _disease(use, context)
    meant = context.called(disease) if disease else "a disease"
    reason = (
        f"{use.place.exact!r} stands in the text for {meant} ({use.means}), and no other name of "
        f"{context.called(context.concept) if context.concept else 'the gene'} does"
    )
    return verdict(context, CODE, Status.UNRESOLVED, reason, disease)


def _disease(use: Use, context: Context) -> EntityId | None:
    found = (*diseases_named(use.means, context), *diseases_named(use.place.exact, context))
    return found[0] if found else None


def _of_place(placement: Placement) -> Grounding | None:
    """Find what the text explains as a disease, and of whose gene it never speaks."""
    disease = placement.signs.disease
    if disease is None or placement.said.together or placement.is_contradicted:
        return None  # what has nothing to do with the gene is of the wrong id
    gene = placement.called(placement.concept or placement.stated)
    reason = (
        f"{placement.label!r} stands in the text for {placement.called(disease)}, "
        f"and no other name of {gene} does"
    )
    return placed_verdict(placement, CODE, Status.UNRESOLVED, reason, disease)


RULE = Rule(
    code=CODE,
    title="may be a gene or a disease of the same short name",
    level=Level.WARNING,
    priority=34,
    remedy=(
        "if the disease is meant, list it in the source instead of the gene, "
        "or decide with exporter review"
    ),
    judge=_judge,
    of_place=_of_place,
)
