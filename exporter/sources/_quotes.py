"""Where the quotes of a case stand in the texts that were read, and whose words they may be."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from exporter.errors import Where
from exporter.model.case import Case, EvidenceItem
from exporter.model.document import Document, Text, TextKind, weakest
from exporter.model.evidence import Place, PlacedEvidence
from exporter.model.findings import Finding, Level
from exporter.sources._case_remarks import line_in, path_text

_LOOK_ALIKES = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\n\t\u00a0\u2009\u202f", " "),
    }
)
_FEWEST_WORDS = 3


def place_evidence(
    case: Case, documents: "Iterable[Document] | Shelf"
) -> tuple[tuple[PlacedEvidence, ...], tuple[Finding, ...]]:
    """Return every evidence item of a case with all places of its quote, and what was not found.

    In each text of its document a quote is looked for in the section that it names, and only if it
    does not stand there in the whole text. A quote in none of the texts is an error; a document
    that was not read is a note. For many cases, make one ``Shelf`` of the documents and give that.
    """
    shelf = documents if isinstance(documents, Shelf) else Shelf(documents)
    placed, findings = [], list[Finding]()
    for index, item in enumerate(case.evidence):
        places, found = _placed(case, index, shelf)
        kind = weakest((case.text_kind, *(place.kind for place in places)))
        placed.append(PlacedEvidence(item=item, kind=kind, places=places))
        findings += found
    return tuple(placed), tuple(_each_document_once(findings))


class Shelf:
    """Documents by every name under which a case may refer to them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_name: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            for name in dict.fromkeys(_names(document)):
                self._by_name[name].append(document)

    def called(self, item: EvidenceItem, case: Case) -> list[Document]:
        """Return the documents that an evidence item means, that of the case also by its DOI."""
        found = self._by_name.get(item.document.casefold(), [])
        if not found and item.document == case.source.document and case.source.doi is not None:
            return self._by_name.get(f"doi:{case.source.doi}".casefold(), [])
        return found

    def source_of(self, case: Case) -> Document | None:
        """Return the document that a case was read in, by its name or its DOI, if it is loaded."""
        names = (case.source.document, f"doi:{case.source.doi}" if case.source.doi else "")
        found = (self._by_name.get(name.casefold(), []) for name in names)
        return next((documents[0] for documents in found if documents), None)


def _names(document: Document) -> Iterator[str]:
    yield document.id.casefold()
    for name in document.names:
        yield name.casefold()
    for identifier in document.identifiers:
        yield identifier.curie.casefold()
        yield f"{identifier.prefix}{identifier.local}".casefold()
        if not identifier.local.isdigit():
            yield identifier.local.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The places of a quote in one text, and whether they are in the section that it names."""

    starts: tuple[int, ...]
    in_section: bool


def _placed(case: Case, index: int, shelf: Shelf) -> tuple[tuple[Place, ...], list[Finding]]:
    item = case.evidence[index]
    if item.quote is None:
        return (), []
    documents = shelf.called(item, case)
    where = _where(case, index)
    texts = [(document, text) for document in documents for text in document.texts]
    if not texts:
        return (), [_not_loaded(item, where)]
    places: list[Place] = []
    elsewhere: list[str] = []
    for document, text in texts:
        found = _find(item.quote, item.section, text)
        places += [_place(document, text, start, item.quote) for start in found.starts]
        if not found.in_section:
            elsewhere += [_section_at(text, start) for start in found.starts]
    if not places:
        return (), [_not_found(item, [text for _, text in texts], where)]
    wrong_section = len(elsewhere) == len(places) and item.section is not None
    findings = [_other_section(item, elsewhere, where)] if wrong_section else []
    return tuple(dict.fromkeys(places)), findings


def _find(quote: str, section: str | None, text: Text) -> _Found:
    starts = tuple(_occurrences(quote, text.content))
    wanted = " ".join((section or "").split()).casefold()
    inside = tuple(
        start
        for start in starts
        if any(
            passage.section.casefold() == wanted
            and passage.start <= start
            and start + len(quote) <= passage.end
            for passage in text.passages
        )
    )
    return _Found(starts=inside or starts, in_section=bool(inside))


def _occurrences(quote: str, content: str) -> Iterator[int]:
    start = content.find(quote)
    while start >= 0:
        yield start
        start = content.find(quote, start + len(quote))


def _place(document: Document, text: Text, start: int, quote: str) -> Place:
    return Place(
        document=document.id,
        text_sha256=text.sha256,
        start=start,
        end=start + len(quote),
        exact=quote,
        kind=_kind(text, start, start + len(quote)),
    )


def _kind(text: Text, start: int, end: int) -> TextKind:
    """Return whose words a stretch holds; one that leaves its passage holds the weakest of all."""
    inside = [each.kind for each in text.passages if each.start <= start and end <= each.end]
    if inside or not text.passages:
        return inside[0] if inside else text.kind
    return weakest(each.kind for each in text.passages)


def _section_at(text: Text, start: int) -> str:
    return next(
        (passage.section for passage in text.passages if passage.start <= start < passage.end),
        "no section",
    )


def _where(case: Case, index: int, key: str = "quote") -> Where:
    path = ("evidence", index, key)
    return Where(file=case.where.file, line=line_in(case, path), field=path_text(path))


def _not_loaded(item: EvidenceItem, where: Where) -> Finding:
    return Finding(
        level=Level.NOTE,
        code="document-not-loaded",
        message=f"the document {item.document!r} was not read, so its quotes were not looked up",
        where=where,
        value=item.document,
        hint="name its file, too",
    )


def _each_document_once(findings: list[Finding]) -> Iterator[Finding]:
    told: set[str] = set()
    for finding in findings:
        if finding.code == "document-not-loaded":
            if finding.value in told:
                continue
            told.add(finding.value)
        yield finding


def _other_section(item: EvidenceItem, sections: list[str], where: Where) -> Finding:
    found = ", ".join(dict.fromkeys(sections))
    return Finding(
        level=Level.WARNING,
        code="quote-in-other-section",
        message=f"the quote does not stand in {item.section!r}, but in {found}",
        where=where,
        value=item.quote or "",
        hint=f"write section: {sections[0]}",
    )


def _not_found(item: EvidenceItem, texts: Sequence[Text], where: Where) -> Finding:
    quote = item.quote or ""
    return Finding(
        level=Level.ERROR,
        code="quote-not-found",
        message=f"the quote stands in no text of {item.document!r}: {_short(quote)!r}",
        where=where,
        value=quote,
        hint=next(filter(None, (_closest(quote, text) for text in texts)), "")
        or "copy the words of the text exactly, or write quote: null and a statement",
    )


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}\u2026"


def _closest(quote: str, text: Text) -> str:
    """Say where the text has the same words in another spelling, or how far it has them."""
    plain, wanted = _plain(text.content), _plain(quote)
    start = plain.find(wanted)
    place = f"{text.where.file or 'the text'}:{{line}}"
    if start >= 0:
        line = text.content.count("\n", 0, start) + 1
        words = text.content[start : start + len(quote)]
        return f"{place.format(line=line)} has {_short(words)!r}: copy it exactly"
    parts = wanted.split(" ")
    count = bisect_right(range(1, len(parts) + 1), 0, key=lambda n: _missing(parts[:n], plain))
    if count < _FEWEST_WORDS:
        return ""
    start = plain.find(" ".join(parts[:count]))
    line = text.content.count("\n", 0, start) + 1
    after = text.content[start : start + len(" ".join(parts[: count + 3]))]
    return f"{place.format(line=line)} has {_short(after)!r}: the words differ after {count} words"


def _plain(text: str) -> str:
    """Return a text of the same length in which look-alikes are alike."""
    folded = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return folded.translate(_LOOK_ALIKES)


def _missing(words: Sequence[str], text: str) -> int:
    return int(" ".join(words) not in text)
