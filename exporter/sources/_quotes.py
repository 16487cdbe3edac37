"""Where the quotes of a case stand in the texts that were read, and whose words they may be."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

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
    case: Case, documents: Iterable[Document]
) -> tuple[tuple[PlacedEvidence, ...], tuple[Finding, ...]]:
    """Return every evidence item of a case with all places of its quote, and what was not found.

    In each text of its document a quote is looked for in the section that it names, and only if it
    does not stand there in the whole text. A quote in none of the texts is an error; a document
    that was not read is a note.
    """
    shelf = Shelf(documents)
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
        kind=text.kind_at(start),
    )


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
    words = wanted.split(" ")
    count = bisect_right(range(1, len(words) + 1), 0, key=lambda n: _missing(words[:n], plain))
    if count < _FEWEST_WORDS:
        return ""
    start = plain.find(" ".join(words[:count]))
    line = text.content.count("\n", 0, start) + 1
    after = text.content[start : start + len(" ".join(words[: count + 3]))]
    return f"{place.format(line=line)} has {_short(after)!r}: the words differ after {count} words"


def _plain(text: str) -> str:
    """Return a text of the same length in which look-alikes are alike."""
    folded = "".join(
        letter.lower() if len(letter.lower()) == 1 else letter for letter in text
    )
    return folded.translate(_LOOK_ALIKES)


def _missing(words: Sequence[str], text: str) -> int:
    return int(" ".join(words) not in text)


def declared_restatements(
    documents: Iterable[Document], cases: Iterable[Case]
) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """Return the documents with texts lowered to what the cases that quote them say they are.

    Only the kind that the form of a file suggests is lowered, never one that somebody declared,
    and none is ever raised. Of several texts of a paper those with the most quotes are meant.
    """
    documents = list(documents)
    shelf = Shelf(documents)
    lowered: dict[str, tuple[TextKind, Case]] = {}
    findings: list[Finding] = []
    for case in sorted(cases, key=lambda case: (case.case_id, str(case.where))):
        for text in _quoted_texts(case, shelf):
            if text.kind_declared:
                findings += _conflict(case, text)
            elif weakest((text.kind, case.text_kind)) != text.kind:
                known = lowered.get(text.sha256, (case.text_kind, case))
                kind = weakest((known[0], case.text_kind))
                lowered[text.sha256] = (kind, known[1] if kind == known[0] else case)
    return (
        tuple(_lowered(document, lowered) for document in documents),
        (*findings, *_notes(documents, lowered)),
    )


def _quoted_texts(case: Case, shelf: Shelf) -> Iterator[Text]:
    counts: dict[str, int] = defaultdict(int)
    texts: dict[str, Text] = {}
    rivals: dict[str, set[str]] = {}
    for item in case.evidence:
        if item.quote is None:
            continue
        for document in shelf.called(item, case):
            for text in document.texts:
                if item.quote in text.content:
                    texts[text.sha256] = text
                    counts[text.sha256] += 1
                    rivals.setdefault(document.id, set()).add(text.sha256)
    for _, hashes in sorted(rivals.items()):
        most = max(counts[sha256] for sha256 in hashes)
        yield from (texts[sha256] for sha256 in sorted(hashes) if counts[sha256] == most)


def _conflict(case: Case, text: Text) -> Iterator[Finding]:
    if text.kind != case.text_kind and TextKind.VERBATIM in {text.kind, case.text_kind}:
        path = ("text_kind",)
        yield Finding(
            level=Level.WARNING,
            code="text-kind-conflict",
            message=f"the case calls its text {case.text_kind}, and {text.where} is declared"
            f" {text.kind}; quotes are shown as the weaker of the two",
            where=Where(file=case.where.file, line=line_in(case, path), field=path_text(path)),
            value=case.text_kind,
            hint="correct text_kind in the case, or what is declared of the text",
        )


def _lowered(document: Document, lowered: dict[str, tuple[TextKind, Case]]) -> Document:
    texts = tuple(
        _with_kind(text, lowered[text.sha256][0]) if text.sha256 in lowered else text
        for text in document.texts
    )
    return replace(document, texts=texts)


def _with_kind(text: Text, kind: TextKind) -> Text:
    if kind is TextKind.RESTATEMENT:
        return text.restated()
    passages = tuple(replace(passage, kind=kind) for passage in text.passages)
    return replace(text, kind=kind, kind_declared=True, passages=passages)


def _notes(
    documents: Iterable[Document], lowered: dict[str, tuple[TextKind, Case]]
) -> Iterator[Finding]:
    for document in documents:
        for text in document.texts:
            if text.sha256 in lowered:
                kind, case = lowered[text.sha256]
                yield Finding(
                    level=Level.NOTE,
                    code="text-kind-from-case",
                    message=f"the text is read as {kind}: the case {case.case_id} quotes it and"
                    " says so",
                    where=replace(text.where, document=document.id),
                    value=kind,
                )
