"""The stated id maps exactly to one concept, and the names bear that out.

Sense: a mapping alone proves nothing; label and names of both ids have to agree.
Example: ``baricitinib`` with its MeSH or PubChem id, which map to ChEBI.
Decoy: an id with a broader match only, or a label that fits none of the names.
"""

from exporter.grounding.context import Context
from exporter.grounding.fit import Fit, fit_of, is_akin
from exporter.grounding.fitting import confirms, fitting_name
from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict, verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "exact-mapping"


def _judge(context: Context) -> Grounding | None:
    resolution = context.resolution
    if not resolution.mappings or context.concept is None:
        return None
    if fitting_name(context) is None or not confirms(context):
        return None
    sources = ", ".join(dict.fromkeys(row.source for row in resolution.mappings if row.source))
    reason = (
        f"{resolution.stated} maps exactly to {context.called(context.concept)}"
        f"{f' by {sources}' if sources else ''}, and {context.label!r} fits"
    )
    return verdict(context, CODE, Status.CLEAN, reason)


def _of_place(placement: Placement) -> Grounding | None:
    concept = placement.concept
    if not placement.resolution.mappings or concept is None or placement.fit is Fit.NONE:
        return None
    stock, stated = placement.stock, placement.stated
    label = stock.names(stated)[:1] if stated else ()
    borne_out = (fit_of(each, (concept,), stock) for each in (placement.label, *label))
    alike = (is_akin(each, concept, stock) for each in (placement.label, *label))
    if not any(borne_out) and not any(alike) and placement.fit is not Fit.EXPLAINED:
        return None
    sources = dict.fromkeys(row.source for row in placement.resolution.mappings if row.source)
    reason = (
        f"{stated} maps exactly to {placement.called(concept)}"
        f"{' by ' + ', '.join(sources) if sources else ''}, and {placement.label!r} fits"
    )
    return placed_verdict(placement, CODE, Status.CLEAN, reason)


RULE = Rule(
    code=CODE,
    title="has an id that maps exactly to one concept",
    level=Level.NOTE,
    priority=76,
    remedy="nothing to do",
    judge=_judge,
    of_place=_of_place,
)
