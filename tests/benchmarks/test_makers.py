"""Makers of faults: each makes the fault that it is for, and none where there is none to make."""

from random import Random

import pytest

from benchmarks.lint.concepts import Concepts
from benchmarks.lint.faults import Bench, Change, Group, Kind
from benchmarks.lint.makers import MAKERS, knows_truth
from benchmarks.lint.sheets import Block, Item
from exporter.model.identifiers import EntityId, bundled_namespaces
from exporter.ontologies.packs import bundled_packs, open_ontologies
from exporter.sources.pubtator import READER

NAMESPACES = bundled_namespaces()


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    return Concepts(open_ontologies(bundled_packs(), NAMESPACES))


def entity(curie: str) -> EntityId:
    return NAMESPACES.parse(curie)


def bench_of(concepts: Concepts, *ids: str, foreign: str = "") -> Bench:
    pools: dict[tuple[str, str], tuple[EntityId, ...]] = {}
    for each in map(entity, ids):
        category = "gene" if each.prefix == "NCBIGene" else "disease"
        pools[category, each.prefix] = (*pools.get((category, each.prefix), ()), each)
    others: dict[str, tuple[EntityId, ...]] = {"jak1": (entity(foreign),)} if foreign else {}
    chance = Random(3)  # noqa: S311 - not a secret
    return Bench(concepts=concepts, chance=chance, ids=pools, other_species=others)


def group(label: str, curie: str, text: str, category: str = "disease") -> Group:
    start = text.index(label)
    item = Item(
        number=3,
        key="1",
        start=start,
        end=start + len(label),
        label=label,
        kind=category.title(),
        written=entity(curie).local,
    )
    block = Block(key="1", title=text, items=[item])
    return Group(
        corpus="one", category=category, stated=entity(curie), items=((block, item),), text=text
    )


def made(kind: Kind, about: Group, bench: Bench) -> Change | None:
    return MAKERS[kind](about, bench)


def test_a_swapped_id_is_no_kin_of_the_right_one(concepts: Concepts) -> None:
    jdm = group("JDM", "MONDO:0008054", "Children with juvenile dermatomyositis (JDM).")
    kin = bench_of(concepts, "MONDO:0008054", "MONDO:0016367")
    assert made(Kind.SWAPPED, jdm, kin) is None
    change = made(Kind.SWAPPED, jdm, bench_of(concepts, "MONDO:0016367", "MONDO:0014405"))
    assert change is not None
    assert change.fault == entity("MONDO:0014405")
    assert change.seeable


def test_a_fault_is_beyond_sight_where_nothing_knows_the_label(concepts: Concepts) -> None:
    known = group("juvenile dermatomyositis", "MONDO:0008054", "A juvenile dermatomyositis.")
    unknown = group("sick muscles", "MONDO:0008054", "Some sick muscles.")
    explained = group("XJD", "MONDO:0008054", "With Xtra juvenile dermatomyositis (XJD).")
    bench = bench_of(concepts)
    assert knows_truth(known, bench)
    assert not knows_truth(unknown, bench)
    assert not knows_truth(explained, bench)


def test_parents_and_children_are_next_of_kin_in_the_namespace_of_the_corpus(
    concepts: Concepts,
) -> None:
    disease = group("dermatomyositis", "MESH:D003882", "Adults with dermatomyositis.")
    above = made(Kind.PARENT, disease, bench_of(concepts))
    below = made(Kind.CHILD, disease, bench_of(concepts))
    assert above is not None
    assert below is not None
    core = entity("MONDO:0016367")
    assert above.fault is not None
    assert below.fault is not None
    parents = [each for p in concepts.ontologies.parents(core) for each in _written(p, concepts)]
    children = [each for c in concepts.children[core] for each in _written(c, concepts)]
    assert above.fault in parents
    assert below.fault in children


def _written(concept: EntityId, concepts: Concepts) -> tuple[EntityId, EntityId]:
    return concept, concepts.written_in("MESH", concept)


def test_antibodies_are_written_around_a_gene_that_is_in_no_list(concepts: Concepts) -> None:
    alone = group("IFIH1", "NCBIGene:64135", "The role of IFIH1 was studied.", "gene")
    listed = group("IFIH1", "NCBIGene:64135", "The role of IFIH1, JAK1 was studied.", "gene")
    change = made(Kind.ANTIBODY, alone, bench_of(concepts))
    assert change is not None
    assert change.around is not None
    assert "anti" in "".join(change.around) or "IgG" in change.around[1]
    assert made(Kind.ANTIBODY, listed, bench_of(concepts)) is None


def test_a_short_form_gets_the_gene_of_its_name_only_if_the_text_means_another_thing(
    concepts: Concepts,
) -> None:
    bench = bench_of(concepts)
    other = group("AGS", "MONDO:0018866", "An Aicardi-Goutieres syndrome (AGS) was found.")
    change = made(Kind.ABBREVIATION, other, bench)
    assert change is not None
    assert change.fault == entity("NCBIGene:182")
    same = group("AGS", "MONDO:0018866", "An altered jagged syndrome (AGS) was found.")
    assert made(Kind.ABBREVIATION, same, bench) is None
    bare = group("AGS", "MONDO:0018866", "AGS was found.")
    assert made(Kind.ABBREVIATION, bare, bench) is None


def test_an_animal_gene_is_put_into_papers_on_people_only(concepts: Concepts) -> None:
    bench = bench_of(concepts, foreign="NCBIGene:16451")
    people = group("JAK1", "NCBIGene:3716", "JAK1 in patients with myositis.", "gene")
    mixed = group("JAK1", "NCBIGene:3716", "JAK1 in patients and in mice.", "gene")
    change = made(Kind.SPECIES, people, bench)
    assert change is not None
    assert change.fault == entity("NCBIGene:16451")
    assert made(Kind.SPECIES, mixed, bench) is None


@pytest.mark.parametrize("curie", ["MESH:D003882", "MONDO:0008054", "NCBIGene:3716"])
def test_a_malformed_id_and_an_unknown_namespace_are_read_by_nobody(
    concepts: Concepts, curie: str
) -> None:
    category = "gene" if curie.startswith("NCBI") else "disease"
    about = group("this", curie, "In this paper.", category)
    for kind in (Kind.MALFORMED, Kind.NAMESPACE):
        change = made(kind, about, bench_of(concepts))
        assert change is not None
        assert not _is_read(change.written, about.items[0][1].kind)


def _is_read(written: str, kind: str) -> bool:
    from exporter.errors import Where
    from exporter.model.document import Document
    from exporter.sources import Settings

    line = f"1|t|In this paper.\n1\t3\t7\tthis\t{kind}\t{written}\n"
    (record,) = READER.split(line.encode(), Where(file="a"))
    paper = READER.parse(record, Settings(namespaces=NAMESPACES))
    assert isinstance(paper, Document)
    return paper.texts[0].annotations[0].stated is not None
