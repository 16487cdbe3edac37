"""The terms of statements, checked strictly when they are made: rdflib itself is lenient."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

import pyoxigraph
from rdflib import Literal, URIRef

from exporter.errors import InputError
from exporter.model.identifiers import EntityId
from exporter.rdf.vocabulary import XSD

Triple = tuple[URIRef, URIRef, URIRef | Literal]
"""Subject, predicate and object."""

Quad = tuple[URIRef, URIRef, URIRef | Literal, URIRef]
"""Subject, predicate, object and the name of the graph."""

_HEAD = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://[^/?#]*)?")
_ASCII = "!$&'()*+,;=:@/?#._~0-9A-Za-z-"
# RFC 3987's letters without the marks that turn the direction of what is shown.
_LETTERS = (
    "\u00a0-\u200d\u2010-\u2027\u2030-\u2065\u206a-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000dffff"
)
_NOT_IN_IRI = re.compile(rf"%(?![0-9A-Fa-f]{{2}})|[^%{_ASCII}{_LETTERS}]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_DATES = {
    re.compile(r"\d{4}-\d{2}-\d{2}"): (XSD.date, ""),
    re.compile(r"\d{4}-\d{2}"): (XSD.gYearMonth, "-01"),
    re.compile(r"\d{4}"): (XSD.gYear, "-01-01"),
}


def in_graph(graph: URIRef, triples: Iterable[Triple]) -> Iterator[Quad]:
    """Yield the triples as statements of one graph."""
    for subject, predicate, value in triples:
        yield subject, predicate, value, graph


def iri(text: str) -> URIRef:
    """Return an absolute IRI; what no IRI may hold behind its authority is percent-encoded.

    Encoded are spaces, brackets, controls, direction marks and the like. Refused (``InputError``)
    are a missing scheme, a malformed authority and half characters (lone surrogates).

    >>> str(iri("https://doi.org/10.1002/a<1::b>2"))
    'https://doi.org/10.1002/a%3C1::b%3E2'
    """
    if text.isascii() and _is_iri(text):
        return URIRef(text)
    head = _HEAD.match(text)
    if head is None:
        raise _refused(f"{text!r} is not an absolute IRI", "begin it with a scheme, as in https://")
    whole = head.group() + _NOT_IN_IRI.sub(_percent_encoded, text[head.end() :])
    if not _is_iri(whole):
        raise _refused(f"{text!r} is not an IRI", "write it as in https://example.org/id")
    return URIRef(whole)


def _is_iri(text: str) -> bool:
    try:
        pyoxigraph.NamedNode(text)
    except ValueError:
        return False
    return True


def entity_iri(entity: EntityId) -> URIRef:
    """Return the IRI of a concept or paper; of a DOI in lower case, since case means nothing.

    What a DOI has behind ``#`` or ``?`` is part of its name, and no fragment or query.
    """
    if entity.prefix != "DOI":
        return iri(entity.iri)
    return iri(entity.iri.lower().replace("#", "%23").replace("?", "%3F"))


def text_literal(text: str, language: str | None = None) -> Literal:
    """Return a string, with a language tag if one is given; half characters are refused."""
    _encoded(text)
    if language is None:
        return Literal(text)
    if _LANGUAGE.fullmatch(language) is None:
        raise _refused(f"{language!r} is not a language tag", "write it as in en or pt-BR")
    return Literal(text, lang=language.lower())


def integer(number: int) -> Literal:
    """Return an ``xsd:integer``, never one of its subtypes: stores treat those differently."""
    return Literal(str(int(number)), datatype=XSD.integer, normalize=False)


def decimal(number: Decimal) -> Literal:
    """Return an ``xsd:decimal`` with the digits as given and no exponent.

    >>> decimal(Decimal("1.50")).n3()
    '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    if not number.is_finite():
        raise _refused(f"{number} is not a decimal number")
    return Literal(format(number, "f"), datatype=XSD.decimal, normalize=False)


def date_literal(text: str) -> Literal:
    """Return a date, year-month or year as the XML Schema type of its precision.

    >>> date_literal("2020-08").datatype
    rdflib.term.URIRef('http://www.w3.org/2001/XMLSchema#gYearMonth')
    """
    for pattern, (datatype, rest) in _DATES.items():
        if pattern.fullmatch(text) and text.isascii() and _in_calendar(text + rest):
            return Literal(text, datatype=datatype, normalize=False)
    raise _refused(f"{text!r} is not a date", "write 2026-01-15, 2026-01 or 2026")


def boolean(value: bool) -> Literal:
    """Return an ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=XSD.boolean, normalize=False)


def _in_calendar(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _percent_encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in _encoded(match.group()))


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as problem:
        half = text[problem.start]
        raise _refused(
            f"a text holds half a character (U+{ord(half):04X})",
            "write characters beyond U+FFFF whole, not as two escapes of which one is missing",
        ) from None


def _refused(problem: str, hint: str = "") -> InputError:
    return InputError(problem, code="E130", hint=hint)
