"""What the names alone suggest against an id is weighed against the whole text before it counts."""

import re
from dataclasses import replace
from functools import cached_property

from exporter.grounding.placement import Said
from exporter.grounding.spelling import telling
from exporter.grounding.stock import Stock
from exporter.grounding.tables import kind_of
from exporter.model.document import Text
from exporter.model.grounding import Grounding, Status
from exporter.ontologies.names import name_key

SUSPICIONS = frozenset({"narrower-id", "unsafe-mapping", "wrong-id"})
_ACQUITTED = "label-mismatch"
_SHORTEST = 6
_ROOT = 5


class Court:
    """Weighs suspicions against one text; each thing is asked once, and only if there is one."""

    def __init__(self, text: Text, stock: Stock) -> None:
        self._text = text
        self._stock = stock
        self._known: dict[tuple[Said, Grounding, bool], Grounding] = {}

    def weighed(self, said: Said, verdict: Grounding, *, is_explained: bool) -> Grounding:
        """Return a suspicion, or a mere proposal where no name fits, but the text does."""
        asked = (said, verdict, is_explained)
        found = self._known.get(asked)
        if found is None:
            found = verdict
            if self._is_borne_out(said, verdict, is_explained=is_explained):
                found = _acquitted(said, verdict, self._stock)
            self._known[asked] = found
        return found

    @cached_property
    def _content(self) -> str:
        text = self._text
        names_chemical = any(kind_of(e.kind).category == "chemical" for e in text.annotations)
        return text.content.casefold() + (" drug" if names_chemical else "")  # what it names is one

    def _is_borne_out(self, said: Said, verdict: Grounding, *, is_explained: bool) -> bool:
        """Tell whether the text itself speaks for the id against which there is a suspicion.

        It does if all that the id adds to the label is written out in it, or, unless the text
        explains the label, if a name of the id is.
        """
        stock = self._stock
        led_to = {row.object for row in verdict.mappings}
        own = [each for each in (said.stated, *led_to, verdict.concept) if each]
        labels = [name for each in dict.fromkeys(own) for name in stock.names(each)[:1]]
        if _says_the_rest(labels, said.label, self._content):
            return True
        if is_explained or verdict.rule == "narrower-id":
            return False
        names = [name for each in dict.fromkeys(own) for name in stock.names(each)]
        other = stock.names(verdict.proposed)[:1] if verdict.proposed else ()
        very_name = any(name_key(name) == name_key(said.label) for name in other)
        return not very_name and _says_one(names, said.label, self._content)


def _acquitted(said: Said, verdict: Grounding, stock: Stock) -> Grounding:
    """Return the verdict as a mere proposal: no name fits, but the text speaks for the id."""
    return replace(
        verdict,
        status=Status.PROPOSED,
        rule=_ACQUITTED,
        reason=f"{said.label!r} fits no name of {stock.called(said.stated)}, but its text does",
        proposed=verdict.concept,
    )


def _says_one(names: list[str], label: str, content: str) -> bool:
    own = label.casefold()
    folded = (name.casefold() for name in names)
    return any(len(name) >= _SHORTEST and name != own and name in content for name in folded)


def _says_the_rest(names: list[str], label: str, content: str) -> bool:
    """Tell whether the label has a part of a name's words, and the text has all the others.

    A number or letter stands in any text: it says nothing.
    """
    said = telling(label)
    for name in names:
        rest = telling(name) - said
        if rest and said & telling(name) and all(_says(word, content) for word in rest):
            return True
    return False


def _says(word: str, content: str) -> bool:
    if len(word) < _ROOT:
        return word.isalpha() and len(word) > 1 and bool(re.search(rf"\b{word}s?\b", content))
    return word[:_ROOT] in content
