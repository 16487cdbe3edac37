"""What cases say of the kind of the texts that they quote: it can lower a kind, never raise it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from exporter.errors import Where
from exporter.model.case import Case
from exporter.model.document import Document, Text, TextKind, weakest
from exporter.model.findings import Finding, Level
from exporter.sources._case_remarks import line_in, path_text
from exporter.sources._quotes import Shelf


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
