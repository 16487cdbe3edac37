"""The words that a case rests on: whose words they are, and where in a pinned text they stand."""

import hashlib
from collections.abc import Iterator

from rdflib import URIRef

from exporter.model.document import Text, TextKind
from exporter.model.evidence import Place, PlacedEvidence
from exporter.rdf._case_frame import Cell, Frame, Setting, child
from exporter.rdf.quoting import LONGEST_QUOTE, TextMode, quoted
from exporter.rdf.terms import Triple, integer, text_literal
from exporter.rdf.vocabulary import LC, OA, RDF, term

# Only the first is the authors' own wording; no property holds quotes of every kind.
_WHOSE_WORDS = {
    TextKind.VERBATIM: LC.authorsWords,
    TextKind.RESTATEMENT: LC.restatedWords,
    TextKind.MACHINE_SUMMARY: LC.summaryWords,
}


def quote_triples(cell: Cell, setting: Setting) -> Iterator[Triple]:
    """Yield a quote by the property of whose words it is, with its places.

    Words that may not be written are replaced by their length and hash.
    """
    node, words = cell.subject, cell.value
    placed = _placed(cell.frame, setting)
    is_written = _may_be_written(words, placed, setting)
    if is_written:
        yield node, _whose_words(placed), text_literal(words)
    else:
        sha256 = hashlib.sha256(words.encode("utf-8", errors="surrogatepass")).hexdigest()
        yield node, LC.exactLength, integer(len(words))
        yield node, LC.exactSha256, text_literal(sha256)
    for number, place in enumerate(placed.places):
        target = child(node, "place", str(number))
        yield node, LC.hasPlace, target
        yield from _place(target, place, setting)
        if is_written:
            yield from _exact(target, place)


def _whose_words(placed: PlacedEvidence) -> URIRef:
    """Return the property of a quote; the authors' are only words that a text was seen to hold."""
    if placed.kind is TextKind.VERBATIM and not placed.places:
        return LC.uncheckedWords
    return _WHOSE_WORDS[placed.kind]


def kind_triples(frame: Frame, setting: Setting) -> Iterator[Triple]:
    """Yield the text kind of an item; what a curator states is never the authors' wording."""
    kind = _placed(frame, setting).kind
    if frame.value.quote is None and kind is TextKind.VERBATIM:
        kind = TextKind.RESTATEMENT
    yield frame.node, LC.textKind, term(kind.value)


def _placed(frame: Frame, setting: Setting) -> PlacedEvidence:
    for placed in setting.sources.evidence:
        if placed.item == frame.value:
            return placed
    return PlacedEvidence(item=frame.value, kind=setting.case.text_kind)


def _may_be_written(words: str, placed: PlacedEvidence, setting: Setting) -> bool:
    mode = setting.sources.mode
    texts = [_text_of(place, setting) for place in placed.places]
    known = [text for text in texts if text is not None]
    if not known or len(known) < len(texts):
        return mode is not TextMode.NONE and len(words) <= LONGEST_QUOTE
    return all(quoted(words, text, mode) is not None for text in known)


def _text_of(place: Place, setting: Setting) -> Text | None:
    paper = setting.sources.paper
    texts = () if paper is None else paper.texts
    return next((text for text in texts if text.sha256 == place.text_sha256), None)


def _place(node: URIRef, place: Place, setting: Setting) -> Iterator[Triple]:
    position = child(node, "position")
    yield node, RDF.type, OA.SpecificResource
    yield node, OA.hasSource, setting.iris.text(place.document, place.text_sha256)
    yield node, LC.textKind, term(place.kind.value)
    yield node, OA.hasSelector, position
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, integer(place.start)
    yield position, OA.end, integer(place.end)


def _exact(node: URIRef, place: Place) -> Iterator[Triple]:
    quote = child(node, "quote")
    yield node, OA.hasSelector, quote
    yield quote, RDF.type, OA.TextQuoteSelector
    yield quote, OA.exact, text_literal(place.exact)
