"""What the names alone suggest against an id is weighed against the whole text before it counts."""

from dataclasses import replace

from exporter.grounding.placement import Said
from exporter.grounding.spelling import telling
from exporter.grounding.stock import Stock
from exporter.model.document import Text
from exporter.model.grounding import Grounding, Status

SUSPICIONS = frozenset({"wrong-id", "narrower-id", "unsafe-mapping"})
_ACQUITTED = "label-mismatch"
_SHORTEST = 6
_ROOT = 5


def weighed(said: Said, verdict: Grounding, text: Text, stock: Stock) -> Grounding:
    """Return the verdict, or a mere proposal where the text itself speaks of the id's concept.

    It does if a name of the id is written out in it, or if all that the id adds to the label is.
    """
    stated = said.stated
    led_to = {row.object for row in verdict.mappings}
    own = [each for each in (stated, *led_to, verdict.concept) if each]
    names = [name for each in dict.fromkeys(own) for name in stock.names(each)]
    content = text.content.casefold()
    if not (
        _says_one(names, said.label, content) or _says_the_rest(names[:1], said.label, content)
    ):
        return verdict
    return replace(
        verdict,
        status=Status.PROPOSED,
        rule=_ACQUITTED,
        reason=f"{said.label!r} fits no name of {stock.called(stated)}, but the text speaks of it",
        proposed=verdict.concept,
    )


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
