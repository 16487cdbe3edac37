"""When a name only tells which antibody is meant."""

import pytest

from exporter.grounding.antibodies import is_antigen
from exporter.grounding.prose import prose_of

ANTIGENS = [
    ("MDA5", "Anti-MDA5 antibodies returned to normal."),
    ("Mi2-alpha", "positive Mi2-\u03b1 and MDA5 antibodies"),
    ("MDA5", "anti-MDA5 and anti-Mi2-\u03b1 positive juvenile disease"),
    ("NXP2", "antibodies against MDA5, NXP2 and TIF1\u03b3"),
    ("NXP2", "anti-MDA5/NXP2 positive"),
    ("NXP2", "anti-MDA5, -NXP2 and -TIF1\u03b3"),
    ("NXP2", "myositis-specific autoantibodies (MDA5, NXP2) were found"),
    ("MDA5", "MDA5-positive children had their antibodies tested"),
    ("MDA5", "two MDA5 autoantibody-positive children"),
    ("MDA5", "MDA5 (IFIH1) IgG antibodies"),
    ("Ro52", "anti-TIF1\u03b3 and anti-Ro52 disease"),
    ("MDA5", "antibodies to the MDA5 protein"),
    ("MDA5", "anti MDA5"),
    ("MDA5", "MDA5 autoantigen"),
]
GENES = [
    ("MDA5", "MDA5 senses viral RNA."),
    ("IFIH1", "variants in IFIH1 and autoantibodies"),
    ("TNF", "anti-TNF therapy failed"),
    ("CD20", "the anti-CD20 antibody rituximab"),
    ("IL6", "an anti-IL6 receptor monoclonal antibody"),
    ("MDA5", "expression of MDA5 and anti-Ro52 antibodies"),
    ("STAT1", "STAT1-positive cells"),
    ("STAT1", "Levels of antibody were low. STAT1 was up"),
    ("JAK1", "JAK1 and JAK2 inhibitors"),
    ("PAI1", "PAI1 antigen levels"),
]


@pytest.mark.parametrize(("name", "prose"), ANTIGENS)
def test_the_name_of_an_antigen_is_known_as_one(name: str, prose: str) -> None:
    assert all(is_antigen(place) for place in prose_of(prose).occurrences(name)), prose
    assert prose_of(prose).says(name)


@pytest.mark.parametrize(("name", "prose"), GENES)
def test_a_gene_beside_antibodies_is_no_antigen(name: str, prose: str) -> None:
    assert not any(is_antigen(place) for place in prose_of(prose).occurrences(name)), prose
    assert prose_of(prose).says(name)


def test_one_place_may_be_the_antigen_and_the_next_the_protein() -> None:
    places = prose_of("Immune complexes of MDA5 and anti-MDA5 induce IFN.").occurrences("MDA5")
    assert [is_antigen(place) for place in places] == [False, True]
