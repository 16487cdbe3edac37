"""The gene is of another species than the only one of which the text speaks.

Sense: the gene of the mouse is not that of man, though both may bear one symbol.
Example: the human gene of ``Tnf`` in a text on mice only.
Decoy: the same in a text that also speaks of patients.
"""

from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "species-mismatch"


def _of_place(placement: Placement) -> Grounding | None:
    only, stated = placement.signs.only, placement.stated
    if only is None or stated is None or placement.kind.category != "gene":
        return None
    taxon = placement.stock.taxon(stated)
    if taxon is None or taxon == only:
        return None
    reason = (
        f"{placement.called(stated)} is a gene of {placement.called(taxon)}; "
        f"the text speaks of {placement.called(only)} only"
    )
    return placed_verdict(placement, CODE, Status.UNRESOLVED, reason)


RULE = Rule(
    code=CODE,
    title="has the gene of another species",
    level=Level.WARNING,
    priority=48,
    remedy="write the id of the gene of the species that is meant",
    of_place=_of_place,
)
