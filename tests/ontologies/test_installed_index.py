import pickle
import sqlite3
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from exporter.errors import ExporterError, InputError, UsageError
from exporter.model.identifiers import EntityId, Namespaces, namespaces_with
from exporter.ontologies.index import Ontologies
from exporter.ontologies.installed import IndexWriter, Release
from exporter.ontologies.installed_index import InstalledIndex
from exporter.ontologies.packs import bundled_packs, ontologies_at_hand, open_ontologies
from exporter.ontologies.terms import Scope, Term

Build = Callable[[dict[str, str]], Path]
Entity = Callable[[str], EntityId]
Indexed = Callable[[dict[str, str]], Ontologies]

DIAMOND = """# ontology: mondo
# version: 1
id\tlabel\texact\trelated\tbroad\tparents
MONDO:0000001\troot
MONDO:0000002\tleft\tL one\t\t\tMONDO:0000001
MONDO:0000003\tright\t\tL-One\tbroad right\tMONDO:0000002|MONDO:0000001
MONDO:0000004\tleaf\t\t\t\tMONDO:0000003|MONDO:0000002
"""
RING = """# ontology: mondo
id\tlabel\tparents
MONDO:0000001\ta\tMONDO:0000002
MONDO:0000002\tb\tMONDO:0000001
"""
SETS = """#curie_map:
#  mesh: http://id.nlm.nih.gov/mesh/
#mapping_set_id: https://example.org/some_set.sssom.tsv
#mapping_set_version: "2"
subject_id\tpredicate_modifier\tpredicate_id\tobject_id\tmapping_justification
MONDO:0000002\t\tskos:exactMatch\tmesh:D000002\tsemapv:ManualMappingCuration
MONDO:0000003\t\tskos:broadMatch\tmesh:D000002\tsemapv:LexicalMatching
MONDO:0000004\tNot\tskos:exactMatch\tmesh:D000002\tsemapv:ManualMappingCuration
"""


def local(entities: tuple[EntityId, ...]) -> str:
    return "".join(entity.local.lstrip("0") for entity in entities)


def test_the_bundled_slices_say_the_same_out_of_an_index(
    bundled: Ontologies, namespaces: Namespaces, tmp_path: Path
) -> None:
    path = tmp_path / "index"
    with IndexWriter(path) as writer:
        for part in bundled.slices:
            about = Release(name=part.name, version=part.version)
            writer.add_release(about, bundled.terms_of(part.name))
        for held in bundled.mapping_sets:
            writer.add_mapping_set(held, Release())
    index = Ontologies([], [], namespaces, InstalledIndex(path, namespaces))
    assert {term.id: term for term in index} == {term.id: term for term in bundled}
    assert len(index) == len(bundled)
    assert set(index.mappings) == set(bundled.mappings)
    for term in bundled:
        assert index.ancestors(term.id) == bundled.ancestors(term.id)
        assert index.ancestor_set(term.id) == set(bundled.ancestors(term.id))
        assert index.release_of(term.id) == bundled.release_of(term.id)
        assert set(index.mappings_from(term.id)) == set(bundled.mappings_from(term.id))
        assert index.name_keys(term.id) == bundled.name_keys(term.id)
        assert index.has_below(term.id) == bundled.has_below(term.id)
        assert set(index.members(term.id)) == set(bundled.members(term.id))
        for name in term.exact_names:
            assert set(map(repr, index.namings(name))) == set(map(repr, bundled.namings(name)))


def test_lineages_stand_nearest_first_without_the_term(indexed: Indexed, entity: Entity) -> None:
    found = indexed({"mondo.tsv": DIAMOND})
    assert local(found.ancestors(entity("MONDO:0000004"))) == "321"
    assert found.ancestors(entity("MONDO:0000001")) == ()
    assert found.ancestors(entity("MONDO:9999999")) == ()
    assert local(found.path(entity("MONDO:0000004"), entity("MONDO:0000001"))) == "431"
    assert found.is_below(entity("MONDO:0000004"), entity("MONDO:0000002"))
    assert not found.is_below(entity("MONDO:0000002"), entity("MONDO:0000004"))


def test_every_ancestor_set_is_read_at_once(indexed: Indexed, entity: Entity) -> None:
    index = indexed({"mondo.tsv": DIAMOND}).installed
    assert index is not None
    (held,) = index.ontologies
    sets = dict(index.ancestor_sets(held))
    assert sets.keys() == {entity(f"MONDO:000000{n}") for n in (2, 3, 4)}
    assert local(tuple(sorted(sets[entity("MONDO:0000004")]))) == "123"


def test_a_ring_does_not_loop_for_ever(indexed: Indexed, entity: Entity) -> None:
    found = indexed({"mondo.tsv": RING})
    assert local(found.ancestors(entity("MONDO:0000001"))) == "2"
    assert found.has_below(entity("MONDO:0000001"))


def test_a_lineage_longer_than_any_real_one_is_walked(
    tmp_path: Path, namespaces: Namespaces
) -> None:
    ids = [namespaces.parse(f"MONDO:{n:07}") for n in range(3_000)]
    terms = [Term(id=ids[0], label="root")]
    terms += [Term(id=low, label="a", parents=(high,)) for high, low in pairwise(ids)]
    with IndexWriter(tmp_path / "index") as writer:
        writer.add_release(Release(name="mondo", version="1"), terms)
    assert (tmp_path / "index").stat().st_size < 5_000_000
    found = Ontologies([], [], namespaces, InstalledIndex(tmp_path / "index", namespaces))
    assert found.ancestors(ids[-1]) == tuple(reversed(ids[:-1]))
    assert found.ancestor_set(ids[500]) == set(ids[:500])


def test_a_lineage_goes_on_in_another_release(indexed: Indexed, entity: Entity) -> None:
    other = "# ontology: hp\nid\tlabel\tparents\nHP:0000001\tphenotype\tMONDO:0000004\n"
    found = indexed({"mondo.tsv": DIAMOND, "hp.tsv": other})
    assert found.is_below(entity("HP:0000001"), entity("MONDO:0000001"))
    assert found.ancestors(entity("HP:0000001"))[0] == entity("MONDO:0000004")


def test_of_two_releases_that_hold_a_term_the_one_of_its_prefix_counts(
    indexed: Indexed, entity: Entity
) -> None:
    imported = "# ontology: a\nid\tlabel\nHP:0000009\tnine\nMONDO:0000004\timported leaf\n"
    found = indexed({"a.tsv": imported, "mondo.tsv": DIAMOND})
    term = found.get(entity("MONDO:0000004"))
    assert term is not None
    assert (term.label, found.release_of(term.id)) == ("leaf", "mondo 1")
    assert found.named("imported leaf") == ()
    assert len(found) == 5


def test_an_id_is_found_by_key_with_its_nearest_name_first(
    indexed: Indexed, entity: Entity
) -> None:
    found = indexed({"mondo.tsv": DIAMOND})
    assert found.ids_named("lone") == (
        (entity("MONDO:0000002"), Scope.EXACT),
        (entity("MONDO:0000003"), Scope.RELATED),
    )
    assert found.ids_named("nosuchname") == ()
    assert found.name_keys(entity("MONDO:0000003")) == {"right", "lone"}
    assert found.name_keys(entity("MONDO:9999999")) == frozenset()
    assert found.keys_from("ro") == ("root",)
    assert found.keys_from("broad") == ()


def test_mappings_lead_both_ways_and_denials_stand_apart(indexed: Indexed, entity: Entity) -> None:
    found = indexed({"mondo.tsv": DIAMOND, "a.sssom.tsv": SETS})
    mesh = entity("MESH:D000002")
    rows = {(row.predicate, row.object.curie, row.version) for row in found.mappings_from(mesh)}
    assert rows == {
        ("skos:exactMatch", "MONDO:0000002", "2"),
        ("skos:narrowMatch", "MONDO:0000003", "2"),
    }
    assert [row.source for row in found.denied_from(mesh)] == ["some_set"]
    assert [row.subject.curie for row in found.denied_mappings] == ["MONDO:0000004"]
    assert found.mappings_from(entity("MONDO:0000004")) == ()


def test_a_pinned_version_is_current(build: Build, namespaces: Namespaces, entity: Entity) -> None:
    build({"old.tsv": DIAMOND})
    path = build({"new.tsv": DIAMOND.replace("version: 1", "version: 2").replace("leaf", "new")})
    old = Ontologies([], [], namespaces, InstalledIndex(path, namespaces, {"mondo": "1"}))
    new = Ontologies([], [], namespaces, InstalledIndex(path, namespaces))
    assert [each.release_of(entity("MONDO:0000004")) for each in (old, new)] == [
        "mondo 1",
        "mondo 2",
    ]
    assert (len(old.named("leaf")), len(new.named("leaf"))) == (1, 0)
    assert (old.release("MONDO"), new.release("MONDO")) == ("mondo 1", "mondo 2")


def test_a_version_that_nothing_holds_is_refused(
    build: Build, namespaces: Namespaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = build({"mondo.tsv": DIAMOND})
    monkeypatch.setenv("LINKED_CASE_DATA", str(path.parent))
    with pytest.raises(UsageError, match="there is no mondo 7") as refusal:
        ontologies_at_hand(bundled_packs(), namespaces, {"mondo": "7"})
    assert refusal.value.hint == "versions of mondo: 1, 2026-05-05"
    with pytest.raises(UsageError, match="there is no mando 1"):
        ontologies_at_hand(bundled_packs(), namespaces, {"mando": "1"})


def test_a_version_that_only_a_pack_holds_can_be_pinned(
    build: Build, namespaces: Namespaces, entity: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = DIAMOND.replace("# version: 1", "# version: 2999-01-01")
    monkeypatch.setenv("LINKED_CASE_DATA", str(build({"mondo.tsv": newer}).parent))
    pinned = ontologies_at_hand(bundled_packs(), namespaces, {"mondo": "2026-05-05"})
    assert entity("MONDO:0000004") not in pinned
    assert pinned.release_of(entity("MONDO:0008054")) == "mondo 2026-05-05"
    assert entity("MONDO:0000004") in ontologies_at_hand(bundled_packs(), namespaces)


def test_without_an_index_only_the_packs_are_read(namespaces: Namespaces) -> None:
    assert ontologies_at_hand(bundled_packs(), namespaces).installed is None


def test_ids_of_a_namespace_that_this_run_does_not_know_are_left_out(
    tmp_path: Path, namespaces: Namespaces, entity: Entity
) -> None:
    table = tmp_path / "own.csv"
    table.write_text("prefix,pattern,iri,example,decoy,category\nOWN,\\d+,https://a.b/,1,x,Thing\n")
    known = namespaces_with([table])
    own, ours = known.parse("OWN:1"), entity("MONDO:0000001")
    terms = [Term(id=own, label="mine"), Term(id=ours, label="a", parents=(own,))]
    path = tmp_path / "index"
    with IndexWriter(path) as writer:
        writer.add_release(Release(name="own", version="1"), terms)
    strange = Ontologies([], [], namespaces, InstalledIndex(path, namespaces))
    familiar = Ontologies([], [], known, InstalledIndex(path, known))
    assert [term.label for term in strange] == ["a"]
    assert strange.ancestors(entity("MONDO:0000001")) == ()
    assert strange.named("mine") == ()
    assert [each.curie for each in familiar.ancestors(entity("MONDO:0000001"))] == ["OWN:1"]


def test_an_open_index_survives_pickling(indexed: Indexed, entity: Entity) -> None:
    copy = pickle.loads(pickle.dumps(indexed({"mondo.tsv": DIAMOND})))  # noqa: S301 - our own
    assert local(copy.ancestors(entity("MONDO:0000004"))) == "321"


def everything(path: Path, namespaces: Namespaces) -> Iterator[object]:
    """Ask an index for all that can be asked."""
    found = Ontologies([], [], namespaces, InstalledIndex(path, namespaces))
    yield from found
    yield from found.mappings
    yield from found.releases()
    for n in range(1, 5):
        asked = namespaces.parse(f"MONDO:000000{n}")
        yield from (found.ancestors(asked), found.members(asked), found.mappings_from(asked))
    yield from (found.namings(name) for name in ("root", "left", "L one"))
    if found.installed:
        for held in found.installed.ontologies:
            yield from found.installed.ancestor_sets(held)


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BROKEN: dict[str, Callable[[Path], object]] = {
    "a text": lambda path: path.write_text("no index"),
    "nothing": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-4096]),
    "longer": lambda path: path.write_bytes(path.read_bytes() + bytes(4096)),
    "a folder": make_folder,
    "another table": lambda path: run_sql(path, "CREATE TABLE more (a)"),
    "a trigger": lambda path: run_sql(
        path, "CREATE TRIGGER t AFTER INSERT ON names BEGIN SELECT 1; END"
    ),
    "a view": lambda path: run_sql(
        path, "DROP TABLE names; CREATE VIEW names AS SELECT 1 AS key, 1 AS entity"
    ),
    "another layout": lambda path: run_sql(path, "PRAGMA user_version = 99"),
    "another program's": lambda path: run_sql(path, "PRAGMA application_id = 1"),
    "numbers for labels": lambda path: run_sql(path, "UPDATE terms SET label = x'00'"),
    "a strange scope": lambda path: run_sql(path, "UPDATE terms SET synonyms = 'zname'"),
    "a name's scope": lambda path: run_sql(path, "UPDATE names SET scope = 70"),
    "half a number": lambda path: run_sql(path, "UPDATE lineages SET above = x'0001'"),
    "no number": lambda path: run_sql(path, "UPDATE terms SET relations = 'x has_member'"),
    "a malformed id": lambda path: run_sql(
        path, "UPDATE entities SET curie = 'MONDO:<b>' || curie"
    ),
    "half a letter": lambda path: run_sql(path, "UPDATE terms SET label = CAST(x'ff' AS TEXT)"),
}


def run_sql(path: Path, statements: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(statements)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_is_no_whole_index_is_refused(
    kind: str, build: Build, namespaces: Namespaces
) -> None:
    path = build({"mondo.tsv": DIAMOND, "a.sssom.tsv": SETS})
    assert list(everything(path, namespaces))
    BROKEN[kind](path)
    with pytest.raises(InputError) as refusal:
        list(everything(path, namespaces))
    assert (refusal.value.code, refusal.value.where and refusal.value.where.file) == (
        "E161",
        str(path),
    )


def test_damage_anywhere_is_refused_or_does_no_harm(build: Build, namespaces: Namespaces) -> None:
    path = build({"mondo.tsv": DIAMOND, "a.sssom.tsv": SETS})
    whole = path.read_bytes()
    random = Random(5)  # noqa: S311 - not a secret
    refused = 0
    for _ in range(300):
        damaged = bytearray(whole)
        for place in random.sample(range(len(whole)), 40):
            damaged[place] = random.randrange(256)
        path.write_bytes(damaged)
        try:
            list(everything(path, namespaces))
        except ExporterError:
            refused += 1
    assert refused > 100


@pytest.mark.shared
def test_the_full_index_knows_what_the_slices_leave_out(
    full_index: Path, namespaces: Namespaces, entity: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINKED_CASE_DATA", str(full_index))
    full = ontologies_at_hand(bundled_packs(), namespaces)
    anaemia = entity("MONDO:0011382")
    assert anaemia not in open_ontologies(bundled_packs(), namespaces)
    assert anaemia in {term.id for term in full.named("sickle cell disease")}
    assert full.is_below(anaemia, entity("MONDO:0000001"))
    assert full.release_of(anaemia) == "mondo 2026-05-05"


@pytest.mark.shared
def test_names_given_by_hand_in_a_pack_stay_beside_the_full_ontology(
    full_index: Path, namespaces: Namespaces, entity: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINKED_CASE_DATA", str(full_index))
    full = ontologies_at_hand(bundled_packs(), namespaces)
    assert entity("MONDO:0008054") in {found for found, _ in full.ids_named("jdm")}
