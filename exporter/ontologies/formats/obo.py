"""OBO files, read term by term without holding the file."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from exporter.ontologies.stanzas import Stanza, Wanted, opened
from exporter.ontologies.terms import Scope, Synonym

_SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)" (EXACT|BROAD|NARROW|RELATED)')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "W": " "}


def read_header(path: Path) -> dict[str, str]:
    """Return the tags before the first term; of a tag that stands twice the first."""
    header: dict[str, str] = {}
    with opened(path) as lines:
        for line in lines:
            if line.startswith("["):
                break
            tag, colon, value = line.rstrip("\r\n").partition(": ")
            if colon:
                header.setdefault(tag, value)
    return header


def data_version(path: Path) -> str:
    """Return the release that the file names, as written."""
    return read_header(path).get("data-version", "")


def read(path: Path, _options: Any, wanted: Wanted) -> Iterator[Stanza]:
    """Yield the wanted terms of the file; relation types and instances are not terms."""
    with opened(path) as lines:
        tags: list[tuple[str, str]] | None = None
        for line in lines:
            text = line.rstrip("\r\n")
            if text.startswith("["):
                yield from _stanza(tags, wanted)
                tags = [] if text == "[Term]" else None
            elif tags is not None and ": " in text:
                tag, _, value = text.partition(": ")
                tags.append((tag, value))
        yield from _stanza(tags, wanted)


def _stanza(tags: list[tuple[str, str]] | None, wanted: Wanted) -> Iterator[Stanza]:
    values: dict[str, list[str]] = {}
    for tag, value in tags or ():
        values.setdefault(tag, []).append(value)
    if "id" not in values or not wanted(_bare(values["id"][0])):
        return
    yield Stanza(
        id=_bare(values["id"][0]),
        label=_unescaped(values.get("name", [""])[0]),
        synonyms=tuple(_synonyms(values.get("synonym", ()))),
        parents=tuple(_bare(value) for value in values.get("is_a", ())),
        obsolete=values.get("is_obsolete", [""])[0].startswith("true"),
        replaced_by=_bare(values.get("replaced_by", [""])[0]),
        consider=tuple(_bare(value) for value in values.get("consider", ())),
        relations=tuple(_relations(values.get("relationship", ()))),
        xrefs=tuple(value.split(" ", 1)[0] for value in values.get("xref", ())),
    )


def _bare(value: str) -> str:
    """Drop the comment with the label (``! …``) and the qualifiers (``{…}``)."""
    return value.split(" ", 1)[0].partition("{")[0]


def _synonyms(values: Iterable[str]) -> Iterator[Synonym]:
    for value in values:
        match = _SYNONYM.match(value)
        if match:
            yield Synonym(_unescaped(match[1]), Scope(match[2].lower()))


def _relations(values: Iterable[str]) -> Iterator[tuple[str, str]]:
    for value in values:
        name, _, target = value.partition(" ")
        yield name, _bare(target)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text)


READ = read
