"""How much of a text is written out: all of it only where its licence allows that."""

import re
from collections.abc import Iterator
from enum import StrEnum

from rdflib import URIRef

from exporter.model.document import Text
from exporter.model.licences import licences
from exporter.rdf.terms import Triple, iri, text_literal
from exporter.rdf.vocabulary import DCTERMS

LONGEST_QUOTE = 300
"""Code points of the longest quote from a text that may not be written in full."""

_FREE = re.compile(r"own|CC0-1\.0|CC-BY-\d\.\d(?:-[A-Z]{2,3})?")
_WEB = re.compile(r"https?://\S+")


class TextMode(StrEnum):
    """What is asked for: texts in full where allowed, quotes only, or neither of the two."""

    FULL = "full"
    QUOTES = "quotes"
    NONE = "none"


def in_full(text: Text, mode: TextMode) -> bool:
    """Tell whether the whole content is written; an unknown licence does not allow it.

    Allowed are our own words, CC0 and CC BY (not its NC, ND and SA variants).
    """
    allowed = text.licence is not None and _FREE.fullmatch(text.licence) is not None
    return mode is TextMode.FULL and allowed


def quoted(words: str, text: Text, mode: TextMode) -> str | None:
    """Return the words if they may be written, else None; a quote is never shortened."""
    if mode is TextMode.NONE:
        return None
    return words if in_full(text, mode) or len(words) <= LONGEST_QUOTE else None


def licence_facts(node: URIRef, licence: str) -> Iterator[Triple]:
    """Yield the licence of something: as an IRI where it is one or an SPDX id, else its words."""
    found = licence_iri(licence)
    if found is None:
        yield node, DCTERMS.rights, text_literal(licence)
    else:
        yield node, DCTERMS.license, found


def licence_iri(licence: str) -> URIRef | None:
    """Return the IRI of a licence that we know, or the web address that it is; None for words.

    >>> str(licence_iri("CC-BY-4.0"))
    'https://creativecommons.org/licenses/by/4.0/'
    """
    if (known := licences().get(licence)) is not None:
        return URIRef(known)
    return iri(licence) if _WEB.fullmatch(licence) is not None else None
