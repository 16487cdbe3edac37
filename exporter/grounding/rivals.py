"""What a short label may stand for instead of its concept, when the text never names that."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from exporter.grounding.context import Context
from exporter.grounding.initials import may_stand_for
from exporter.grounding.prose import Prose
from exporter.grounding.resolution import names_of
from exporter.grounding.senses import foreign_use
from exporter.grounding.spelling import fits_any, is_full_name
from exporter.model.identifiers import EntityId

_SHORT = re.compile(r"[A-Z]{2,5}s?")
_SPARE_WORDS = 2


class Rival(NamedTuple):
    """A name that a short label abbreviates, and its concept if there is one."""

    name: str
    concept: EntityId | None


def rival_of(context: Context) -> Rival | None:
    """Return what else a label of two to five capitals may well mean, if anything.

    A label whose concept the text or another annotation names in full has no rival. Otherwise the
    first counts of: another concept noted in the text; one that the prose names; what the label
    usually means in the field.
    """
    if not _SHORT.fullmatch(context.label) or not context.known_names or _is_supported(context):
        return None
    found = next((each for each in _named_instead(context) if _is_other(each, context)), None)
    if found:
        return found
    usual = foreign_use(context.label, context)
    return Rival(usual, _only_concept(usual, context)) if usual else None


def _is_supported(context: Context) -> bool:
    """Tell whether the concept has a full name in the prose or in another annotation."""
    full = [name for name in context.known_names if _is_full(name)]
    if any(context.reading.prose.says(name) for name in full):
        return True
    labels = [each for each in context.neighbours if _is_full(each.label)]
    return any(each.concept == context.concept or fits_any(each.label, full) for each in labels)


def _is_full(name: str) -> bool:
    return not name.isupper() and is_full_name(name.casefold())


def _named_instead(context: Context) -> Iterator[Rival]:
    short = context.label.removesuffix("s")
    usual = context.reading.abbreviations.usual_for(short)
    for each in context.neighbours:
        for name in (each.label, *names_of(each.concept, context.ontologies)):
            meant = may_stand_for(short, name) or fits_any(name, usual)
            if each.kind == context.kind and _is_full(name) and meant:
                yield Rival(name, each.concept)
    for name in _phrases(short, context.reading.prose):
        if concept := _only_concept(name, context):
            yield Rival(name, concept)


def _phrases(short: str, prose: Prose) -> Iterator[str]:
    """Yield the words of the prose out of which a short form can be read."""
    tokens = prose.tokens
    for first, token in enumerate(tokens):
        if not token.key.startswith(short[0].casefold()):
            continue
        for last in tokens[first : first + len(short) + _SPARE_WORDS]:
            phrase = prose.content[token.start : last.end]
            if _is_full(phrase) and may_stand_for(short, phrase):
                yield phrase


def _only_concept(name: str, context: Context) -> EntityId | None:
    targets = context.kind.targets
    terms = context.ontologies.named(name)
    found = [term.id for term in terms if term.id.prefix in targets and not term.obsolete]
    return min(found, key=lambda each: targets.index(each.prefix)) if found else None


def _is_other(rival: Rival, context: Context) -> bool:
    """Tell whether a rival is neither the concept nor above or below it."""
    concept, other = context.concept, rival.concept
    if concept is None or other is None or fits_any(rival.name, context.known_names):
        return False
    below = context.ontologies.is_below
    return other != concept and not below(other, concept) and not below(concept, other)
