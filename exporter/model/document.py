"""A paper and its pinned texts: passages, annotations and the stretches they stand on."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from exporter.errors import NOWHERE, Where
from exporter.model.findings import Finding
from exporter.model.identifiers import EntityId
from exporter.model.indexing import IndexRecord


class TextKind(StrEnum):
    """Whose words a text holds; only a verbatim text is the paper's own wording."""

    VERBATIM = "verbatim"
    RESTATEMENT = "restatement"
    MACHINE_SUMMARY = "machine-summary"


class PositionSource(StrEnum):
    """How a mention's place is known."""

    GIVEN = "given"
    LABEL_SEARCH = "label-search"
    ALIAS_SEARCH = "alias-search"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A section of a text, from ``start`` to ``end`` (code points, end excluded), heading left out.

    ``section`` is the heading in lower case, or ``title``. Mentions are searched in ``prose``
    passages only. ``kind`` may be weaker than the kind of other passages of the same text.
    """

    section: str
    start: int
    end: int
    kind: TextKind
    prose: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that names something.

    ``start`` and ``end`` count Unicode code points from the start of the pinned text, ``end``
    excluded, so ``text.content[m.start:m.end] == m.exact`` always holds.
    """

    start: int
    end: int
    exact: str
    source: PositionSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """An annotator's statement that a label means a concept.

    ``annotator`` names who said it (for a digest the list: ``linked entities`` or
    ``full-text entities``), ``kind`` the type as written (``Genes``). ``stated_as`` is the id as
    the source wrote it, ``stated`` its canonical form if any namespace fits. ``ordinal`` counts
    from 0 within annotator and kind and tells equal items apart. No mention: position unknown.
    ``together`` are all ids that the source gave for one mention, this one included, where it gave
    several (``breast and ovarian cancer``): each is an annotation of its own, and may stand for a
    part of the label only.
    """

    annotator: str
    kind: str
    ordinal: int
    label: str
    gloss: str = ""
    stated_as: str = ""
    stated: EntityId | None = None
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    line: int | None = None
    together: tuple[EntityId, ...] = ()

    @property
    def is_placed(self) -> bool:
        """Tell whether the source itself gives the place."""
        return any(each.source is PositionSource.GIVEN for each in self.mentions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """What takes part in a relation, as written and as the concepts that this means.

    ``stated`` is empty where no namespace fits (``c|SUB|T|920|G``), and several where the source
    gave them for one mention. ``role`` is empty where the source names none.
    """

    stated_as: str
    stated: tuple[EntityId, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """An annotator's statement that concepts of a text are related.

    ``kind`` is the relation as the source names it (``Positive_Correlation``), ``arguments`` what
    takes part in it, in the source's order. ``novelty`` is as written.
    """

    annotator: str
    kind: str
    arguments: tuple[Argument, ...]
    novelty: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One pinned form of a paper, identified by the hash of its content.

    ``content`` is strict UTF-8 decoded, without BOM, line ends as LF, not normalised otherwise.
    ``kind`` is the strongest kind of its passages; ``kind_declared`` tells that somebody named the
    kind (an option, ``texts.csv`` or a case), not just the form of the file. ``licence`` is an
    SPDX id, ``own`` or None for unknown.
    """

    content: str
    kind: TextKind
    passages: tuple[Passage, ...]
    annotations: tuple[Annotation, ...]
    licence: str | None = None
    kind_declared: bool = False
    format: str = ""
    where: Where = NOWHERE
    findings: tuple[Finding, ...] = ()
    relations: tuple[Relation, ...] = ()

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the content as UTF-8, in hexadecimal."""
        return hashlib.sha256(self.content.encode("utf-8")).hexdigest()

    @property
    def length(self) -> int:
        """Return the length in code points."""
        return len(self.content)

    @property
    def lines_before(self) -> int:
        """Return how many lines of its file stand before the text, where there are other papers."""
        return (self.where.line or 1) - 1

    def kind_at(self, start: int) -> TextKind:
        """Return the kind of the passage that holds a position; outside all: the weakest kind."""
        for passage in self.passages:
            if passage.start <= start < passage.end:
                return passage.kind
        return weakest(passage.kind for passage in self.passages) if self.passages else self.kind

    def restated(self) -> "Text":
        """Return the text with no passage shown as the paper's own words."""
        kind = TextKind.RESTATEMENT
        passages = tuple(replace(passage, kind=kind) for passage in self.passages)
        return replace(self, kind=kind, kind_declared=True, passages=passages)


_STRENGTH = (TextKind.VERBATIM, TextKind.RESTATEMENT, TextKind.MACHINE_SUMMARY)


def weakest(kinds: Iterable[TextKind]) -> TextKind:
    """Return the kind furthest from the paper's own words; nothing known counts as a summary."""
    return max(kinds, key=_STRENGTH.index, default=TextKind.MACHINE_SUMMARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """An author as the source names them, with the ORCID id where known.

    ``affiliations`` are as written; ``collective`` tells that it is a group of people.
    """

    name: str
    orcid: EntityId | None = None
    affiliations: tuple[str, ...] = ()
    collective: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper, with every pinned text of it that was read.

    ``id`` is the PMCID, else the PMID, else the DOI, else the footer's pattern, else the file
    stem. ``issued`` is a year, year-month or date as given (ISO 8601). ``names`` are other ids
    under which a case may refer to it. ``records`` are what indexes of papers say of it.
    """

    id: str
    identifiers: tuple[EntityId, ...] = ()
    title: str | None = None
    authors: tuple[Author, ...] = ()
    authors_complete: bool = True
    journal: str | None = None
    issued: str | None = None
    source_url: str | None = None
    names: tuple[str, ...] = ()
    texts: tuple[Text, ...] = ()
    findings: tuple[Finding, ...] = ()
    records: tuple[IndexRecord, ...] = ()

    def identifier(self, prefix: str) -> EntityId | None:
        """Return the paper's identifier of one kind (``DOI``, ``PMID``, ``PMC``)."""
        return next((i for i in self.identifiers if i.prefix == prefix), None)
