"""When a name only tells which antibody is meant."""

from time import process_time

import pytest

from exporter.grounding.antibodies import is_antigen, may_be_result, tells_of_antibodies
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
    ("MDA5", "antibodies against melanoma differentiation-associated gene 5 (MDA5)"),
    (
        "NXP2",
        "antibodies to melanoma differentiation-associated gene 5 (MDA5) and nuclear matrix"
        " protein 2 (NXP2)",
    ),
    ("Jo-1", "antibodies against nuclear matrix protein 2 (NXP2) and to Jo-1"),
    ("MDA5", "anti-melanoma differentiation-associated gene 5 (MDA5) was found"),
    ("MDA5", "anti-IFIH1 (MDA5)"),
    ("IFIH1", "anti-IFIH1 (MDA5)"),
    ("HARS1", "anti-Jo-1 (HARS1) and anti-Ro52 antibodies"),
    ("HARS1", "antibodies against Jo-1 (HARS1)"),
    ("MDA5", "MDA5 IgG titre"),
    ("MDA5", "the serogroup was MDA5"),
    ("MDA5", "rituximab was given for antibodies against MDA5"),
    ("MDA5", "He took rituximab, the anti-MDA5 titre fell"),
    ("Scl-70", "antibodies to centromere protein B and to Scl-70"),
    ("MDA5", "MDA5(+) disease and autoantibodies"),
    ("PL-7", "anti-Jo-1, PL-7 and PL-12 antibodies"),
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
    ("IFNAR1", "Anifrolumab, an antibody against IFNAR1"),
    ("IFNAR1", "anifrolumab (a human antibody to IFNAR1)"),
    ("IFNAR1", "anifrolumab is an antibody against interferon alpha receptor 1 (IFNAR1)"),
    ("IFNAR1", "anifrolumab (anti-IFNAR1)"),
    ("IFNAR1", "antibodies against IFNAR1 such as anifrolumab"),
    ("IFNAR1", "anti-IFNAR1 (anifrolumab) was given"),
    ("IL6R", "a humanised antibody targeting IL6R"),
    ("IFNG", "antibodies against Ro52 fell and interferon gamma (IFNG) rose"),
    ("IL10", "the anti-inflammatory cytokine (IL10) rose"),
    ("IFNG", "after anti-TNF therapy response (IFNG)"),
    ("STAT1", "STAT1-positive T cells and autoantibodies"),
    ("FCGR1A", "the FCGR1A IgG receptor"),
    ("CD31", "CD31(+), CD34(+) and c-kit(+) vessel density, and antibodies"),
    ("IL17", "injection of anti-IL17 antibody in mice"),
    ("CD3", "stimulated with anti-CD3 antibodies"),
    ("DLL1", "anti-DLL1 mAb slowed it"),
    ("S100A7", "an anti-S100A7 ribozyme transgene"),
    ("EGFR", "candidate markers for anti-EGFR targeted therapies"),
    ("IL27", "Neutralizing antibodies to IL27 improved survival"),
    ("SLC6A3", "inhibits the transporter SLC6A3 antibodies to DRD2"),
]


@pytest.mark.parametrize(("name", "prose"), ANTIGENS)
def test_the_name_of_an_antigen_is_known_as_one(name: str, prose: str) -> None:
    assert all(is_antigen(place) for place in prose_of(prose).occurrences(name)), prose
    assert prose_of(prose).says(name)


@pytest.mark.parametrize(("name", "prose"), GENES)
def test_a_gene_beside_antibodies_is_no_antigen(name: str, prose: str) -> None:
    assert not any(is_antigen(place) for place in prose_of(prose).occurrences(name)), prose
    assert prose_of(prose).says(name)


def test_a_noted_medicine_has_a_target_and_no_antigen() -> None:
    place = prose_of("Xyzal, a human antibody against IL6R, was given.").occurrences("IL6R")[0]
    assert (is_antigen(place), is_antigen(place, {"xyzal"})) == (True, False)


@pytest.mark.parametrize(
    ("before", "repeated", "after"),
    [
        ("anti-", "A1/", " (MDA5) rose"),
        ("anti-", "A1/anti-", " (MDA5) rose"),
        ("antibodies against the human ", "A/", "x (MDA5) rose"),
        ("antibodies (", "A/", "x (MDA5) rose"),
        ("MDA5", "+/", "x"),
    ],
)
def test_an_endless_list_of_names_is_judged_at_once(before: str, repeated: str, after: str) -> None:
    place = prose_of(f"{before}{repeated * 5000}{after}").occurrences("MDA5")[0]
    began = process_time()
    assert not is_antigen(place)
    assert process_time() - began < 1


@pytest.mark.parametrize(
    ("prose", "tells"),
    [
        ("Antibodies were tested.", True),
        ("She was seropositive.", True),
        ("Anti-dsDNA antibodies fell.", True),
        ("Monoclonal antibodies were given.", False),
        ("Anifrolumab, an antibody against IFNAR1, was given.", False),
        ("Positive cells were counted.", False),
    ],
)
def test_a_text_tells_of_antibodies_of_people_or_only_of_medicines(
    prose: str, *, tells: bool
) -> None:
    assert tells_of_antibodies(prose) is tells


@pytest.mark.parametrize(
    ("prose", "may"),
    [
        ("He was MDA5-positive.", True),
        ("MDA5 (+)", True),
        ("MDA5-positive fibres", False),
        ("The mutation was MDA5-positive.", False),
        ("MDA5 rose.", False),
    ],
)
def test_a_positive_name_may_be_a_result_unless_tissue_or_variants_are_meant(
    prose: str, *, may: bool
) -> None:
    assert may_be_result(prose_of(prose).occurrences("MDA5")[0]) is may


def test_one_place_may_be_the_antigen_and_the_next_the_protein() -> None:
    places = prose_of("Immune complexes of MDA5 and anti-MDA5 induce IFN.").occurrences("MDA5")
    assert [is_antigen(place) for place in places] == [False, True]
