"""What a text says that helps to tell what a name without an id means."""

import re
from functools import cache

from exporter.grounding.signs import Signs, around
from exporter.grounding.tables import kind_of, species_words
from exporter.model.document import Annotation, Mention, Text
from exporter.model.identifiers import EntityId

_INDUCED = "induced"


def with_hints(signs: Signs, annotation: Annotation, text: Text) -> Signs:
    """Return the signs of an annotation without an id with what else its text says.

    Of a gene the one species that its sentence names, where the text names several; of a disease
    whether the text speaks of what is induced.
    """
    category = kind_of(annotation.kind).category
    if category == "gene" and len(signs.species) > 1 and annotation.mentions:
        near = _species_near(annotation.mentions[0], text.content)
        return signs._replace(near=near[0]) if len(near) == 1 else signs
    if category == "disease" and _INDUCED in text.content:
        return signs._replace(induced=True)
    return signs


def _species_near(mention: Mention, content: str) -> tuple[EntityId, ...]:
    """Return the species that the sentence of a mention names, each once."""
    place = around(mention, content)
    sentence = f"{place.before}{place.exact}{place.after}"
    found = (_taxa()[word.group(1)] for word in _words().finditer(sentence.casefold()))
    return tuple(dict.fromkeys(found))


@cache
def _taxa() -> dict[str, EntityId]:
    return dict(species_words())


@cache
def _words() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_taxa(), key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])({names})s?(?!\w)")
