import pickle
from collections.abc import Callable

import pytest

from exporter.model.grounding import Mapping
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.index import Ontologies
from exporter.ontologies.packs import Pack, load_pack, open_ontologies

Entity = Callable[[str], EntityId]
Opened = Callable[[dict[str, str]], Ontologies]

DIAMOND = """# ontology: mondo
# version: 1
id\tlabel\texact\tprevious\talias\tparents\tobsolete\treplaced_by
MONDO:0000001\troot
MONDO:0000002\tleft\t\t\t\tMONDO:0000001
MONDO:0000003\tright\tIFN-\N{GREEK SMALL LETTER ALPHA} disease\t\t\tMONDO:0000002|MONDO:0000001
MONDO:0000004\tleaf\t\told leaf\tLF\tMONDO:0000003|MONDO:0000002
MONDO:0000005\tobsolete leaf\t\t\t\t\tyes\tMONDO:0000006
MONDO:0000006\tobsolete leaf again\t\t\t\t\tyes\tMONDO:0000004
MONDO:0000007\tobsolete ring\t\t\t\t\tyes\tMONDO:0000008
MONDO:0000008\tobsolete ring too\t\t\t\t\tyes\tMONDO:0000007
"""
RING = """# ontology: mondo
id\tlabel\tparents
MONDO:0000001\ta\tMONDO:0000002
MONDO:0000002\tb\tMONDO:0000001
"""
SETS = """#curie_map:
#  mesh: http://id.nlm.nih.gov/mesh/
#mapping_set_id: https://example.org/some_set.sssom.tsv
subject_id\tpredicate_modifier\tpredicate_id\tobject_id\tmapping_justification
MONDO:0000002\t\tskos:exactMatch\tmesh:D000002\tsemapv:ManualMappingCuration
MONDO:0000003\t\tskos:broadMatch\tmesh:D000002\tsemapv:LexicalMatching
MONDO:0000004\tNot\tskos:exactMatch\tmesh:D000002\tsemapv:ManualMappingCuration
MONDO:0000004\t\toboInOwl:hasDbXref\tmesh:D000004\tsemapv:UnspecifiedMatching
"""


@pytest.fixture
def diamond(opened: Opened) -> Ontologies:
    return opened({"slices/mondo.tsv": DIAMOND, "mappings/some_set.sssom.tsv": SETS})


def curies(entities: tuple[EntityId, ...]) -> list[str]:
    return [entity.local.lstrip("0") for entity in entities]


def test_ancestors_stand_nearest_first_without_the_term(
    diamond: Ontologies, entity: Entity
) -> None:
    assert curies(diamond.ancestors(entity("MONDO:0000004"))) == ["3", "2", "1"]
    assert diamond.ancestors(entity("MONDO:0000001")) == ()
    assert diamond.ancestors(entity("CHEBI:1")) == ()


def test_below_holds_of_itself_and_upwards_only(diamond: Ontologies, entity: Entity) -> None:
    leaf, root = entity("MONDO:0000004"), entity("MONDO:0000001")
    assert diamond.is_below(leaf, root)
    assert diamond.is_below(leaf, leaf)
    assert not diamond.is_below(root, leaf)


def test_a_path_is_a_shortest_way_up(diamond: Ontologies, entity: Entity) -> None:
    assert curies(diamond.path(entity("MONDO:0000004"), entity("MONDO:0000001"))) == ["4", "3", "1"]
    assert curies(diamond.path(entity("MONDO:0000004"), entity("MONDO:0000004"))) == ["4"]
    assert diamond.path(entity("MONDO:0000001"), entity("MONDO:0000004")) == ()


def test_terms_in_a_ring_do_not_loop_for_ever(opened: Opened, entity: Entity) -> None:
    ring = opened({"slices/mondo.tsv": RING})
    assert curies(ring.ancestors(entity("MONDO:0000001"))) == ["2"]


def test_an_obsolete_term_leads_to_the_live_one_at_the_end(
    diamond: Ontologies, entity: Entity
) -> None:
    assert diamond.replacement(entity("MONDO:0000005")) == entity("MONDO:0000004")
    assert diamond.replacement(entity("MONDO:0000004")) is None
    assert diamond.replacement(entity("MONDO:0000007")) is None


def test_a_term_is_found_by_label_and_exact_name_in_any_spelling(diamond: Ontologies) -> None:
    assert [term.label for term in diamond.named("ifn alpha DISEASE")] == ["right"]
    assert [term.label for term in diamond.named("LEFT")] == ["left"]
    assert diamond.named("lf") == ()
    assert diamond.named("--") == ()


def test_previous_names_and_aliases_are_told_apart(diamond: Ontologies) -> None:
    assert [term.label for term in diamond.also_named("lf")] == ["leaf"]
    assert [term.label for term in diamond.also_named("Old Leaf")] == ["leaf"]
    assert diamond.also_named("left") == ()


def test_a_mapping_leads_both_ways_and_turns_its_relation(
    diamond: Ontologies, entity: Entity
) -> None:
    mesh = entity("MESH:D000002")
    found = {(row.predicate, row.object.curie) for row in diamond.mappings_from(mesh)}
    assert found == {
        ("skos:exactMatch", "MONDO:0000002"),
        ("skos:narrowMatch", "MONDO:0000003"),
    }
    back = diamond.mappings_to(mesh)
    assert {row.object for row in back} == {mesh}
    assert set(back) == set(diamond.mappings) - {row for row in diamond.mappings if _is_xref(row)}


def _is_xref(row: Mapping) -> bool:
    return row.predicate == "oboInOwl:hasDbXref"


def test_a_mere_reference_and_a_denied_mapping_lead_nowhere_back(
    diamond: Ontologies, entity: Entity
) -> None:
    assert diamond.mappings_from(entity("MESH:D000004")) == ()
    assert [row.object.curie for row in diamond.mappings_from(entity("MONDO:0000004"))] == [
        "MESH:D000004"
    ]
    assert [row.subject.curie for row in diamond.denied_mappings] == ["MONDO:0000004"]


def test_a_later_pack_wins_term_by_term_and_both_releases_are_named(
    diamond: Ontologies, tmp_path_factory: pytest.TempPathFactory, namespaces: Namespaces
) -> None:
    newer = tmp_path_factory.mktemp("newer")
    (newer / "slices").mkdir()
    text = "# ontology: mondo\n# version: 2\nid\tlabel\nMONDO:0000004\tleaf of two\n"
    (newer / "slices" / "mondo.tsv").write_text(text, encoding="utf-8")
    older = diamond.slices[0].file.rsplit("/slices/", 1)[0]
    packs = [Pack(name="old", folder=newer.__class__(older)), load_pack(newer)]
    both = open_ontologies(packs, namespaces)
    leaf, left = (namespaces.parse(f"MONDO:000000{n}") for n in (4, 2))
    assert [term.label for term in both.named("leaf of two")] == ["leaf of two"]
    assert both.named("leaf") == ()
    assert (both.release_of(leaf), both.release_of(left)) == ("mondo 2", "mondo 1")
    assert both.release("MONDO") == "mondo 1, mondo 2"
    assert len(list(both)) == len(both) == 8


def test_the_index_survives_pickling(diamond: Ontologies, entity: Entity) -> None:
    copy = pickle.loads(pickle.dumps(diamond))  # noqa: S301 - made in the line itself
    assert curies(copy.ancestors(entity("MONDO:0000004"))) == ["3", "2", "1"]


def test_juvenile_dermatomyositis_has_its_two_parents(bundled: Ontologies, entity: Entity) -> None:
    term = bundled.get(entity("MONDO:0008054"))
    assert term is not None
    assert [parent.curie for parent in term.parents] == ["MONDO:0016367", "MONDO:0018010"]
    assert bundled.release("MONDO") == "mondo 2026-05-05"


INTERFERONOPATHIES = ["MONDO:0014405", "MONDO:0018866", "MONDO:0009726", "MONDO:0014629"]


@pytest.mark.parametrize("curie", INTERFERONOPATHIES)
def test_interferonopathies_are_below_their_class(
    curie: str, bundled: Ontologies, entity: Entity
) -> None:
    assert bundled.is_below(entity(curie), entity("MONDO:0700264"))


@pytest.mark.parametrize("curie", ["MONDO:0008054", "MONDO:0014502"])
def test_what_only_papers_call_an_interferonopathy_is_not(
    curie: str, bundled: Ontologies, entity: Entity
) -> None:
    assert curie in {term.id.curie for term in bundled.terms_of("mondo")}
    assert not bundled.is_below(entity(curie), entity("MONDO:0700264"))


def test_dermatomyositis_is_not_below_autoimmune_disease_but_lupus_is(
    bundled: Ontologies, entity: Entity
) -> None:
    autoimmune = entity("MONDO:0007179")
    assert not bundled.is_below(entity("MONDO:0016367"), autoimmune)
    assert bundled.is_below(entity("MONDO:0007915"), autoimmune)


def test_a_family_has_the_members_of_the_families_below_it(
    bundled: Ontologies, entity: Entity
) -> None:
    jak = {bundled.get(member) for member in bundled.members(entity("FPLX:JAK"))}
    assert {term.label for term in jak if term} == {"JAK1", "JAK2", "JAK3", "TYK2"}
    assert entity("NCBIGene:3439") in bundled.members(entity("FPLX:Interferon"))
    assert entity("NCBIGene:3458") not in bundled.members(entity("FPLX:Interferon"))


MAPPED = [
    ("MESH:C000596027", "CHEBI:95341"),
    ("PUBCHEM.COMPOUND:44205240", "CHEBI:95341"),
    ("MESH:D003882", "MONDO:0016367"),
    ("MESH:C566343", "MONDO:0011362"),
    ("MESH:D006130", "MONDO:0015514"),
    ("OMIM:615934", "MONDO:0014405"),
]


@pytest.mark.parametrize(("stated", "concept"), MAPPED)
def test_ids_of_the_field_map_exactly(
    stated: str, concept: str, bundled: Ontologies, entity: Entity
) -> None:
    rows = bundled.mappings_from(entity(stated))
    exact = {row.object.curie for row in rows if row.predicate == "skos:exactMatch"}
    assert exact == {concept}


def test_the_supplementary_record_of_juvenile_dermatomyositis_is_no_exact_match(
    bundled: Ontologies, entity: Entity
) -> None:
    assert bundled.mappings_from(entity("MESH:C000598745")) == ()


def test_every_parent_and_replacement_in_the_slices_is_in_the_slices(bundled: Ontologies) -> None:
    for term in bundled:
        led_to = (*term.parents, *((term.replaced_by,) if term.replaced_by else ()))
        assert all(entity in bundled for entity in led_to), term.id


def test_no_term_of_the_slices_is_above_itself(bundled: Ontologies) -> None:
    assert [term.id for term in bundled if term.id in bundled.ancestors(term.id)] == []


def test_no_two_live_terms_of_the_slices_lead_to_an_obsolete_parent(bundled: Ontologies) -> None:
    obsolete = {term.id for term in bundled if term.obsolete}
    assert [term.id for term in bundled if obsolete & set(term.parents)] == []
