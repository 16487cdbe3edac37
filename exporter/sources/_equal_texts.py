"""One content read from several places: its kind, and who annotated it how."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from exporter.model.document import Text, TextKind, weakest
from exporter.model.findings import Finding, Level


def one_content(same: Sequence[Text]) -> tuple[list[Text], list[Finding]]:
    """Return the texts of one content that say something of their own, and what was noted.

    They all get the kind that somebody named, the weakest of these, and one licence. Annotators of
    one name who differ are told apart by what they say: ``PubTator file (5d41402a)``.
    """
    if len(same) == 1:
        return list(same), []
    by_statements: dict[str, list[Text]] = {}
    for text in _by_standing(same):
        by_statements.setdefault(_statements(text), []).append(text)
    silent = by_statements.pop("", [])
    kept = {key: texts[0] for key, texts in sorted(by_statements.items())} or {"": silent[0]}
    findings = [
        *_repetitions(same, list(kept.values())),
        *_several(list(kept.values())),
        *_conflict(same),
    ]
    shared = Counter(name for text in kept.values() for name in _annotators(text))
    told = [
        _told_apart(_with_relations_of(text, by_statements.get(key, [])), key, shared)
        for key, text in kept.items()
    ]
    return [_with_kind_of(text, same) for text in told], findings


def _by_standing(texts: Iterable[Text]) -> list[Text]:
    """Sort those first whose kind somebody named, of these the weakest."""
    strength = list(TextKind)
    return sorted(
        texts,
        key=lambda text: (not text.kind_declared, -strength.index(text.kind), repr(text.where)),
    )


def _statements(text: Text) -> str:
    """Return a hash of how a text is annotated, on whatever lines; nothing if nothing is said."""
    if not (text.annotations or text.relations):
        return ""
    said = [replace(annotation, line=None) for annotation in text.annotations]
    return hashlib.sha256(repr(said).encode("utf-8")).hexdigest()


def _annotators(text: Text) -> set[str]:
    annotating = {annotation.annotator for annotation in text.annotations}
    return annotating | {relation.annotator for relation in text.relations}


def _with_relations_of(text: Text, others: Iterable[Text]) -> Text:
    """Add the relations that others have who annotated alike; their lines are of other files."""
    own = {replace(relation, line=None): relation for relation in text.relations}
    more = (replace(relation, line=None) for other in others for relation in other.relations)
    relations = own | {
        relation: relation for relation in sorted(more, key=repr) if relation not in own
    }
    return replace(text, relations=tuple(relations.values()))


def _told_apart(text: Text, key: str, shared: Counter[str]) -> Text:
    names = {name: f"{name} ({key[:8]})" for name in _annotators(text) if shared[name] > 1}
    if not names:
        return text
    return replace(
        text,
        annotations=tuple(
            replace(each, annotator=names.get(each.annotator, each.annotator))
            for each in text.annotations
        ),
        relations=tuple(
            replace(each, annotator=names.get(each.annotator, each.annotator))
            for each in text.relations
        ),
    )


def _with_kind_of(text: Text, same: Sequence[Text]) -> Text:
    first, *_ = ordered = _by_standing(same)
    licence = next((each.licence for each in ordered if each.licence), None)
    return replace(
        text,
        kind=first.kind,
        kind_declared=first.kind_declared,
        passages=first.passages,
        licence=licence,
    )


def _repetitions(same: Sequence[Text], kept: Sequence[Text]) -> list[Finding]:
    first = kept[0].where
    return [
        Finding(
            level=Level.NOTE,
            code="duplicate-text",
            message=f"the same text as {first}, and nothing new is said of it; it counts once",
            where=text.where,
        )
        for text in same
        if not any(text is other for other in kept)
    ]


def _several(kept: Sequence[Text]) -> list[Finding]:
    return [
        Finding(
            level=Level.NOTE,
            code="annotated-twice",
            message=f"the same text as {kept[0].where}, but annotated differently; both are kept",
            where=text.where,
        )
        for text in kept[1:]
    ]


def _conflict(same: Sequence[Text]) -> list[Finding]:
    declared = {text.kind for text in same if text.kind_declared}
    if len(declared) < 2:
        return []
    return [
        Finding(
            level=Level.WARNING,
            code="text-kind-conflict",
            message=f"one text is called {' and '.join(sorted(declared))}",
            where=_by_standing(same)[0].where,
            value=weakest(declared),
        )
    ]
