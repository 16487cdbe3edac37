"""What the names alone suggest against an id is weighed against the whole text before it counts."""

from dataclasses import replace

from exporter.grounding.placement import Said
from exporter.grounding.spelling import telling
from exporter.grounding.stock import Stock
from exporter.model.document import Text
from exporter.model.grounding import Grounding, Status
from exporter.ontologies.names import name_key

SPECIES = "species-mismatch"
SUSPICIONS = frozenset({"narrower-id", SPECIES, "unsafe-mapping", "wrong-id"})
_ACQUITTED = "label-mismatch"
_SHORTEST = 6
_ROOT = 5


def acquitted(said: Said, verdict: Grounding, stock: Stock) -> Grounding:
    """Return the verdict as a mere proposal: no name fits, but the text speaks for the id."""
    return replace(
        verdict,
        status=Status.PROPOSED,
        rule=_ACQUITTED,
        reason=f"{said.label!r} fits no name of {stock.called(said.stated)}, but its text does",
        proposed=verdict.concept,
    )


def is_borne_out(said: Said, verdict: Grounding, text: Text, stock: Stock) -> bool:
    """Tell whether the text itself speaks for the id against which there is a suspicion.

    It does if a name of the id is written out in it, if all that the id adds to the label is, or
    if no fewer of the other genes that are noted are of this one's species than are unknown.
    """
    if verdict.rule == SPECIES:
        return verdict.proposed is None and _is_like_its_neighbours(said, text, stock)
    content = text.content.casefold()
    led_to = {row.object for row in verdict.mappings}
    own = [each for each in (said.stated, *led_to, verdict.concept) if each]
    names = [name for each in dict.fromkeys(own) for name in stock.names(each)]
    if _says_the_rest(names[:1], said.label, content):
        return True
    other = stock.names(verdict.proposed)[:1] if verdict.proposed else ()
    very_name = any(name_key(name) == name_key(said.label) for name in other)
    return verdict.rule != "narrower-id" and not very_name and _says_one(names, said.label, content)


def _is_like_its_neighbours(said: Said, text: Text, stock: Stock) -> bool:
    """Tell whether of the other genes that are noted no more are unknown than of its species."""
    genes = {
        each.stated
        for each in text.annotations
        if each.stated and each.stated != said.stated and each.kind == said.kind
    }
    alike = sum(each in stock.ontologies for each in genes)
    return 2 * alike >= len(genes)


def _says_one(names: list[str], label: str, content: str) -> bool:
    own = label.casefold()
    folded = (name.casefold() for name in names)
    return any(len(name) >= _SHORTEST and name != own and name in content for name in folded)


def _says_the_rest(names: list[str], label: str, content: str) -> bool:
    """Tell whether the label has a part of a name's words, and the text has all the others."""
    said = telling(label)
    for name in names:
        rest = telling(name) - said
        if rest and said & telling(name) and all(word[:_ROOT] in content for word in rest):
            return True
    return False
