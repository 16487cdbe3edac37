"""A fault that was put into a corpus, and all that the makers of faults may ask."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from benchmarks.lint.concepts import Concepts
from benchmarks.lint.sheets import Block, Item
from exporter.model.identifiers import EntityId


class Kind(StrEnum):
    """What was done to an annotation."""

    SWAPPED = "swapped id"
    PARENT = "parent id"
    CHILD = "child id"
    ANTIBODY = "gene for antibody"
    ABBREVIATION = "abbreviation collision"
    OBSOLETE = "obsolete id"
    SPECIES = "wrong species"
    MALFORMED = "malformed id"
    NAMESPACE = "unknown namespace"
    MADE_UP = "made-up id, curated file"
    OTHER_ID = "swapped id, curated file"
    TYPO = "label typo, curated file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All mentions of one label with one id in one paper: an annotator errs on all alike.

    ``stated`` is the id in its canonical form; ``text`` is that of the whole paper.
    """

    corpus: str
    category: str
    stated: EntityId
    items: tuple[tuple[Block, Item], ...]
    text: str

    @property
    def label(self) -> str:
        """Return the words that are annotated."""
        return self.items[0][1].label


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be written in place of what the experts wrote; None leaves it.

    ``seeable`` tells that the installed ontologies hold what gives the fault away. ``around`` are
    words to be put before and after one ``mention``, which alone is changed then.
    """

    fault: EntityId | None
    written: str
    type: str | None = None
    around: tuple[str, str] | None = None
    mention: int = 0
    seeable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A changed annotation: the item as it stands now, and what was right."""

    kind: Kind
    corpus: str
    item: Item
    truth: EntityId
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What makers of faults share: the ids of the corpora, by category, and chance."""

    concepts: Concepts
    chance: Random
    ids: dict[tuple[str, str], tuple[EntityId, ...]]
    other_species: dict[str, tuple[EntityId, ...]]
