"""What the names alone suggest against an id is weighed against the whole text before it counts."""

from dataclasses import replace

from exporter.grounding.placement import Said
from exporter.grounding.spelling import telling
from exporter.grounding.stock import Stock
from exporter.model.document import Text
from exporter.model.grounding import Grounding, Status
from exporter.ontologies.names import name_key

SUSPICIONS = frozenset({"narrower-id", "species-mismatch", "unsafe-mapping", "wrong-id"})
_ACQUITTED = "label-mismatch"
_SHORTEST = 6
_ROOT = 5


def weighed(said: Said, verdict: Grounding, text: Text, stock: Stock) -> Grounding:
    """Return the verdict, or a mere proposal where the text itself speaks for the id.

    It does if a name of the id is written out in it, if all that the id adds to the label is, or
    if most other genes that are noted are of the same species as this one.
    """
    if not _is_borne_out(said, verdict, text, stock):
        return verdict
    return replace(
        verdict,
        status=Status.PROPOSED,
        rule=_ACQUITTED,
        reason=f"{said.label!r} fits no name of {stock.called(said.stated)}, but its text does",
        proposed=verdict.concept,
    )


def _is_borne_out(said: Said, verdict: Grounding, text: Text, stock: Stock) -> bool:
    if verdict.rule == "species-mismatch":
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
