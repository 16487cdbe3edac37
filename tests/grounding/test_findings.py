"""What a curator is told about the groundings of a text."""

from collections.abc import Callable, Mapping
from typing import Any

from exporter.grounding import findings, ground
from exporter.model.document import Document, Text
from exporter.model.findings import Finding, Level
from exporter.ontologies.index import Ontologies

Make = Callable[[Mapping[str, Any]], Text]


def found(
    make_text: Make, document: Document, ontologies: Ontologies, **said: Any
) -> list[Finding]:
    text = make_text(said)
    return list(findings(text, ground(document, text, ontologies)))


def test_a_wrong_id_is_an_error_with_place_reason_and_remedy(
    make_text: Make, document: Document, ontologies: Ontologies
) -> None:
    only = found(
        make_text,
        document,
        ontologies,
        prose="The corticosteroid (CS) dose fell.",
        kind="Genes",
        label="CS",
        gloss="citrate synthase",
        id="NCBIGene:1431",
    )[0]
    assert (only.level, only.code, only.value) == (Level.ERROR, "wrong-id", "CS (NCBIGene:1431)")
    assert (only.where.file, only.where.line, only.where.field) == ("a.md", 7, "Genes")
    assert "'CS' means 'corticosteroid'" in only.message
    assert only.hint.endswith("proposed: CHEBI:50858")


def test_a_clean_annotation_gives_no_finding(
    make_text: Make, document: Document, ontologies: Ontologies
) -> None:
    said = {"prose": "JAK1.", "kind": "Genes", "label": "JAK1", "id": "NCBIGene:3716"}
    assert found(make_text, document, ontologies, **said) == []


def test_an_old_symbol_is_only_a_note(
    make_text: Make, document: Document, ontologies: Ontologies
) -> None:
    said = {"prose": "TMEM173.", "kind": "Genes", "label": "TMEM173", "id": "NCBIGene:340061"}
    notes = found(make_text, document, ontologies, **said)
    assert [(note.level, note.code) for note in notes] == [(Level.NOTE, "old-symbol")]


def test_two_labels_of_one_concept_in_one_list_are_one_entity(
    make_text: Make, document: Document, ontologies: Ontologies
) -> None:
    human = {"kind": "Species", "id": "NCBITaxon:9606"}
    notes = found(
        make_text,
        document,
        ontologies,
        prose="Patients.",
        label="Homo sapiens",
        beside=[{"label": "patients", **human}, {"label": "Homo sapiens", **human}],
        **human,
    )
    assert [note.code for note in notes] == ["label-is-synonym", "second-label"]
    assert "same as 'Homo sapiens'" in notes[1].message


def test_a_text_without_annotations_has_no_groundings(
    document: Document, ontologies: Ontologies, make_text: Make
) -> None:
    text = make_text({"prose": "Nothing.", "kind": "Genes", "label": "x"})
    bare = Text(content=text.content, kind=text.kind, passages=text.passages, annotations=())
    assert ground(document, bare, ontologies) == ()
