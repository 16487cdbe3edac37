"""What a query meets that knows of no review: what curators decided, and nothing they did not."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import NamedNode, QuerySolutions, Store

from exporter.grounding.review_lines import Line
from exporter.grounding.review_table import table

SEED = "PMC12841639.md"
OBO, GENE = "http://purl.obolibrary.org/obo/", "http://identifiers.org/ncbigene/"
BARICITINIB, LUPUS = f"{OBO}CHEBI_95341", f"{OBO}MONDO_0007915"
MI2_POSITIVE, CHD3 = f"{OBO}HP_0033554", f"{GENE}1107"
JDM, DM = f"{OBO}MONDO_0008054", f"{OBO}MONDO_0016367"
NAIVE = [
    "?paper <https://schema.org/mentions> ?concept",
    "?annotation a oa:Annotation ; oa:hasBody ?concept",
    "?annotation oa:hasBody ?concept . ?concept rdfs:label ?name",
    "?grounding a lc:Grounding ; lc:concept ?concept",
    "?anything lc:concept ?concept",
    "?verdict a lc:Verdict ; lc:verdictTarget ?concept",
    "?anything lc:verdictTarget ?concept",
    "?annotation ^lc:aboutAnnotation/lc:verdictTarget ?concept",
    "?verdict lc:aboutAnnotation/oa:hasBody ?concept",
    "?grounding lc:byVerdict ?verdict ; lc:concept ?concept",
]
OF_VERDICTS = NAIVE[5:]
PREFIXES = """
    PREFIX lc: <https://w3id.org/linked-case/vocab#>
    PREFIX oa: <http://www.w3.org/ns/oa#>
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""


def concepts(store: Store, query: str) -> set[str]:
    answer = store.query(f"{PREFIXES} SELECT ?concept WHERE {{ {query} }}")
    assert isinstance(answer, QuerySolutions)
    return {row["concept"].value for row in answer if isinstance(row["concept"], NamedNode)}


@pytest.fixture
def lines(run: Callable[..., Result], examples: Path) -> list[dict[str, str]]:
    """Every annotation of the seed, as a review lists it."""
    shown = run("review", examples / "digests" / SEED, "--all", "--no-review").stdout
    return list(csv.DictReader(io.StringIO(shown), delimiter="\t"))


@pytest.fixture
def decided(
    tmp_path: Path, examples: Path, stored: Callable[..., Store], lines: list[dict[str, str]]
) -> Callable[..., Store]:
    """Export the seed after verdicts by label or concept, and what else is to be in the lines."""

    def export(verdicts: dict[str, dict[str, str]]) -> Store:
        (tmp_path / "papers").mkdir()
        shutil.copy(examples / "digests" / SEED, tmp_path / "papers")
        cells = [
            line | verdicts[name]
            for line in lines
            for name in {line["label"], line["concept"]} & set(verdicts)
        ]
        assert cells
        filled = [Line(**line) for line in cells]  # type: ignore[arg-type]
        review = tmp_path / "review.tsv"
        review.write_bytes(b"".join(table(filled)))
        return stored(tmp_path / "papers", tmp_path / "out.nq", "--review", str(review))

    return export


def test_without_a_verdict_on_it_a_concept_is_met(decided: Callable[..., Store]) -> None:
    store = decided({"IFIH1": {"verdict": "reject"}})
    for query in NAIVE[:5]:
        assert BARICITINIB in concepts(store, query), query


def test_no_query_meets_what_a_curator_rejected(decided: Callable[..., Store]) -> None:
    store = decided({"CHEBI:95341": {"verdict": "reject"}})
    for query in NAIVE:
        assert BARICITINIB not in concepts(store, query), query
    assert JDM in concepts(store, NAIVE[0])
    rejected = concepts(store, "?grounding lc:rejectedConcept ?concept")
    assert BARICITINIB in rejected, "what was said is kept under a name that says so"


def test_after_a_replacement_every_query_meets_the_target_only(
    decided: Callable[..., Store],
) -> None:
    store = decided({"CHEBI:95341": {"verdict": "replace-with MONDO:0007915"}})
    for query in NAIVE:
        assert BARICITINIB not in concepts(store, query), query
        assert LUPUS in concepts(store, query), query


def test_an_accepted_proposal_is_met_and_the_antigen_never(decided: Callable[..., Store]) -> None:
    store = decided({"CHD3": {"verdict": "accept"}})
    for query in NAIVE:
        found = concepts(store, query)
        assert MI2_POSITIVE in found, query
        assert CHD3 not in found, query


@pytest.mark.parametrize(
    "stale",
    [
        {"verdict": "accept", "proposal": "MONDO:0007915"},
        {"verdict": "narrow-to", "target": "MONDO:9999999", "number": "1"},
        {"verdict": "replace-with", "target": "MONDO:0017960", "number": "1"},
    ],
)
def test_a_verdict_that_no_longer_applies_gives_nothing(
    stale: dict[str, str], decided: Callable[..., Store]
) -> None:
    store = decided({"CHD3": stale})
    unwanted = {LUPUS, f"{OBO}MONDO_9999999", f"{OBO}MONDO_0017960", CHD3, MI2_POSITIVE}
    for query in NAIVE:
        assert not concepts(store, query) & unwanted, query
    for query in OF_VERDICTS:
        assert concepts(store, query) == set(), query
    told = concepts(store, "?verdict a lc:UnappliedVerdict ; lc:unappliedTarget ?concept")
    assert len(told & unwanted) == 1


def test_what_is_kept_is_met_as_its_source_has_it(decided: Callable[..., Store]) -> None:
    store = decided({"JDM": {"verdict": "keep"}})
    assert {JDM, DM} <= concepts(store, NAIVE[0]), "one list has the one id, one the other"
