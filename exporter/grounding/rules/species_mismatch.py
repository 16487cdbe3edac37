"""The gene is of another species than those of which the text speaks.

Sense: the gene of the mouse is not that of man, though both may bear one symbol.
Example: the human gene of ``Tnf`` in a text on mice only; an id that is none of the installed
human genes in a text on patients only, where the label is the symbol of a human gene.
Decoy: the same in a text that speaks of patients and of mice.
"""

from exporter.grounding.placement import ALSO, OWN, Placement
from exporter.grounding.rule import Rule, placed_verdict
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import EntityId

CODE = "species-mismatch"


def _of_place(placement: Placement) -> Grounding | None:
    species, stated, called = placement.signs.species, placement.stated, placement.called
    if not species or stated is None or placement.said.together:
        return None
    proposed = None
    if placement.is_known:
        taxon = placement.stock.taxon(stated)
        if taxon is None or taxon in species:
            return None
        reason = f"{called(stated)} is a gene of {called(taxon)}"
    else:
        proposed = _gene_of(species, placement)
        if proposed is None:
            return None
        reason = f"{stated} is none of the genes installed; the label is that of {called(proposed)}"
    reason += f"; the text speaks of {' and '.join(map(called, species))} only"
    return placed_verdict(placement, CODE, Status.UNRESOLVED, reason, proposed)


def _gene_of(species: tuple[EntityId, ...], placement: Placement) -> EntityId | None:
    """Return the one gene of which the label is a name, if it is of the only species named."""
    if len(species) > 1:
        return None
    for scopes in (OWN, ALSO):
        named = placement.others_called(placement.label, scopes)
        if named:
            one = len(named) == 1 and placement.stock.taxon(named[0]) == species[0]
            return named[0] if one else None
    return None


RULE = Rule(
    code=CODE,
    title="has the gene of another species",
    level=Level.WARNING,
    priority=12,
    remedy=(
        "write the gene of the species that is meant in the source, or decide with exporter review"
    ),
    of_place=_of_place,
)
