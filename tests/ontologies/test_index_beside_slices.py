"""What holds where both the slices of a pack and the index know a term."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.index import Ontologies, ReleaseAtHand
from exporter.ontologies.packs import load_pack, ontologies_at_hand
from exporter.ontologies.terms import Scope, Synonym

Entity = Callable[[str], EntityId]

SLICE = """# ontology: mondo
# version: 1
# source: the pack
id\tlabel\texact\tbroad\talias\tparents\trelations
MONDO:0000001\troot
MONDO:0000002\told label\tSecond\tbroad\tby hand\tMONDO:0000001\thas_member MONDO:0000001
MONDO:0000003\tonly here\t\t\t\tMONDO:0000002
"""
FULL = """# ontology: mondo
# version: 2
id\tlabel\trelated\tparents\tobsolete\treplaced_by
MONDO:0000001\tnew root
MONDO:0000002\tlabel\tsecond\tMONDO:0000004\tyes\tMONDO:0000005
MONDO:0000004\tbetween\t\tMONDO:0000001
MONDO:0000005\tinstead
"""
ROWS = """subject_id\tpredicate_id\tobject_id\tmapping_justification
MONDO:000000{n}\tskos:exactMatch\tMESH:D00000{n}\tsemapv:ManualMappingCuration
"""


def mapping_set(name: str, version: int, n: int) -> str:
    about = f"#mapping_set_id: https://a.b/{name}.sssom.tsv\n#mapping_set_version: '{version}'\n"
    return about + ROWS.format(n=n)


@pytest.fixture
def both(
    pack: Callable[[dict[str, str]], Path],
    build: Callable[[dict[str, str]], Path],
    namespaces: Namespaces,
    monkeypatch: pytest.MonkeyPatch,
) -> Ontologies:
    folder = pack(
        {
            "slices/mondo.tsv": SLICE,
            "mappings/same.sssom.tsv": mapping_set("same", 1, 1),
            "mappings/own.sssom.tsv": mapping_set("own", 1, 2),
        }
    )
    path = build({"mondo.tsv": FULL, "same.sssom.tsv": mapping_set("same", 2, 3)})
    monkeypatch.setenv("LINKED_CASE_DATA", str(path.parent))
    return ontologies_at_hand([load_pack(folder)], namespaces)


def test_label_hierarchy_and_standing_are_those_of_the_index(
    both: Ontologies, entity: Entity
) -> None:
    term = both.get(entity("MONDO:0000002"))
    assert term is not None
    assert (term.label, term.obsolete, term.relations) == ("label", True, ())
    assert [each.local[-1] for each in both.ancestors(term.id)] == ["4", "1"]
    assert both.replacement(term.id) == entity("MONDO:0000005")
    assert both.release_of(term.id) == "mondo 2"


def test_only_further_names_are_taken_from_the_slice(both: Ontologies, entity: Entity) -> None:
    term = both.get(entity("MONDO:0000002"))
    assert term is not None
    assert term.synonyms == (
        Synonym("old label", Scope.EXACT),
        Synonym("broad", Scope.BROAD),
        Synonym("second", Scope.RELATED),
        Synonym("by hand", Scope.ALIAS),
    )
    assert both.name_keys(term.id) == {"label", "second", "oldlabel", "byhand"}


def test_a_name_leads_to_the_same_scope_by_key_and_by_text(
    both: Ontologies, entity: Entity
) -> None:
    second = entity("MONDO:0000002")
    for name, scope in (("second", Scope.RELATED), ("by hand", Scope.ALIAS)):
        assert both.ids_named(name.replace(" ", "")) == ((second, scope),)
        assert [(each.term.id, each.name.scope) for each in both.namings(name)] == [(second, scope)]
    assert both.named("second") == ()
    assert [term.id for term in both.also_named("By-Hand")] == [second]


def test_what_only_the_slice_holds_stays_with_its_release(both: Ontologies, entity: Entity) -> None:
    only = entity("MONDO:0000003")
    assert both.release_of(only) == "mondo 1"
    assert both.held_by(only) == ReleaseAtHand(
        name="mondo", version="1", licence="", source="the pack", installed=False
    )
    assert [each.local[-1] for each in both.ancestors(only)] == ["2", "4", "1"]
    assert both.ancestor_set(only) == set(both.ancestors(only))
    assert both.has_below(entity("MONDO:0000002"))
    assert both.release("MONDO") == "mondo 2, mondo 1"


def test_all_that_holds_a_term_is_named(both: Ontologies, entity: Entity) -> None:
    held = [both.holding(entity(f"MONDO:000000{n}")) for n in (2, 3, 9)]
    assert [[(str(each), each.installed) for each in found] for found in held] == [
        [("mondo 2", True), ("mondo 1", False)],
        [("mondo 1", False)],
        [],
    ]


def test_every_term_comes_once(both: Ontologies) -> None:
    assert sorted(term.id.local[-1] for term in both) == ["1", "2", "3", "4", "5"]
    assert len(both) == 5
    assert sorted(term.id.local[-1] for term in both.terms_of("mondo")) == ["1", "2", "3", "4", "5"]
    assert [str(each) for each in both.releases()] == ["mondo 2", "mondo 1"]


def test_a_slice_puts_nothing_below_a_term_against_the_index(
    both: Ontologies, entity: Entity
) -> None:
    assert not both.is_below(entity("MONDO:0000005"), entity("MONDO:0000001"))
    assert both.members(entity("MONDO:0000002")) == ()


def test_a_mapping_set_of_the_index_stands_for_its_namesake_in_a_pack(
    both: Ontologies, entity: Entity
) -> None:
    led = {
        n: [(row.source, row.version) for row in both.mappings_from(entity(f"MESH:D00000{n}"))]
        for n in (1, 2, 3)
    }
    assert led == {1: [], 2: [("own", "1")], 3: [("same", "2")]}
    assert [row.source for row in both.mappings] == ["own", "same"]


def test_the_rows_in_use_come_with_their_sets(both: Ontologies, entity: Entity) -> None:
    ids = [entity(f"MONDO:000000{n}") for n in (1, 2, 3)]
    sets = both.sets_about(ids, lambda row, _denied: row.object != entity("MESH:D000002"))
    (found,) = sets
    assert (found.name, found.version, found.id) == ("same", "2", "https://a.b/same.sssom.tsv")
    assert [row.subject for row in found.mappings] == [entity("MONDO:0000003")]
