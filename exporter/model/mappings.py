"""Mappings between concepts of different vocabularies, with what they stand on."""

from dataclasses import dataclass

from exporter.model.identifiers import EntityId


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mapping:
    """One row of an SSSOM mapping set: ``subject`` predicate ``object``, with its reason.

    ``predicate`` is a SKOS mapping relation as a CURIE (``skos:exactMatch``), ``justification`` a
    ``semapv:`` term as a CURIE, ``source`` the mapping set and ``version`` its release.
    """

    subject: EntityId
    predicate: str
    object: EntityId
    justification: str
    source: str = ""
    version: str = ""
