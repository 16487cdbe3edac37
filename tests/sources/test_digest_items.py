"""Entity items are split at commas outside brackets, whatever stands inside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.errors import ExporterError, Where
from exporter.model.document import Document
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Record, Settings, parse

LETTERS = "abcXYZ -@/'.\N{GREEK SMALL LETTER ALPHA}"
WORD = st.text(st.sampled_from(LETTERS), min_size=1, max_size=8).filter(
    lambda word: word.strip() == word
)
PAIRS = ["()", "[]", "{}", "（）", "［］", "｛｝"]  # noqa: RUF001
NESTED = st.recursive(
    WORD,
    lambda inner: st.builds(
        lambda parts, pair: f"{pair[0]}{', '.join(parts)}{pair[1]}",
        st.lists(inner, min_size=1, max_size=3),
        st.sampled_from(PAIRS),
    ),
    max_leaves=6,
)
ITEM = st.builds(lambda word, groups: " ".join([word, *groups]), WORD, st.lists(NESTED, max_size=3))


def labels(items: str) -> list[str]:
    content = f"# T\n\nPMC\n\n## Linked entities\n\n- **Genes:** {items}\n"
    found = parse(
        Record(reader="digest", where=Where(file="a.md"), content=content.encode(), name="a"),
        Settings(namespaces=bundled_namespaces()),
    )
    assert isinstance(found, Document)
    return [annotation.label for annotation in found.texts[0].annotations]


@given(st.lists(ITEM, min_size=1, max_size=6))
def test_every_item_becomes_one_annotation_whatever_its_brackets_hold(items: list[str]) -> None:
    found = labels(", ".join(items))
    assert len(found) == len(items)
    assert all(item.startswith(label) for item, label in zip(items, found, strict=True))


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail_in_an_unexpected_way(text: str) -> None:
    content = f"# T\n\nPMC\n\n{text}\n\n## Linked entities\n\n- **Genes:** {text}\n".encode(
        errors="replace"
    )
    record = Record(reader="digest", where=Where(file="a.md"), content=content, name="a")
    try:
        found: object = parse(record, Settings(namespaces=bundled_namespaces()))
    except ExporterError as error:
        found = error.where
    assert isinstance(found, Document | Where)
    assert not isinstance(found, Where) or found.file == "a.md"


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("JAK1, TYK2,", ["JAK1", "TYK2"]),
        ("JAK1,TYK2", ["JAK1", "TYK2"]),
        ("1,25-dihydroxyvitamin D3, x", ["1,25-dihydroxyvitamin D3", "x"]),
        ("N,N-dimethylformamide, x", ["N,N-dimethylformamide", "x"]),
        ("1, 25-dihydroxyvitamin D3", ["1", "25-dihydroxyvitamin D3"]),
        ("c.463G>A, p.Val155Met", ["c.463G>A", "p.Val155Met"]),
        ("JDM(MONDO:0008054), p.(Val155Met)", ["JDM", "p.(Val155Met)"]),
        ("poly[I:C], IL-6 (IL-6:sIL-6R)", ["poly[I:C]", "IL-6"]),
    ],
)
def test_commas_and_brackets_of_names_are_told_from_those_of_the_list(
    items: str, expected: list[str]
) -> None:
    assert labels(items) == expected
