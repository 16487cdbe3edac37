"""How well a label fits the names of a concept."""

from collections.abc import Iterable
from enum import IntEnum

from exporter.grounding.spelling import label_keys, one_root, telling, words
from exporter.grounding.stock import Stock
from exporter.model.identifiers import EntityId

_ENOUGH = 0.6


class Fit(IntEnum):
    """From no fit at all to the very name."""

    NONE = 0
    EXPLAINED = 1
    WORDS = 2
    NAME = 3


SCORES = {Fit.NONE: 0.0, Fit.EXPLAINED: 0.8, Fit.WORDS: 0.9, Fit.NAME: 1.0}


def fit_of(label: str, entities: Iterable[EntityId], stock: Stock) -> Fit:
    """Return whether a label is a name of one of some ids, or has the same words as one."""
    entities = tuple(entities)
    keys = set(label_keys(label))
    if any(keys & stock.keys(each) for each in entities):
        return Fit.NAME
    said = words(label)
    if said and any(said in stock.word_sets(each) for each in entities):
        return Fit.WORDS
    return Fit.NONE


def is_akin(label: str, entity: EntityId, stock: Stock) -> bool:
    """Tell whether most telling words of a label and of a name of a concept grow from one root.

    ``hypertensive`` is akin to hypertension, ``breast cancer`` is not to cancer of the lung.
    """
    said = telling(label)
    if not said:
        return False
    return any(_shared(said, named) >= _ENOUGH for named in stock.telling(entity))


def _shared(said: frozenset[str], named: frozenset[str]) -> float:
    """Return the share of the shorter name's words that have the root of a word of the other."""
    shorter, longer = sorted((said, named), key=len)
    found = sum(any(one_root(word, other) for other in longer) for word in shorter)
    return found / len(shorter)
