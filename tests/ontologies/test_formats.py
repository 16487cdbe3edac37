import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from exporter.errors import InputError, MissingPartError
from exporter.ontologies.formats import reader
from exporter.ontologies.formats.obo import data_version
from exporter.ontologies.stanzas import Stanza
from exporter.ontologies.terms import Scope, Synonym

OBO = r"""format-version: 1.2
data-version: x/2026-05-05
[Term]
id: MONDO:0000001
name: one \"two\" {curly\}
def: "never read" []
synonym: "uno \"x\"" EXACT [a:b]
synonym: "eins" RELATED INN [a:b]
synonym: broken
xref: MESH:D000001 {source="a"}
is_a: MONDO:0000002 {source="x"} ! two
relationship: has_role CHEBI:1 ! a role
[Typedef]
id: has_role
name: has role
[Term]
id: MONDO:0000002
is_obsolete: true
replaced_by: MONDO:0000001
consider: MONDO:0000003
[Instance]
id: MONDO:0000009
"""
GRAPH = {
    "graphs": [
        {
            "nodes": [
                {
                    "id": "http://purl.obolibrary.org/obo/MAXO_0000001",
                    "lbl": "act",
                    "type": "CLASS",
                    "meta": {
                        "synonyms": [
                            {"pred": "hasExactSynonym", "val": "deed"},
                            {"pred": "somethingElse", "val": "no"},
                        ],
                        "xrefs": [{"val": "X:1"}],
                    },
                },
                {
                    "id": "http://purl.obolibrary.org/obo/MAXO_0000002",
                    "type": "CLASS",
                    "meta": {
                        "deprecated": True,
                        "basicPropertyValues": [
                            {
                                "pred": "http://purl.obolibrary.org/obo/IAO_0100001",
                                "val": "MAXO:0000001",
                            }
                        ],
                    },
                },
                {"id": "http://example.org/p", "lbl": "a property", "type": "PROPERTY"},
            ],
            "edges": [
                {"sub": "http://purl.obolibrary.org/obo/MAXO_0000001", "pred": "is_a", "obj": "b"},
                {"sub": "http://purl.obolibrary.org/obo/MAXO_0000001", "pred": "rel", "obj": "c"},
            ],
        }
    ]
}
TURTLE = """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://a/1> rdfs:label "one"@en ; rdfs:subClassOf <http://a/2>, [] .
<http://a/2> rdfs:comment "no label" .
"""


def read(form: str, path: Path, **options: Any) -> list[Stanza]:
    return list(reader(form)(path, options, lambda _id: True))


def written(path: Path, text: str) -> Path:
    content = text.encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.mark.parametrize("name", ["x.obo", "x.obo.gz"])
def test_obo_gives_terms_and_nothing_else(name: str, tmp_path: Path) -> None:
    path = written(tmp_path / name, OBO)
    first, second = read("obo", path)
    assert first == Stanza(
        id="MONDO:0000001",
        label='one "two" {curly}',
        synonyms=(Synonym('uno "x"', Scope.EXACT), Synonym("eins", Scope.RELATED)),
        parents=("MONDO:0000002",),
        relations=(("has_role", "CHEBI:1"),),
        xrefs=("MESH:D000001",),
    )
    assert (second.obsolete, second.replaced_by) == (True, "MONDO:0000001")
    assert second.consider == ("MONDO:0000003",)
    assert data_version(path) == "x/2026-05-05"


def test_a_term_that_nobody_wants_is_not_given(tmp_path: Path) -> None:
    path = written(tmp_path / "x.obo", OBO)
    ids = [s.id for s in reader("obo")(path, {}, lambda text: text.endswith("2"))]
    assert ids == ["MONDO:0000002"]


def test_an_obo_graph_gives_classes_with_their_is_a_edges(tmp_path: Path) -> None:
    first, second = read("obograph", written(tmp_path / "x.json", json.dumps(GRAPH)))
    assert (first.label, first.parents, first.xrefs) == ("act", ("b",), ("X:1",))
    assert first.synonyms == (Synonym("deed", Scope.EXACT),)
    assert (second.obsolete, second.replaced_by) == (True, "MAXO:0000001")


NO_GRAPHS = ["[]", "{", '{"graphs": 1}', '{"graphs": [{"edges": [{}]}]}', "[" * 100_000]


@pytest.mark.parametrize("text", NO_GRAPHS, ids=range(len(NO_GRAPHS)))
def test_json_that_is_no_obo_graph_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no OBO graph"):
        read("obograph", written(tmp_path / "x.json", text))


def test_turtle_gives_what_has_a_label(tmp_path: Path) -> None:
    (only,) = read("turtle", written(tmp_path / "x.ttl", TURTLE))
    assert (only.id, only.label, only.parents) == ("http://a/1", "one", ("http://a/2",))


def test_broken_turtle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not Turtle"):
        read("turtle", written(tmp_path / "x.ttl", "<http://a/1> <"))


def test_a_table_is_read_as_the_recipe_says(tmp_path: Path) -> None:
    text = "#note\n1\tone\tuno|eins\tyes\n2\tobsolete two\t-\tyes\n\tthree\t-\tyes\n4\tno\t-\tno\n"
    first, second = read(
        "table",
        written(tmp_path / "x.tsv", text),
        columns=["n", "name", "also", "kept"],
        comment="#",
        none="-",
        where={"kept": "yes"},
        id="NCBIGene:{n}",
        label="{name}",
        alias=["{also}", "N{n}"],
    )
    assert (first.id, first.label, first.obsolete) == ("NCBIGene:1", "one", False)
    assert [name.text for name in first.synonyms] == ["uno", "eins", "N1"]
    assert (second.label, second.obsolete) == ("two", True)
    assert [name.text for name in second.synonyms] == ["N2"]


def test_a_quotation_mark_is_a_letter_where_the_recipe_says_so(tmp_path: Path) -> None:
    path = written(tmp_path / "x.tsv", 'n\tname\n1\t"one\n2\ttwo"\n')
    names = [stanza.label for stanza in read("table", path, id="{n}", label="{name}", quoted=False)]
    assert names == ['"one', 'two"']


BAD_RECIPES: list[tuple[dict[str, Any], str]] = [
    ({"id": "{m}"}, "no column 'm'"),
    ({"id": "{n}", "where": {"m": "1"}}, "no column 'm'"),
    ({"id": "{n"}, "is no pattern"),
    ({"id": "{n.x}"}, "is no pattern"),
]


@pytest.mark.parametrize(("options", "problem"), BAD_RECIPES)
def test_a_recipe_that_does_not_fit_the_table_is_refused(
    options: dict[str, Any], problem: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=problem):
        read("table", written(tmp_path / "x.tsv", "n\n1\n"), **options)


def test_families_get_their_members_by_gene_id(tmp_path: Path) -> None:
    written(tmp_path / "genes.tsv", "symbol\tentrez_id\nJAK1\t3716\nNOID\t\n")
    written(tmp_path / "names.csv", "Jak,FPLX,JAK\nJAK,HGNC,1\n")
    relations = "HGNC,JAK1,isa,FPLX,JAK\nHGNC,NOID,isa,FPLX,JAK\nFPLX,JAK,isa,FPLX,Kinase\n"
    relations += "FPLX,JAK,partof,FPLX,Big_one\nUP,P1,isa,FPLX,JAK\n"
    symbols = {"file": "genes.tsv", "id": "NCBIGene:{entrez_id}"}
    names = {
        "file": "names.csv",
        "delimiter": ",",
        "columns": ["name", "db", "family"],
        "where": {"db": "FPLX"},
    }
    path = written(tmp_path / "relations.csv", relations)
    big, jak = read("famplex", path, symbols=symbols, names=names)
    assert (big.label, big.relations) == ("Big one", (("has_part", "FPLX:JAK"),))
    assert (jak.parents, jak.relations) == (("FPLX:Kinase",), (("has_member", "NCBIGene:3716"),))
    assert jak.synonyms == (Synonym("Jak", Scope.EXACT),)


def test_an_unknown_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="unknown form of file 'xls'") as refusal:
        reader("xls")
    assert "obograph" in refusal.value.hint


def test_a_missing_or_torn_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingPartError, match="a source file is missing"):
        read("obo", tmp_path / "x.obo")
    torn = tmp_path / "x.obo.gz"
    torn.write_bytes(gzip.compress(OBO.encode())[:-9])
    with pytest.raises(InputError, match="cannot be read"):
        read("obo", torn)
    latin = tmp_path / "y.obo"
    latin.write_bytes("[Term]\nid: A:1\nname: Sjögren\n".encode("latin-1"))
    with pytest.raises(InputError, match="cannot be read"):
        read("obo", latin)
