"""What an index of papers, such as PubMed, says of a paper: never what the paper itself says."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from exporter.model.identifiers import EntityId
from exporter.resources import data


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier:
    """An aspect of a heading (``drug therapy``) and whether it is a main topic of the paper."""

    name: str
    concept: EntityId | None = None
    major: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A subject heading that an indexer gave a paper, with its aspects."""

    name: str
    concept: EntityId | None = None
    major: bool = False
    qualifiers: tuple[Qualifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Substance:
    """A substance that an indexer found in a paper; the registry's number is as written."""

    name: str
    concept: EntityId | None = None
    registry_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationType:
    """What kind of publication an indexer calls a paper; ``design`` is the study design of ours."""

    name: str
    concept: EntityId | None = None
    design: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A link to another publication about a paper, such as a retraction or a correction.

    ``kind`` is as the index writes it (``RetractionIn``): with ``In`` the paper is concerned, with
    ``Of``, ``On``, ``For`` or ``From`` it concerns the other one.
    """

    kind: str
    paper: EntityId | None = None
    citation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A word for what a paper is about; without an ``owner`` it is the authors' own."""

    text: str
    owner: str = ""
    major: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Who paid for the work, as far as the index says."""

    number: str = ""
    agency: str = ""
    acronym: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRecord:
    """The record of a paper in an index, in one version.

    ``revised`` is an ISO 8601 date, ``status`` and ``method`` (of indexing) are as written.
    ``withdrawn`` tells that the index took the record out.
    """

    index: str
    version: int = 1
    revised: str = ""
    status: str = ""
    method: str = ""
    withdrawn: bool = False
    headings: tuple[Heading, ...] = ()
    substances: tuple[Substance, ...] = ()
    types: tuple[PublicationType, ...] = ()
    notices: tuple[Notice, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    grants: tuple[Grant, ...] = ()

    @property
    def standings(self) -> tuple[str, ...]:
        """Return what became of the paper, sorted: ``retracted``, ``concern``, ``withdrawn``."""
        kinds = notice_kinds()
        found = {kinds[each.kind].standing for each in self.notices if each.kind in kinds}
        types = {each.concept.local for each in self.types if each.concept}
        found |= {"retracted"} if _RETRACTED_PUBLICATION in types else set()
        found |= {"withdrawn"} if self.withdrawn else set()
        return tuple(sorted(found - {""}))


_RETRACTED_PUBLICATION = "D016441"


def newest(records: Iterable[IndexRecord]) -> tuple[IndexRecord, ...]:
    """Return the newest record of each index, by version and date; a withdrawal is kept beside it.

    A withdrawal has no date, so that it does not tell whether the record came back later.
    """
    found: dict[tuple[str, bool], IndexRecord] = {}
    for record in records:
        key = (record.index, record.withdrawn)
        found[key] = max(found.get(key, record), record, key=_age)
    return tuple(record for _, record in sorted(found.items()))


def _age(record: IndexRecord) -> tuple[int, str, str]:
    return record.version, record.revised, repr(record)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """What a kind of notice means: its relation of CiTO and the standing that it gives a paper."""

    relation: str = ""
    standing: str = ""


@cache
def notice_kinds() -> Mapping[str, NoticeKind]:
    """Return every kind of notice of ``ontology/notice-kinds.csv`` by its name in the index."""
    return MappingProxyType(
        {
            row["kind"]: NoticeKind(relation=row["relation"], standing=row["standing"])
            for row in _rows("notice-kinds.csv")
        }
    )


@cache
def designs_of_types() -> Mapping[str, str]:
    """Return the study design that each publication type of MeSH stands for, by its CURIE."""
    return MappingProxyType(
        {
            curie: row["id"]
            for row in _rows("study-designs.csv")
            for curie in filter(None, row["mesh"].split("|"))
        }
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (data("ontology") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
