"""YAML is read as plain nodes; what has a meaning beyond plain text is refused with its place."""

import pytest

from exporter.errors import InputError, Where
from exporter.sources._yaml import DEEPEST, compose

REFUSED = {
    "alias": ("a: &x 1\nb: *x\n", "yaml-alias", (1, 4)),
    "merge": ("a: {b: 1}\n<<: {c: 2}\n", "yaml-alias", (2, 1)),
    "tag": ("a: !!python/name:os.system x\n", "yaml-tag", (1, 4)),
    "twice": ("a: 1\nb: 2\na: 3\n", "duplicate-key", (3, 1)),
    "number-as-key": ("1: a\n", "yaml-key", (1, 1)),
    "record-as-key": ("? [a]\n: 1\n", "yaml-key", (1, 3)),
    "second": ("a: 1\n---\nb: 2\n", "yaml-syntax", (3, 1)),
    "deep": ("[" * (DEEPEST + 1), "too-deep", (1, DEEPEST + 1)),
    "escape": ("a: 1\nb: \x1b[31m\n", "unprintable", (2, 4)),
    "escaped-escape": ('a: "\\e[31m"\n', "unprintable", (1, 4)),
    "half-character": ('a: "\\ud800"\n', "yaml-syntax", (1, 7)),
    "lost": ("a: 1\nb: caf\ufffd\n", "lost-character", (2, 7)),
    "escaped-lost": ('a: "caf\\ufffd"\n', "unprintable", (1, 4)),
    "version": ("%YAML 9.9\n---\na: 1\n", "yaml-syntax", (1, 1)),
    "tab": ("a:\n\tb: 1\n", "yaml-syntax", (2, 1)),
    "nothing": ("# only a remark\n", "empty-file", (1, 1)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_plain_is_refused_with_place_and_hint(name: str) -> None:
    text, code, (line, column) = REFUSED[name]
    with pytest.raises(InputError) as refusal:
        compose(text.encode(), Where(file="a.yaml"))
    assert refusal.value.code == code
    assert refusal.value.where == Where(file="a.yaml", line=line, column=column)
    assert refusal.value.hint


@pytest.mark.parametrize("text", ['a: "\\u00e9\\U0001f600"\n', "a: '<< & * ! \u202e'\n"])
def test_letters_of_any_script_and_marks_inside_quotes_are_text(text: str) -> None:
    compose(text.encode(), Where(file="a.yaml"))


def test_nesting_without_end_is_too_deep_whoever_finds_it() -> None:
    with pytest.raises(InputError) as refusal:
        compose(b"[" * 100_000, Where(file="a.yaml"))
    assert refusal.value.code == "too-deep"
