"""The gene is of another species than the only one of which the text speaks.

Sense: the gene of the mouse is not that of man, though both may bear one symbol.
Example: the human gene of ``Tnf`` in a text on mice only; an id that is none of the installed
human genes in a text on patients only, where the label is the symbol of a human gene.
Decoy: the same in a text that speaks of patients and of mice.
"""

from exporter.grounding.placement import Placement
from exporter.grounding.rule import Rule, placed_verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status

CODE = "species-mismatch"


def _of_place(placement: Placement) -> Grounding | None:
    only, stated, stock = placement.signs.only, placement.stated, placement.stock
    if only is None or stated is None or placement.said.together:
        return None
    called = placement.called
    if placement.is_known:
        taxon = stock.taxon(stated)
        if taxon is None or taxon == only:
            return None
        reason = f"{called(stated)} is a gene of {called(taxon)}"
        proposed = None
    else:
        named = placement.others_called(placement.label)
        if len(named) != 1 or stock.taxon(named[0]) != only:
            return None
        proposed = named[0]
        reason = f"{stated} is none of the genes installed; the label is that of {called(proposed)}"
    reason += f"; the text speaks of {called(only)} only"
    return placed_verdict(placement, CODE, Status.UNRESOLVED, reason, proposed)


RULE = Rule(
    code=CODE,
    title="has the gene of another species",
    level=Level.WARNING,
    priority=12,
    remedy="write the gene of the species that is meant in the digest or file",
    of_place=_of_place,
)
