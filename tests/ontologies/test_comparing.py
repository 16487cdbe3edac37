"""What changed between two releases, told from files as they are published."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml

from exporter.errors import InputError, UsageError
from exporter.model.identifiers import EntityId, bundled_namespaces
from exporter.ontologies.comparing import Change, Comparison, Kind, changes
from exporter.ontologies.installed import DATA_VARIABLE, IndexWriter, Release, index_path
from exporter.ontologies.releases.compared import ComparedRelease, opened_side, pairs
from exporter.ontologies.slices import read_slice
from exporter.ontologies.terms import Term

NAMES = bundled_namespaces()
CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "changes.yaml").read_text(encoding="utf-8")
)
FRAME = """\
id: MONDO:0000001
name: disease
---
id: MONDO:0000002
name: one sort
is_a: MONDO:0000001
---
id: MONDO:0000003
name: another sort
is_a: MONDO:0000001
"""


def obo(folder: Path, version: str, stanzas: str, ontology: str = "mondo") -> Path:
    path = folder / f"{version}.obo"
    head = f"format-version: 1.2\ndata-version: releases/{version}\nontology: {ontology}\n"
    terms = [text.strip() for text in stanzas.split("---")]
    blocks = [f"\n[Term]\n{text}\n" for text in terms if text]
    path.write_text(head + "".join(blocks), encoding="utf-8")
    return path


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def pair(stack: ExitStack, old: Path | str, new: Path | str) -> tuple[Any, Any]:
    sides = [stack.enter_context(opened_side(str(each), (), NAMES)) for each in (old, new)]
    (only,), _ = pairs(*sides)
    return only.old, only.new


def told(change: Change) -> str:
    words = [change.kind.value, change.id.curie]
    if change.replacement:
        words += ["replacement", change.replacement.id.curie]
    if change.new and change.new.consider:
        words += ["consider", *(each.curie for each in change.new.consider)]
    for key, entities in (("lost", change.lost), ("gained", change.gained)):
        words += [key, *(each.curie for each in entities)] if entities else []
    return " ".join([*words, *(name.text for name in change.names)])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_releases_differ_in_what_the_case_says(
    case: dict[str, Any], tmp_path: Path, stack: ExitStack
) -> None:
    old = obo(tmp_path, "2025-01-01", f"{FRAME}---\n{case['old']}")
    new = obo(tmp_path, "2026-01-01", f"{FRAME}---\n{case['new']}")
    found = [told(change) for change in changes(*pair(stack, old, new))]
    assert sorted(found) == sorted(case["expect"])


def test_every_kind_of_change_has_a_case_with_it() -> None:
    expected = {line.split(" ")[0] for case in CASES for line in case["expect"]}
    assert expected == {kind.value for kind in Kind} - {Kind.MOVED_ABOVE.value}


def test_changes_come_by_id_whatever_the_order_of_the_files(
    tmp_path: Path, stack: ExitStack
) -> None:
    one, two = "id: MONDO:0000010\nname: ill", "id: MONDO:0000011\nname: sick"
    old = obo(tmp_path, "2025-01-01", FRAME)
    new = obo(tmp_path, "2026-01-01", f"{two}---{one}---{FRAME}")
    found = [change.id.local for change in changes(*pair(stack, old, new))]
    assert found == ["0000010", "0000011"]


def around(old: Any, new: Any, curie: str) -> list[Change]:
    return [*Comparison(old, new).around(NAMES.parse(curie))]


def test_what_stands_above_a_term_may_change_though_it_does_not_move(
    tmp_path: Path, stack: ExitStack
) -> None:
    child = "id: MONDO:0000011\nname: sick\nis_a: MONDO:0000010"
    parent = "id: MONDO:0000010\nname: ill\nis_a: "
    old = obo(tmp_path, "2025-01-01", f"{FRAME}---{parent}MONDO:0000002---{child}")
    new = obo(tmp_path, "2026-01-01", f"{FRAME}---{parent}MONDO:0000003---{child}")
    releases = pair(stack, old, new)
    (change,) = around(*releases, "MONDO:0000011")
    assert change.kind is Kind.MOVED_ABOVE
    assert [each.local for each in change.lost_above] == ["0000002"]
    assert [each.local for each in change.gained_above] == ["0000003"]
    (moved,) = around(*releases, "MONDO:0000010")
    assert moved.kind is Kind.MOVED
    assert [each.local for each in moved.gained_above] == ["0000003"]
    assert around(*releases, "MONDO:0000002") == []


def test_a_parent_left_out_on_the_way_to_the_same_root_matters_to_nobody_above(
    tmp_path: Path, stack: ExitStack
) -> None:
    stanza = "id: MONDO:0000010\nname: ill\nis_a: MONDO:0000002\nis_a: MONDO:0000001"
    old = obo(tmp_path, "2025-01-01", f"{FRAME}---{stanza}")
    new = obo(tmp_path, "2026-01-01", f"{FRAME}---{stanza}".replace("is_a: MONDO:0000001\n", ""))
    assert around(*pair(stack, old, new), "MONDO:0000010") == []


# --- what is not told is no change ---


def test_nothing_is_gone_from_a_part_of_an_ontology(tmp_path: Path, stack: ExitStack) -> None:
    ill = "id: MONDO:0000010\nname: ill\nis_a: MONDO:0000002"
    old = obo(tmp_path, "2025-01-01", f"{FRAME}---{ill}")
    new = obo(tmp_path, "2026-01-01", "id: MONDO:0000010\nname: unwell", "go/imports/mondo_import")
    releases = pair(stack, old, new)
    assert not releases[1].lists_all
    assert [told(change) for change in changes(*releases)] == ["relabelled MONDO:0000010"]
    assert next(changes(*reversed(releases))).kind is Kind.RELABELLED


def test_a_table_of_labels_tells_neither_of_moves_nor_of_names(
    tmp_path: Path, stack: ExitStack
) -> None:
    ill = 'id: HP:0000010\nname: ill\nsynonym: "sick" EXACT []\nis_a: HP:0000001'
    merged = "id: HP:0000001\nname: All\nalt_id: HP:0000002"
    old = obo(tmp_path, "2025-01-01", f"{merged}---{ill}---id: HP:0000011\nname: sad", "hp")
    labels = tmp_path / "hp-labels.2026-01-01.tsv"
    rows = "HP:0000001\trdfs:label\tAll\nHP:0000010\trdfs:label\tunwell\n"
    labels.write_text(f"subject_id\tpredicate_id\tvalue_en\n{rows}", encoding="utf-8")
    found = [told(change) for change in changes(*pair(stack, old, labels))]
    assert found == ["relabelled HP:0000010", "gone HP:0000011"]


# --- what the two sides may be ---


def test_ontologies_told_of_in_passing_are_not_compared_beside_whole_ones(
    tmp_path: Path, stack: ExitStack
) -> None:
    sides = []
    for version, name in (("2025-01-01", "one"), ("2026-01-01", "other")):
        stanza = f'id: HP:0000001\nname: All\nxref: MESH:D003882 "{name}"'
        path = obo(tmp_path, version, stanza, "hp")
        sides.append(stack.enter_context(opened_side(str(path), (), NAMES)))
    compared, in_passing = pairs(*sides)
    assert [each.name for each in compared] == ["hp"]
    assert in_passing == ("mesh",)


def test_an_obo_graph_is_compared_with_obo(tmp_path: Path, stack: ExitStack) -> None:
    old = obo(tmp_path, "2025-01-01", "id: MONDO:0000001\nname: disease")
    new = tmp_path / "mondo.json"
    iri = "http://purl.obolibrary.org/obo/MONDO_0000001"
    graph = '{"graphs": [{"id": "http://purl.obolibrary.org/obo/mondo.owl", "nodes": [%s]}]}'
    new.write_text(graph % f'{{"id": "{iri}", "lbl": "ailment", "type": "CLASS"}}')
    found = [told(change) for change in changes(*pair(stack, old, new))]
    assert found == ["relabelled MONDO:0000001"]


def test_a_folder_is_all_that_its_files_say_of_an_ontology(
    tmp_path: Path, stack: ExitStack
) -> None:
    ill = "id: MONDO:0000010\nname: ill"
    old = obo(tmp_path, "2025-01-01", ill)
    folder = tmp_path / "new"
    folder.mkdir()
    obo(folder, "2026-01-01", "id: MONDO:0000001\nname: disease")
    obsoletes = "cls\treplCls\tconsCls\nMONDO:0000010\tMONDO:0000001\t\n"
    (folder / "obsoletes.tsv").write_text(obsoletes)
    (folder / "readme.md").write_text("what is here")
    found = stack.enter_context(opened_side(str(folder), (), NAMES))
    assert [str(each.where.file) for each in found.passed_over if each.where] == ["readme.md"]
    releases = pair(stack, old, folder)
    assert "new MONDO:0000001" in [told(change) for change in changes(*releases)]


SLICE = "# ontology: mondo\n# version: 2025-01-01\nid\tlabel\tparents\n"


def test_a_slice_is_a_part(tmp_path: Path, stack: ExitStack) -> None:
    old = tmp_path / "mondo.tsv"
    old.write_text(f"{SLICE}MONDO:0000002\tsort\tMONDO:0000001\nMONDO:0000001\tdisease\n")
    releases = pair(stack, old, obo(tmp_path, "2026-01-01", FRAME))
    assert [told(change) for change in changes(*releases)] == ["relabelled MONDO:0000002"]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    disease = NAMES.parse("MONDO:0000001")
    with IndexWriter(index_path()) as writer:
        for version, label in (("2025-01-01", "ailment"), ("2026-01-01", "disease")):
            release = Release(name="mondo", version=version, prefix="MONDO", source="mondo.obo")
            writer.add_release(release, [Term(id=disease, label=label)])
    return index_path()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("old", ["mondo=2025-01-01", "mondo 2025-01-01"])
@pytest.mark.parametrize("new", ["mondo=2026-01-01", "mondo"])
def test_two_versions_in_the_index_are_compared_by_name(
    old: str, new: str, stack: ExitStack
) -> None:
    found = [told(change) for change in changes(*pair(stack, old, new))]
    assert found == ["relabelled MONDO:0000001"]


def test_a_release_of_a_pack_is_compared_by_name(tmp_path: Path) -> None:
    path = tmp_path / "mondo.tsv"
    path.write_text(f"{SLICE}MONDO:0000001\tdisease\n")
    with opened_side("mondo=2025-01-01", [read_slice(path, NAMES)], NAMES) as side:
        release: ComparedRelease = side.releases["mondo"]
        assert [*release.ids()] == [EntityId("MONDO", "0000001", NAMES.parse("MONDO:0000001").iri)]
        assert not release.lists_all


@pytest.mark.usefixtures("installed")
def test_a_version_that_is_not_here_is_refused_with_those_that_are(stack: ExitStack) -> None:
    with pytest.raises(InputError) as refused:
        stack.enter_context(opened_side("mondo=2024-01-01", (), NAMES))
    assert "mondo=2025-01-01, mondo=2026-01-01" in refused.value.hint


def test_an_address_is_never_downloaded(stack: ExitStack) -> None:
    with pytest.raises(UsageError, match="nothing is downloaded"):
        stack.enter_context(opened_side("https://example.org/mondo.obo", (), NAMES))


def test_sides_without_a_common_ontology_are_refused(tmp_path: Path, stack: ExitStack) -> None:
    old = obo(tmp_path, "2025-01-01", "id: HP:0000001\nname: All", "hp")
    new = obo(tmp_path, "2026-01-01", FRAME)
    with pytest.raises(InputError, match=r"is of hp, .* of mondo: they have no"):
        pair(stack, old, new)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"nothing of interest\n", "no form that is read"),
        (b"\xff\xfe\x00", "no text"),
        (b"format-version: 1.2\nontology: x\n\n[Term]\nid: X:1\nname: x\n", "nothing of"),
        (b"format-version: 1.2\nontology: mondo\n\n[Term]\nname: x\n", "without an id"),
    ],
)
def test_a_file_that_is_no_ontology_is_refused(
    content: bytes, problem: str, tmp_path: Path, stack: ExitStack
) -> None:
    path = tmp_path / "file.obo"
    path.write_bytes(content)
    with pytest.raises(InputError, match=problem):
        stack.enter_context(opened_side(str(path), (), NAMES))


@pytest.mark.shared
def test_real_releases_differ_as_is_known(shared: Path, stack: ExitStack) -> None:
    hpo = shared / "data" / "hpo"
    releases = pair(stack, hpo / "hp.2016-04-01.obo.gz", hpo / "mondo_hp_import.obo.gz")
    found = {(change.kind, change.id.curie): change for change in changes(*releases)}
    assert found[Kind.RELABELLED, "HP:0006530"].new is not None
    merged = found[Kind.MERGED, "HP:0000833"].replacement
    assert merged is not None
    assert merged.label == "Glucose intolerance"
    assert Kind.GONE not in {kind for kind, _ in found}
