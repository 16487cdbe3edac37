import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exporter.errors import ExporterError, InputError, MissingPartError
from exporter.model.identifiers import Namespaces
from exporter.ontologies.packs import bundled_packs
from exporter.ontologies.recipe import Folders, read_recipe
from exporter.ontologies.slicing import cut
from exporter.ontologies.sources import SOURCES, slice_files, sources_page

Written = Callable[[dict[str, str]], Path]

OBO = """format-version: 1.2
[Term]
id: MONDO:0000001
name: root
[Term]
id: MONDO:0000002
name: branch
is_a: MONDO:0000001
is_a: UBERON:0000001
[Term]
id: MONDO:0000003
name: wanted
synonym: "Wanted" EXACT []
synonym: "WANT" EXACT []
synonym: "a name too long to be of use" EXACT []
def: "never in a slice" []
is_a: MONDO:0000002
relationship: has_role MONDO:0000007
relationship: part_of MONDO:0000004
[Term]
id: MONDO:0000004
name: not wanted
is_a: MONDO:0000001
[Term]
id: MONDO:0000005
name: obsolete wanted
is_obsolete: true
replaced_by: MONDO:0000003
[Term]
id: MONDO:0000006
name: below wanted
is_a: MONDO:0000003
[Term]
id: MONDO:0000007
name: a role
[Term]
id: MONDO:0000008
name: mapped to
[Term]
id: MONDO:0000009
name: called special thing
"""
SETS = """#curie_map:
#  mesh: http://id.nlm.nih.gov/mesh/
subject_id\tpredicate_id\tobject_id\tmapping_justification
MONDO:0000008\tskos:exactMatch\tmesh:D000008\tsemapv:ManualMappingCuration
MONDO:0000004\tskos:exactMatch\tmesh:D000004\tsemapv:ManualMappingCuration
MONDO:0000008\tskos:exactMatch\tother:1\tsemapv:ManualMappingCuration
MONDO:0000008\tskos:exactMatch\tmesh:WRONG\tsemapv:ManualMappingCuration
"""
RECIPE = """seeds = "seeds.txt"
[[slice]]
name = "mondo"
prefix = "MONDO"
version = "1"
licence = "CC0-1.0"
origin = "here"
below = ["MONDO:0000003"]
labels = "special"
ancestors = true
replaced = true
relations = ["has_role"]
longest_name = 10
[[slice.source]]
file = "mondo.obo"
format = "obo"
[[slice.source]]
file = "./hand.tsv"
format = "table"
adds = false
[slice.source.options]
id = "{id}"
alias = ["{alias}"]
[[slice]]
name = "mesh"
prefix = "MESH"
version = "2"
licence = "CC0-1.0"
origin = "there"
mapped = true
[[slice.source]]
file = "names.tsv"
format = "table"
[slice.source.options]
id = "MESH:{id}"
label = "{name}"
[[mapping]]
name = "a_set"
file = "set.sssom.tsv"
format = "sssom"
between = ["MONDO", "MESH"]
id = "http://example.org/a_set"
version = "3"
licence = "CC0-1.0"
origin = "somewhere"
[[mapping]]
name = "a_table"
file = "table.csv"
format = "table"
id = "http://example.org/a_table"
version = "4"
licence = "CC0-1.0"
origin = "elsewhere"
[mapping.options]
delimiter = ","
subject = "MESH:{m}"
object = "PUBCHEM.COMPOUND:{c}"
predicate = "skos:exactMatch"
justification = "semapv:LexicalMatching"
"""
PACK = {
    "slice.toml": RECIPE,
    "seeds.txt": "# why\nMESH:D000008\tmapped\nMONDO:0999999\n",
    "hand.tsv": "id\talias\nMONDO:0000003\tW\nMONDO:0999998\tX\n",
}
DATA = {
    "mondo.obo": OBO,
    "set.sssom.tsv": SETS,
    "names.tsv": "id\tname\nD000008\teight\nD000004\tfour\n",
    "table.csv": "m,c\nD000008,8\nD000004,4\n,5\nD000008,x\n",
}


@pytest.fixture
def folders(pack: Written, tmp_path: Path) -> Folders:
    data = tmp_path / "data"
    data.mkdir()
    for name, text in DATA.items():
        (data / name).write_text(text, encoding="utf-8", newline="\n")
    return Folders(pack=pack(PACK), data=data)


def cut_files(folders: Folders, namespaces: Namespaces) -> dict[str, str]:
    recipe = read_recipe(folders.pack, namespaces)
    done = cut(recipe, folders, namespaces)
    files = {**slice_files(done, namespaces), SOURCES: sources_page("x", recipe, done, folders)}
    return {name: content.decode() for name, content in files.items()}


@pytest.fixture
def files(folders: Folders, namespaces: Namespaces) -> dict[str, str]:
    return cut_files(folders, namespaces)


def rows(text: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))


def test_a_slice_holds_what_the_recipe_asks_for_and_nothing_else(files: dict[str, str]) -> None:
    labels = {cells[1] for cells in rows(files["slices/mondo.tsv"])} - {"label"}
    assert labels == {
        "root",
        "branch",
        "wanted",
        "obsolete wanted",
        "below wanted",
        "a role",
        "mapped to",
        "called special thing",
    }


def test_a_term_keeps_its_facts_without_definition(files: dict[str, str]) -> None:
    head, *lines = rows(files["slices/mondo.tsv"])
    wanted = next(dict(zip(head, cells, strict=False)) for cells in lines if cells[1] == "wanted")
    assert wanted["exact"] == "WANT"
    assert wanted["alias"] == "W"
    assert wanted["parents"] == "MONDO:0000002"
    assert wanted["relations"] == "has_role MONDO:0000007"
    assert "never" not in files["slices/mondo.tsv"]


def test_mappings_are_kept_where_they_touch_the_slice(files: dict[str, str]) -> None:
    kept = [cells[0::2][:2] for cells in rows(files["mappings/a_set.sssom.tsv"])][1:]
    assert kept == [["MONDO:0000008", "MESH:D000008"]]
    kept = [cells[0::2][:2] for cells in rows(files["mappings/a_table.sssom.tsv"])][1:]
    assert kept == [["MESH:D000008", "PUBCHEM.COMPOUND:8"]]


def test_a_mapped_slice_names_the_ids_in_the_kept_mappings(files: dict[str, str]) -> None:
    assert list(rows(files["slices/mesh.tsv"]))[1:] == [["MESH:D000008", "eight"]]


def test_the_page_of_sources_says_what_is_missing_and_left_out(files: dict[str, str]) -> None:
    page = files[SOURCES]
    assert "none of the files (1): MONDO:0999999" in page
    assert "left out of a_set: line 7: 'WRONG' is not a local id of MESH" in page
    assert "left out of a_table: 'x' is not a local id of PUBCHEM.COMPOUND" in page
    assert "terms without parents (4): MONDO:0000001, MONDO:0000007, MONDO:0000008" in page
    assert f"| `./hand.tsv` | {len(PACK['hand.tsv'])} |" in page
    assert str(Path.cwd()) not in page


def test_the_same_files_give_the_same_bytes_wherever_they_lie(
    files: dict[str, str], folders: Folders, namespaces: Namespaces, tmp_path: Path
) -> None:
    moved = folders.data.rename(tmp_path / "elsewhere")
    assert cut_files(Folders(pack=folders.pack, data=moved), namespaces) == files


@pytest.mark.parametrize("name", sorted(DATA))
def test_a_missing_source_file_is_named(
    name: str, folders: Folders, namespaces: Namespaces
) -> None:
    (folders.data / name).unlink()
    with pytest.raises(ExporterError) as refusal:
        cut_files(folders, namespaces)
    assert isinstance(refusal.value, MissingPartError)
    assert name in str(refusal.value)


BAD_RECIPES = [
    ('seeds = "seeds.txt"\ncolour = 1\n', "unknown key 'colour'"),
    ("seeds = \n", "Invalid value"),
    ('[[slice]]\nname = "a"\n', "a: the key 'prefix' is missing"),
    ("slice = [1]\n", "slice is no list of tables"),
    (RECIPE.replace("ancestors = true", 'ancestors = "yes"'), "mondo: ancestors is 'yes'"),
    (RECIPE.replace("ancestors = true", "ancestor = true"), "mondo: unknown key 'ancestor'"),
    (RECIPE.replace('name = "mesh"', 'name = "mondo"'), "the same name"),
    (RECIPE.replace('format = "obo"', 'format = "xls"'), "unknown form of file 'xls'"),
    (RECIPE.replace('format = "sssom"', 'format = "rdf"'), "unknown form of mappings 'rdf'"),
    (RECIPE.replace('subject = "MESH:{m}"\n', ""), "the option 'subject' is missing"),
]


@pytest.mark.parametrize(("text", "problem"), BAD_RECIPES)
def test_a_broken_recipe_is_refused(
    text: str, problem: str, folders: Folders, namespaces: Namespaces
) -> None:
    (folders.pack / "slice.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        cut_files(folders, namespaces)


def test_a_pack_without_a_recipe_cannot_be_cut(folders: Folders, namespaces: Namespaces) -> None:
    (folders.pack / "slice.toml").unlink()
    with pytest.raises(InputError, match="has no recipe"):
        cut_files(folders, namespaces)


def test_a_malformed_seed_is_refused_with_its_line(
    folders: Folders, namespaces: Namespaces
) -> None:
    (folders.pack / "seeds.txt").write_text("# a\nMONDO:1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"seeds\.txt:2: E122 '1' is not a local id"):
        cut_files(folders, namespaces)


@pytest.mark.shared
def test_the_bundled_slices_are_what_the_full_files_give(shared: Path, tmp_path: Path) -> None:
    (pack,) = bundled_packs()
    # In a process of its own: counting the lines of a hundred megabytes takes minutes.
    call = [sys.executable, "-m", "exporter", "ontology", "slice", "--from", str(shared / "data")]
    subprocess.run([*call, "-o", str(tmp_path)], check=True)  # noqa: S603
    held = {
        path.relative_to(pack.folder).as_posix(): path.read_bytes()
        for part in ("slices", "mappings")
        for path in (pack.folder / part).iterdir()
    }
    held[SOURCES] = (pack.folder.parent / SOURCES).read_bytes()
    made = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert made == held
