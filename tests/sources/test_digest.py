"""A digest becomes a paper with its text: nothing lost, nothing invented, every place exact."""

import re
from collections import Counter
from pathlib import Path

import pytest

from exporter.errors import InputError, UsageError, Where
from exporter.model.document import Document, PositionSource, TextKind
from exporter.model.findings import Finding
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Record, Settings, parse, read

CASES = Path(__file__).parent / "cases" / "digest"
SETTINGS = Settings(namespaces=bundled_namespaces())
ENTITY_LINE = re.compile(r"^- \*\*[^*]+:\*\* (.+)$", re.MULTILINE)
INNERMOST = re.compile(r"\([^()\[\]{}]*\)|\[[^()\[\]{}]*\]|\{[^()\[\]{}]*\}")


def papers(folder: Path) -> list[Document]:
    found = list(read([str(folder)], SETTINGS))
    return [paper for paper in found if isinstance(paper, Document)]


def paper(content: str | bytes, name: str = "some-paper", **said: str) -> Document:
    raw = content.encode() if isinstance(content, str) else content
    record = Record(reader="digest", where=Where(file="a.md"), content=raw, name=name)
    settings = Settings(namespaces=bundled_namespaces(), licence=said.get("licence"))
    found = parse(record, settings)
    assert isinstance(found, Document)
    return found


def case(name: str) -> Document:
    return paper((CASES / name).read_bytes())


def items_counted_another_way(content: str) -> int:
    """Count items by rubbing out brackets from the inside, then counting what commas leave."""
    count = 0
    for line in ENTITY_LINE.findall(content):
        left, more = line, 1
        while more:
            left, more = INNERMOST.subn("", left)
        count += len(left.split(", "))
    return count


def codes(findings: tuple[Finding, ...]) -> Counter[str]:
    return Counter(finding.code for finding in findings)


def test_no_entity_item_of_the_examples_is_lost(examples: Path) -> None:
    counted = {
        path.name: items_counted_another_way(path.read_text(encoding="utf-8"))
        for path in (examples / "digests").glob("*.md")
    }
    found = {
        Path(str(paper.texts[0].where.file)).name: len(paper.texts[0].annotations)
        for paper in papers(examples / "digests")
    }
    assert found == counted
    assert sum(found.values()) == 196


@pytest.mark.shared
def test_no_entity_item_of_the_seed_is_lost(shared: Path) -> None:
    (seed,) = papers(shared / "data" / "seed")
    counted = items_counted_another_way(seed.texts[0].content)
    assert len(seed.texts[0].annotations) == counted == 17


@pytest.mark.shared
def test_the_seed_is_verbatim_in_title_and_abstract_only(shared: Path) -> None:
    (seed,) = papers(shared / "data" / "seed")
    text = seed.texts[0]
    verbatim = {p.section for p in text.passages if p.kind is TextKind.VERBATIM}
    summary = {p.section for p in text.passages if p.kind is TextKind.MACHINE_SUMMARY}
    assert verbatim == {"title", "abstract"}
    assert {"tl;dr", "contribution", "key findings"} <= summary
    assert not text.kind_declared


@pytest.mark.shared
def test_the_seed_places_mda5_by_its_alias_and_jak_never_inside_another_word(shared: Path) -> None:
    (seed,) = papers(shared / "data" / "seed")
    text = seed.texts[0]
    gene = next(a for a in text.annotations if a.label == "IFIH1" and a.kind == "Genes")
    assert (1246, "MDA5", PositionSource.ALIAS_SEARCH) in {
        (mention.start, mention.exact, mention.source) for mention in gene.mentions
    }
    species = next(a for a in text.annotations if a.kind == "Species")
    assert species.mentions == ()


@pytest.mark.shared
def test_a_text_kind_beside_the_file_makes_the_examples_restatements(
    shared: Path, examples: Path
) -> None:
    declared = {p.texts[0].sha256: p.texts[0] for p in papers(examples / "digests")}
    undeclared = {p.texts[0].sha256: p.texts[0] for p in papers(shared / "corpus" / "digests")}
    assert declared.keys() == undeclared.keys()
    for text in declared.values():
        kinds = {passage.kind for passage in text.passages} | {text.kind}
        assert kinds == {TextKind.RESTATEMENT}
        assert (text.kind_declared, text.licence) == (True, "CC0-1.0")
    assert not any(text.kind_declared for text in undeclared.values())


def test_every_mention_is_the_slice_that_it_names(examples: Path) -> None:
    found = [*papers(examples / "digests"), case("traps.md"), case("web-page.txt")]
    mentions = 0
    for text in (text for document in found for text in document.texts):
        prose = [(p.start, p.end) for p in text.passages if p.prose]
        for mention in (m for a in text.annotations for m in a.mentions):
            mentions += 1
            assert text.content[mention.start : mention.end] == mention.exact
            assert any(start <= mention.start < mention.end <= end for start, end in prose)
            around = text.content[mention.start - 1] + text.content[mention.end]
            assert not re.search(r"[^\W_]", around)
    assert mentions > 100


def test_a_case_can_name_every_example_by_its_file_name(examples: Path) -> None:
    for document in papers(examples / "digests"):
        stem = Path(str(document.texts[0].where.file)).stem
        assert stem in {document.id, *document.names}


def test_the_id_is_the_strongest_name_that_the_paper_gives_itself(examples: Path) -> None:
    ids = {document.id for document in papers(examples / "digests")}
    assert {"PMC12841639", "PMID33576769", "10.3389/fped.2022.962585"} <= ids
    assert {"HAL-pasteur-01963025", "BRAIN-2018-141-1609"} <= ids
    assert "33576769" not in ids


@pytest.mark.parametrize(
    ("front", "source", "expected"),
    [
        ("PMC · DOI: 10.1/x · 2020", "https://tomesphere.com/paper/PMC12", "PMC12"),
        ("PMC · DOI: 10.1234/X · 2020", "https://example.org/a", "10.1234/x"),
        ("PMC12 · DOI: 10.1234/X · 2020", "https://example.org/a", "PMC12"),
        ("PubMed · PMID: 7 · 2020", "https://example.org/a", "PMID7"),
        ("PubMed · 2020", "https://pubmed.ncbi.nlm.nih.gov/29649002/", "PMID29649002"),
        ("PubMed · 2020", "https://europepmc.org/article/PMC/PMC77", "PMC77"),
        ("2020", "https://doi.org/10.1016/S0140-6736(22)02546-6", "10.1016/s0140-6736(22)02546-6"),
        ("arXiv · 2020", "https://tomesphere.com/paper/2101.00001", "2101.00001"),
        ("2020", "https://tomesphere.com/paper/10.1101/2020.01.02.123", "10.1101/2020.01.02.123"),
        ("2020", "https://tomesphere.com.example.org/paper/x7", "some-paper"),
        ("2020", "https://example.org/journal/PMC-studies", "some-paper"),
        ("2020", "http://\u2100.example.org/PMC7", "some-paper"),
    ],
)
def test_the_id_is_found_in_header_or_footer(front: str, source: str, expected: str) -> None:
    document = paper(f"# T\n\n{front}\n\n## Abstract\n\nWords.\n\n---\nSource: {source}")
    assert document.id == expected


def test_header_and_footer_that_disagree_are_reported_and_the_header_is_used() -> None:
    document = paper(
        "# T\n\nDOI: 10.1234/a · 2020\n\n## Abstract\n\nWords.\n\n"
        "---\nSource: https://doi.org/10.1234/b"
    )
    assert document.id == "10.1234/a"
    (conflict,) = [f for f in document.findings if f.code == "identifier-conflict"]
    assert (conflict.value, conflict.where.line) == ("DOI:10.1234/b", 3)


def test_the_web_page_form_is_read_like_the_markdown_form() -> None:
    document = case("web-page.txt")
    text = document.texts[0]
    sections = {p.section: text.content[p.start : p.end] for p in text.passages}
    assert document.title == sections["title"]
    assert [author.name for author in document.authors] == [
        "Ann Example",
        "Bo Sample",
        "Cy Instance",
    ]
    assert document.identifier("DOI") is not None
    assert (document.id, document.issued) == ("PMC99999999", "2024-03")
    assert sections["key findings"].startswith("Skin lesions faded")
    assert "Two children took" in sections["abstract"]
    assert "| 12   | 45   |" in sections["abstract"]
    assert text.annotations == ()
    assert codes(text.findings) == {"cut-text": 1, "unread-line": 1}
    kinds = {p.section: p.kind for p in text.passages}
    assert kinds["abstract"] is TextKind.VERBATIM
    assert kinds["key findings"] is TextKind.MACHINE_SUMMARY


def test_a_web_page_with_plain_lists_of_entities_gives_annotations() -> None:
    text = paper(
        "A title\nPMC\nAbstract\nJAK1 was seen.\nLinked entities\n"
        "Genes: JAK1 (Janus kinase 1), TYK2 (tyrosine\nkinase 2)\n\nCell lines: HeLa (CVCL_0030)\n"
    ).texts[0]
    assert [(a.kind, a.label, a.gloss) for a in text.annotations] == [
        ("Genes", "JAK1", "Janus kinase 1"),
        ("Genes", "TYK2", "tyrosine kinase 2"),
        ("Cell lines", "HeLa", ""),
    ]
    assert [m.exact for m in text.annotations[0].mentions] == ["JAK1"]


def test_traps_are_read_as_a_curator_reads_them() -> None:
    document = case("traps.md")
    text = document.texts[0]
    rows = {
        (a.annotator, a.kind, a.ordinal): (a.label, a.gloss, a.stated_as, str(a.stated or ""))
        for a in text.annotations
    }
    full, linked = "full-text entities", "linked entities"
    receptor = "interferon (alpha, beta and omega) receptor 1"
    human = ("human, species", "taxon 9606", "NCBITaxon:9606")
    cid = "PUBCHEM.COMPOUND:44205240"
    expected = {
        (full, "Genes", 0): (receptor, receptor, "NCBI Gene 3454", "NCBIGene:3454"),
        (full, "Genes", 1): (
            "NT5C1A",
            "5'-nucleotidase, cytosolic IA",
            "NCBI Gene 84618",
            "NCBIGene:84618",
        ),
        (full, "Chemicals", 0): ("1,25-dihydroxyvitamin D3", "", "MESH:D002117", "MESH:D002117"),
        (full, "Chemicals", 1): ("N,N-dimethylformamide", "", "", ""),
        (full, "Chemicals", 2): ("baricitinib", "", "PubChem CID 44205240", cid),
        (full, "Chemicals", 3): ("(R)-ketamine", "", "CHEBI:60799", "CHEBI:60799"),
        (full, "Chemicals", 4): ("poly[I:C]", "", "", ""),
        (full, "Diseases", 2): ("a rash", "", "FOO:12", ""),
        (full, "Diseases", 3): ("a cough", "", "MESH:XYZ", ""),
        (full, "Diseases", 4): ("JAK", "Janus kinase", "", ""),
        (full, "Diseases", 5): ("SAVI", "", "OMIM:615934", "OMIM:615934"),
        (full, "Species", 0): ("Homo sapiens", *human),
        (full, "Species", 1): ("patients", *human),
        (full, "Species", 2): ("Rhinovirus", "", "", ""),
        (full, "Mutations", 0): ("c.463G>A", "", "", ""),
        (full, "Mutations", 2): ("p.(Val155Met)", "", "", ""),
        (full, "Mutations", 3): ("rs587777610", "", "rs587777610", "DBSNP:rs587777610"),
        (full, "Mutations", 4): ("c.463G>A", "p.Val155Met", "", ""),
        (full, "Cell lines", 0): ("HeLa", "", "CVCL_0030", "CVCL:0030"),
        (linked, "Proteins", 0): ("JAK1", "", "UniProt:P23458", "UniProtKB:P23458"),
        (linked, "Proteins", 1): ("STAT1", "", "HGNC:11362", "HGNC:11362"),
        (linked, "Diseases", 0): ("juvenile dermatomyositis", "", "EFO:0000557", "EFO:0000557"),
        (linked, "Diseases", 1): ("anti-MDA5 positivity", "", "HP:0033033", "HP:0033033"),
    }
    assert {key: rows[key] for key in expected} == expected
    assert len(rows) == items_counted_another_way(text.content)
    aliases = next(a.aliases for a in text.annotations if a.label == "IFNA1")
    assert aliases == ("IFN", "IFNA@", "O'N/A x")


def test_ids_that_nobody_knows_are_kept_with_a_finding_at_their_place() -> None:
    text = case("traps.md").texts[0]
    found = {f.code: (f.value, f.where.line) for f in text.findings}
    assert found["unknown-namespace"] == ("FOO:12", 23)
    assert found["malformed-id"] == ("MESH:XYZ", 23)
    assert codes(text.findings) == {"unknown-namespace": 1, "malformed-id": 1}
    for finding in text.findings:
        column = finding.where.column
        assert column is not None
        line = text.content.split("\n")[22]
        assert line[column - 1 :].startswith(("a rash", "a cough"))


def test_words_are_found_whole_only_and_the_label_comes_first() -> None:
    text = case("traps.md").texts[0]
    found = {(a.annotator, a.label, a.ordinal): a.mentions for a in text.annotations}
    full, linked = "full-text entities", "linked entities"
    assert found[full, "JAK", 4] == ()
    assert found[linked, "jak", 2] == ()
    assert [m.exact for m in found[linked, "JAK1", 0]] == ["JAK1", "JAK1"]
    assert {m.source for m in found[full, "IFIH1", 2]} == {PositionSource.ALIAS_SEARCH}
    assert {m.exact for m in found[full, "IFIH1", 2]} == {"MDA5"}
    assert [m.exact for m in found[full, "baricitinib", 2]] == ["baricitinib"]
    assert {m.exact for m in found[full, "IFNA1", 3]} == {"IFN"}


def test_sections_keep_their_inner_headings_and_unknown_ones_are_kept_as_prose() -> None:
    text = case("traps.md").texts[0]
    sections = {p.section: (text.content[p.start : p.end], p.prose) for p in text.passages}
    assert "### Methods" in sections["abstract"][0]
    assert sections["unheard-of section"] == (
        "Text that nobody expects mentions baricitinib.",
        True,
    )
    assert not sections["linked entities"][1]
    assert all(p.kind is TextKind.MACHINE_SUMMARY for p in text.passages)


def test_a_digest_without_footer_or_final_newline_holds_the_same_text_to_its_end() -> None:
    text = paper("# T\n\nPMC\n\n## Abstract\n\nThe last words.").texts[0]
    abstract = text.passages[-1]
    assert text.content[abstract.start : abstract.end] == "The last words."


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_other_line_ends_and_a_byte_order_mark_change_no_id_and_no_line(line_end: str) -> None:
    plain = (CASES / "traps.md").read_text(encoding="utf-8")
    other = paper("\ufeff" + plain.replace("\n", line_end))
    expected = paper(plain)
    assert (other.id, other.identifiers, other.names) == (
        expected.id,
        expected.identifiers,
        expected.names,
    )
    rows = [(a.kind, a.label, a.stated, a.line) for a in expected.texts[0].annotations]
    assert [(a.kind, a.label, a.stated, a.line) for a in other.texts[0].annotations] == rows
    assert codes(other.texts[0].findings) == codes(expected.texts[0].findings)
    same = line_end == "\r\n"
    assert (other.texts[0].sha256 == expected.texts[0].sha256) is same


@pytest.mark.parametrize(
    ("items", "line", "column"),
    [
        ("JAK1 (Janus kinase 1", 9, 19),
        ("JAK1, TYK2 tyrosine kinase 2)", 9, 42),
        ("JAK1 (Janus [kinase) 1]", 9, 33),
        ("JAK1 [NCBI Gene 3716} {aka JTK3]", 9, 34),
    ],
)
def test_a_bracket_without_partner_is_refused_at_its_place(
    items: str, line: int, column: int
) -> None:
    with pytest.raises(InputError) as error:
        paper(f"# T\n\nPMC\n\n## Abstract\n\nWords.\n## Linked entities\n- **Genes:** {items}\n")
    where = error.value.where
    assert where is not None
    assert (where.file, where.line, where.column) == ("a.md", line, column)
    assert "bracket" in error.value.hint


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "not a digest"),
        ("# A shopping list\n\n- milk\n- eggs\n", "not a digest"),
        ("# Read me\n\n## Installation\n\npip\n\n## Figures\n\nnone\n", "not a digest"),
        ("# T\n\nPMC · 2020\n\n## Abstract\n\n## Linked entities\n\n---\n", "empty"),
    ],
)
def test_what_holds_no_digest_is_refused(content: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        paper(content)


def test_a_digest_from_standard_input_needs_a_name() -> None:
    with pytest.raises(UsageError, match="name"):
        paper("# T\n\nPMC1 · 2020\n\n## Abstract\n\nWords.\n", name="")


def test_the_name_that_the_caller_gives_stands_in_for_the_file_name_only() -> None:
    record = Record(
        reader="digest",
        where=Where(file="<stdin>"),
        content=b"# T\n\nPMC1 \xc2\xb7 2020\n\n## Abstract\n\nWords.\n",
    )
    document = parse(record, Settings(namespaces=bundled_namespaces(), document_id="mine"))
    assert isinstance(document, Document)
    assert (document.id, "mine" in document.names) == ("PMC1", True)


def test_what_is_missing_is_a_finding_and_what_is_there_is_none() -> None:
    bare = paper("## Abstract\n\nWords.\n")
    fields = {f.where.field for f in bare.findings if f.code == "missing-field"}
    assert fields == {"title", "authors", "DOI", "journal", "date"}
    full = paper(
        "# T\n\n**Authors:** A B, C D\n\nPMC · DOI: 10.1234/a · J · 2020-02-29\n\n"
        "## Abstract\n\nWords.\n"
    )
    assert full.findings == ()
    assert full.texts[0].findings == ()


def test_lists_without_a_kind_and_second_ids_are_kept_and_reported() -> None:
    text = paper(
        "# T\n\nPMC\n\n## Linked entities\n\n"
        "- JAK1 (HGNC:6190) [NCBI Gene 3716], TYK2\nNothing more is known.\n"
    ).texts[0]
    assert [(a.kind, a.label, a.stated_as) for a in text.annotations] == [
        ("", "JAK1", "NCBI Gene 3716"),
        ("", "TYK2", ""),
    ]
    expected = {"missing-kind": 1, "second-id": 1, "unread-line": 1, "missing-field": 1}
    assert codes(text.findings) == expected


def test_equal_items_differ_by_their_number_over_all_lists_of_one_kind() -> None:
    text = paper(
        "# T\n\nPMC\n\n## Linked entities\n\n- **Genes:** JAK1, JAK1\n\n"
        "## Abstract\n\nJAK1.\n\n## Linked entities\n\n- **Genes:** JAK1\n"
    ).texts[0]
    assert [a.ordinal for a in text.annotations] == [0, 1, 2]
    assert [a.line for a in text.annotations] == [7, 7, 15]


@pytest.mark.parametrize(
    ("letter", "code"),
    [("\ufffd", "lost-character"), ("\x1b", "unprintable"), ("\u2028", "unprintable")],
)
def test_a_letter_that_should_not_be_there_is_told_with_its_line(letter: str, code: str) -> None:
    content = f"# T\n\n## Abstract\n\nA fine line.\nAn odd {letter} line.\n"
    (finding,) = (each for each in paper(content).texts[0].findings if each.code == code)
    assert finding.where.line == 6
    fine = content.replace(letter, "\u00e9")
    assert code not in codes(paper(fine).texts[0].findings)


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_name_that_is_no_name_is_asked_for(name: str) -> None:
    with pytest.raises(UsageError, match="needs a name"):
        paper("# T\n\n## Abstract\n\nWords.\n", name)
