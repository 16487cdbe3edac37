"""PubTator files: papers one by one, what is annotated where, and what cannot be read as one."""

import pickle
from collections.abc import Iterator

import pytest

from exporter.errors import ExporterError, InputError, LimitError, Where
from exporter.model.document import Annotation, Document, PositionSource, Text, TextKind
from exporter.model.findings import Level
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Record, Settings, choose, parse, readers
from exporter.sources import _pubtator_blocks as blocks

SETTINGS = Settings(namespaces=bundled_namespaces())
READER = readers()["pubtator"]
WHERE = Where(file="a.pubtator")
ALPHA, BETA = "\N{GREEK SMALL LETTER ALPHA}", "\N{GREEK SMALL LETTER BETA}"
ITALIC = "\N{MATHEMATICAL ITALIC SMALL ALPHA}"
PAPER = """7|t|Anti-MDA5 in JDM
7|a|We gave baricitinib.
7	5	9	MDA5	Gene	64135
7	13	16	JDM	Disease	MESH:C000598745
7	25	36	baricitinib	Chemical	MESH:C000596027
7	CID	C000596027	C000598745
"""


def records(content: str | bytes) -> list[Record]:
    content = content.encode() if isinstance(content, str) else content
    return list(READER.split(content, WHERE))


def documents(content: str | bytes) -> list[Document]:
    found = [parse(record, SETTINGS) for record in records(content)]
    assert all(isinstance(each, Document) for each in found)
    return [each for each in found if isinstance(each, Document)]


def text_of(content: str | bytes) -> Text:
    (document,) = documents(content)
    (text,) = document.texts
    return text


def one(line: str, title: str = "A title", abstract: str = "An abstract.") -> Annotation:
    (annotation,) = text_of(f"7|t|{title}\n7|a|{abstract}\n7\t{line}\n").annotations
    return annotation


def ids(written: str, kind: str) -> list[tuple[str, str]]:
    annotations = text_of(f"7|t|JAK\n7|a|\n7\t0\t3\tJAK\t{kind}\t{written}\n").annotations
    return [(each.stated_as, str(each.stated or "")) for each in annotations]


def codes(text: Text) -> list[str]:
    return [finding.code for finding in text.findings]


def test_a_paper_has_its_text_annotations_and_relations() -> None:
    (document,) = documents(PAPER)
    (text,) = document.texts
    assert (document.id, document.title) == ("PMID7", "Anti-MDA5 in JDM")
    assert text.content == "Anti-MDA5 in JDM\nWe gave baricitinib."
    assert [(each.section, each.prose) for each in text.passages] == [
        ("title", True),
        ("abstract", True),
    ]
    words = [text.content[each.start : each.end] for each in text.passages]
    assert words == ["Anti-MDA5 in JDM", "We gave baricitinib."]
    said = [(each.label, str(each.stated), each.line) for each in text.annotations]
    assert said == [
        ("MDA5", "NCBIGene:64135", 3),
        ("JDM", "MESH:C000598745", 4),
        ("baricitinib", "MESH:C000596027", 5),
    ]
    (relation,) = text.relations
    assert (relation.kind, relation.novelty, relation.line) == ("CID", "", 6)
    arguments = [(each.stated_as, [str(i) for i in each.stated]) for each in relation.arguments]
    assert arguments == [
        ("C000596027", ["MESH:C000596027"]),
        ("C000598745", ["MESH:C000598745"]),
    ]
    assert text.findings == ()


def test_every_mention_is_given_and_its_words_stand_there() -> None:
    text = text_of(PAPER)
    mentions = [mention for each in text.annotations for mention in each.mentions]
    assert {mention.source for mention in mentions} == {PositionSource.GIVEN}
    assert [text.content[m.start : m.end] for m in mentions] == [m.exact for m in mentions]


@pytest.mark.parametrize(
    "content",
    [
        PAPER.replace("\n", "\r\n"),
        "\ufeff" + PAPER,
        PAPER.rstrip("\n"),
        "\n\n" + PAPER + "\n \n\n",
        PAPER.replace("7|a|We gave baricitinib.\n", "7|a|We gave baricitinib.\n\n"),
    ],
    ids=["CRLF", "BOM", "no last newline", "blank lines around", "blank line inside"],
)
def test_line_ends_marks_and_blank_lines_change_nothing(content: str) -> None:
    plain, other = text_of(PAPER), text_of(content)
    assert other.content == plain.content
    stated = [(each.stated, each.mentions) for each in plain.annotations]
    assert [(each.stated, each.mentions) for each in other.annotations] == stated
    assert other.relations[0].arguments == plain.relations[0].arguments


def test_lines_are_those_of_the_file() -> None:
    first, second = records("\n\n" + PAPER + "\n" + PAPER.replace("7", "8"))
    assert (first.where.line, second.where.line) == (3, 10)
    (document,) = documents("\n\n" + PAPER)
    assert [each.line for each in document.texts[0].annotations] == [5, 6, 7]


@pytest.mark.parametrize("between", ["\n", "", "\n\n\n", "\n  \t\n"])
def test_papers_are_told_apart_by_their_ids_with_or_without_blank_lines(between: str) -> None:
    found = documents(between.join((PAPER, PAPER.replace("7", "8"), PAPER.replace("7", "9"))))
    assert [document.id for document in found] == ["PMID7", "PMID8", "PMID9"]
    assert {len(document.texts[0].annotations) for document in found} == {3}


def test_a_paper_that_comes_again_is_a_record_of_its_own() -> None:
    assert [document.id for document in documents(PAPER + PAPER)] == ["PMID7", "PMID7"]


@pytest.mark.parametrize(
    ("key", "name", "identifier"),
    [
        ("7", "PMID7", "PMID:7"),
        ("PMC77", "PMC77", "PMC:PMC77"),
        ("10.1234/A.b", "10.1234/a.b", "DOI:10.1234/a.b"),
        ("report-4", "report-4", None),
        ("0077", "0077", None),
    ],
)
def test_the_id_of_a_paper_is_read_for_what_it_is(
    key: str, name: str, identifier: str | None
) -> None:
    (document,) = documents(f"{key}|t|T\n{key}|a|A\n{key}\t0\t1\tT\tGene\t1\n")
    assert document.id == name
    assert [each.curie for each in document.identifiers] == ([identifier] if identifier else [])


@pytest.mark.parametrize("key", ["", ".", "..", " "])
def test_an_id_that_names_nothing_is_refused(key: str) -> None:
    with pytest.raises(InputError) as error:
        documents(f"{key}|t|T\n{key}|a|A\n")
    assert error.value.where == Where(file="a.pubtator", line=1)


def test_bars_and_tabs_in_texts_belong_to_them() -> None:
    text = text_of("7|t|a|b|t|c\td\n7|a||x|a|y|\n7\t0\t3\ta|b\tGene\t1\n")
    assert text.content == "a|b|t|c\td\n|x|a|y|"
    assert text.annotations[0].mentions[0].exact == "a|b"


@pytest.mark.parametrize(
    ("title", "abstract", "line", "content"),
    [
        ("", "JAK1 acts", "1\t5\tJAK1\tGene\t3716", "\nJAK1 acts"),
        ("JAK1 acts", "", "0\t4\tJAK1\tGene\t3716", "JAK1 acts"),
    ],
)
def test_an_empty_title_or_abstract_moves_nothing(
    title: str, abstract: str, line: str, content: str
) -> None:
    text = text_of(f"7|t|{title}\n7|a|{abstract}\n7\t{line}\n")
    assert text.content == content
    assert text.annotations[0].mentions[0].exact == "JAK1"
    assert len(text.passages) == 1


def test_a_paper_may_lack_its_abstract_line_or_all_annotations() -> None:
    assert text_of("7|t|Only a title\n").content == "Only a title"
    assert text_of("7|a|Only an abstract\n").content == "\nOnly an abstract"


def test_the_text_is_as_the_offsets_demand() -> None:
    spaced = text_of("7|t|Of Type\n7|a|I cells\n7\t3\t9\tType I\tCell\n")
    tight = text_of("7|t|Of Type\n7|a|I cells\n7\t8\t13\t cell\tCell\n7\t3\t7\tType\tCell\n")
    assert spaced.content == "Of Type I cells"
    assert tight.content == "Of TypeI cells"
    assert codes(spaced) == codes(tight) == []


def test_passages_of_one_paper_count_their_offsets_from_their_own_start() -> None:
    text = text_of(
        "7|t|On JAK1\n7|a|\n7\t3\t7\tJAK1\tGene\t3716\n\n"
        "7|t|Results\n7|a|\n\n"
        "7|t|JAK1 and TYK2\n7|a|\n7\t0\t4\tJAK1\tGene\t3716\n7\t9\t13\tTYK2\tGene\t7297\n"
    )
    assert text.content == "On JAK1\nResults\nJAK1 and TYK2"
    assert [each.section for each in text.passages] == ["title", "text", "text"]
    assert [each.mentions[0].start for each in text.annotations] == [3, 16, 25]
    assert [each.ordinal for each in text.annotations] == [0, 1, 2]


def test_passages_may_also_count_from_the_start_of_the_paper() -> None:
    text = text_of(
        "7|t|On JAK1\n7|a|\n7\t3\t7\tJAK1\tGene\t3716\n"
        "7|t|TYK2 too\n7|a|\n7\t8\t12\tTYK2\tGene\t7297\n"
    )
    assert [each.mentions[0].start for each in text.annotations] == [3, 8]


UNITS = {
    "bytes of UTF-8": lambda words: len(words.encode()),
    "units of UTF-16": lambda words: len(words.encode("utf-16-le")) // 2,
}


@pytest.mark.parametrize("unit", UNITS)
def test_offsets_in_another_unit_are_recognised_and_turned(unit: str) -> None:
    title, abstract = f"{ALPHA} and {BETA} {ITALIC}", f"IFN-{BETA} {ITALIC} and JAK1, TYK2"
    content = f"{title}\n{abstract}"
    lines = []
    labels = [BETA, f"IFN-{BETA}", "JAK1", "TYK2"]
    for words in labels:
        before = UNITS[unit](content[: content.index(words)])
        lines.append(f"7\t{before}\t{before + UNITS[unit](words)}\t{words}\tGene\t1\n")
    text = text_of(f"7|t|{title}\n7|a|{abstract}\n{''.join(lines)}")
    assert [each.mentions[0].exact for each in text.annotations] == labels
    assert [each.mentions[0].start for each in text.annotations] == [
        content.index(each.label) for each in text.annotations
    ]
    (finding,) = text.findings
    assert (finding.code, finding.value) == ("offset-unit", unit)


def test_one_offset_that_would_fit_in_bytes_does_not_make_a_paper_count_bytes() -> None:
    text = text_of(
        f"7|t|{ALPHA}{BETA} JAK1 TYK2 IFN\n7\t3\t7\tJAK1\tGene\t1\n7\t10\t14\tTYK2\tGene\t1\n"
    )
    assert [bool(each.mentions) for each in text.annotations] == [True, False]
    assert codes(text) == ["misplaced-mention"]


@pytest.mark.parametrize(
    "place", ["0\t4", "14\t17", "16\t13", "13\t13", "900\t903", f"{10**30}\t{10**30 + 3}"]
)
def test_a_mention_that_stands_elsewhere_has_no_place_and_a_finding(place: str) -> None:
    line = f"{place}\tJDM\tDisease\tD003882"
    text = text_of(f"7|t|Anti-MDA5 in JDM\n7|a|\n7\t{line}\n7\t13\t16\tJDM\tDisease\tD003882\n")
    assert [bool(each.mentions) for each in text.annotations] == [False, True]
    assert text.annotations[0].label == "JDM"
    (finding,) = text.findings
    assert (finding.code, finding.level) == ("misplaced-mention", Level.WARNING)
    assert (finding.where.line, finding.value) == (3, place.replace("\t", "-"))


def test_a_mention_never_reaches_into_the_next_passage() -> None:
    text = text_of("7|t|On JAK\n7|a|\n7\t3\t8\tJAK T\tGene\t1\n7|t|T\n")
    assert codes(text) == ["misplaced-mention"]


@pytest.mark.parametrize(
    ("there", "written"),
    [
        ("Erk", "ERK"),
        (f"TNF-{ALPHA}", "TNF-a"),
        (f"TNF-{ALPHA}", "TNF-alpha"),
        ("SARS-CoV-2", "SARS CoV 2"),
    ],
)
def test_a_mention_in_another_spelling_keeps_the_words_of_the_text(
    there: str, written: str
) -> None:
    text = text_of(f"7|t|On {there} here\n7\t3\t{3 + len(there)}\t{written}\tGene\t1\n")
    (annotation,) = text.annotations
    assert (annotation.label, annotation.mentions[0].exact) == (written, there)
    assert codes(text) == ["mention-spelling"]


@pytest.mark.parametrize(
    ("there", "written"), [("Erk", "Akt"), (f"TNF-{BETA}", f"TNF-{ALPHA}"), ("--", "++")]
)
def test_other_words_are_no_other_spelling(there: str, written: str) -> None:
    text = text_of(f"7|t|On {there} here\n7\t3\t{3 + len(there)}\t{written}\tGene\t1\n")
    assert codes(text) == ["misplaced-mention"]


IDS = [
    ("64135", "Gene", "NCBIGene:64135"),
    ("64135", "GeneOrGeneProduct", "NCBIGene:64135"),
    ("64135", "gene", "NCBIGene:64135"),
    ("83817(Tax:10116)", "Gene", "NCBIGene:83817"),
    ("D003882", "Disease", "MESH:D003882"),
    ("MESH:D003882", "Disease", "MESH:D003882"),
    ("C000598745", "SpecificDisease", "MESH:C000598745"),
    ("225750", "Disease", "OMIM:225750"),
    ("OMIM:225750", "Disease", "OMIM:225750"),
    ("OMIM_225750", "Disease", "OMIM:225750"),
    ("MONDO:0008054", "Disease", "MONDO:0008054"),
    ("C000596027", "Chemical", "MESH:C000596027"),
    ("CHEBI:95341", "Chemical", "CHEBI:95341"),
    (" D008661 ", "DiseaseClass", "MESH:D008661"),
    ("9606", "Species", "NCBITaxon:9606"),
    ("9606", "OrganismTaxon", "NCBITaxon:9606"),
    ("NCBITaxon:9606", "Strain", "NCBITaxon:9606"),
    ("CVCL_0030", "CellLine", "CVCL:0030"),
    ("rs2910164", "SNP", "DBSNP:rs2910164"),
    ("rs2297882;Disease:D002289;VariantGroup:0", "SNP", "DBSNP:rs2297882"),
    ("tmVar:p|SUB|V|600|E;HGVS:p.V600E;RS#:113488022", "Mutation", "DBSNP:rs113488022"),
    ("p|SUB|Q|787|Q;Gene:1956;RS#:1050171;VariantGroup:0", "ProteinMutation", "DBSNP:rs1050171"),
    ("D003882", "SomethingNew", "MESH:D003882"),
]


@pytest.mark.parametrize(("written", "kind", "stated"), IDS)
def test_an_id_gets_its_namespace_from_its_prefix_or_its_kind(
    written: str, kind: str, stated: str
) -> None:
    assert ids(written, kind) == [(written.strip(), stated)]


@pytest.mark.parametrize("written", ["-", "-1", "", " "])
def test_no_id_is_no_id_however_it_is_written(written: str) -> None:
    assert ids(written, "Chemical") == [("", "")]
    assert text_of(f"7|t|JAK\n7\t0\t3\tJAK\tChemical\t{written}\n").findings == ()


def test_a_line_may_lack_the_column_of_the_id() -> None:
    assert one("0\t7\tA title\tCell").stated_as == ""


@pytest.mark.parametrize(
    "written", ["c|SUB|T|920|G;Gene:23417;VariantGroup:0", "c|DEL||22", "p.G593S", "p|FS|V|311||"]
)
def test_a_variant_without_a_number_is_kept_as_written_and_nothing_is_wrong(written: str) -> None:
    text = text_of(f"7|t|JAK\n7\t0\t3\tJAK\tSequenceVariant\t{written}\n")
    assert [(each.stated_as, each.stated) for each in text.annotations] == [(written, None)]
    assert text.findings == ()


@pytest.mark.parametrize(
    ("written", "kind", "code"),
    [
        ("D00388", "Disease", "malformed-id"),
        ("JAK1", "Gene", "malformed-id"),
        ("9606", "CellLine", "malformed-id"),
        ("MESH:3882", "Disease", "malformed-id"),
        ("OMOM:225750", "Disease", "unknown-namespace"),
        ("no id at all", "Disease", "malformed-id"),
    ],
)
def test_what_is_no_id_is_kept_as_written_with_a_finding(
    written: str, kind: str, code: str
) -> None:
    text = text_of(f"7|t|JAK\n7\t0\t3\tJAK\t{kind}\t{written}\n")
    assert [(each.stated_as, each.stated) for each in text.annotations] == [(written, None)]
    (finding,) = text.findings
    assert (finding.code, finding.value, finding.where.line) == (code, written, 2)
    assert (finding.where.field, finding.where.file) == (kind, "a.pubtator")


@pytest.mark.parametrize("between", [",", "|", ";", "+", " ", ", ", " | "])
def test_each_id_of_several_is_an_annotation_that_knows_the_others(between: str) -> None:
    written = between.join(("D001943", "MESH:D010051", "OMIM:604370"))
    text = text_of(f"7|t|JAK\n7\t0\t3\tJAK\tDisease\t{written}\n")
    stated = [str(each.stated) for each in text.annotations]
    assert stated == ["MESH:D001943", "MESH:D010051", "OMIM:604370"]
    assert {tuple(map(str, each.together)) for each in text.annotations} == {tuple(stated)}
    assert {each.mentions for each in text.annotations} == {text.annotations[0].mentions}
    assert [each.ordinal for each in text.annotations] == [0, 1, 2]


def test_a_single_id_is_not_together_with_anything() -> None:
    assert one("0\t7\tA title\tDisease\tD003882").together == ()


def test_parts_without_an_id_leave_a_mark_and_repeated_ones_count_once() -> None:
    annotations = text_of(
        "7|t|JAK\n7\t0\t3\tJAK\tChemical\tMESH:D005947,-,MESH:D005947\n"
    ).annotations
    assert [str(each.stated) for each in annotations] == ["MESH:D005947"]
    assert [str(each) for each in annotations[0].together] == ["MESH:D005947"]


def test_one_malformed_part_is_kept_beside_the_others() -> None:
    text = text_of("7|t|JAK\n7\t0\t3\tJAK\tDisease\tD001943|D0100\n")
    assert [each.stated_as for each in text.annotations] == ["D001943", "D0100"]
    assert [str(each) for each in text.annotations[1].together] == ["MESH:D001943"]
    assert codes(text) == ["malformed-id"]


def test_more_ids_than_a_mention_can_mean_are_kept_as_written() -> None:
    most = ",".join(str(number) for number in range(1, 51))
    assert len(ids(most, "Gene")) == 50
    assert ids(f"{most},51", "Gene") == [(f"{most},51", "")]


def test_groups_of_genes_are_all_read() -> None:
    stated = [name for _, name in ids("26395,5604;26396,5605", "Gene")]
    assert stated == ["NCBIGene:26395", "NCBIGene:5604", "NCBIGene:26396", "NCBIGene:5605"]


def test_single_mentions_of_a_composite_explain_their_ids() -> None:
    line = "0\t7\tA title\tDisease\tD014786|D006311\tvisual toxicity|auditory toxicity"
    annotations = text_of(f"7|t|A title\n7\t{line}\n").annotations
    assert [(str(each.stated), each.gloss) for each in annotations] == [
        ("MESH:D014786", "visual toxicity"),
        ("MESH:D006311", "auditory toxicity"),
    ]
    assert {each.label for each in annotations} == {"A title"}


def test_single_mentions_that_do_not_fit_the_ids_are_kept_whole() -> None:
    annotations = text_of("7|t|JAK\n7\t0\t3\tJAK\tDisease\tD014786|D006311\ta|b|c\n").annotations
    assert [each.gloss for each in annotations] == ["a|b|c", "a|b|c"]


def test_relations_name_what_is_annotated_in_their_paper() -> None:
    text = text_of(
        "7|t|JAK IFN\n"
        "7\t0\t3\tJAK\tGene\t3716\n7\t4\t7\tIFN\tDisease\tD001943|D010051\n"
        "7\t0\t7\tJAK IFN\tSequenceVariant\tp|SUB|V|600|E\n"
        "7\tAssociation\t3716\tD001943|D010051\tNovel\n"
        "7\tCause\tp|SUB|V|600|E\tD001943\tNo\n"
        "7\tTreat\tChemical|MESH:C000596027\tGene|3717\n"
        "7\tTreat\t99999\tMESH:D003882\n"
    )
    stated = [[list(map(str, each.stated)) for each in r.arguments] for r in text.relations]
    assert stated == [
        [["NCBIGene:3716"], ["MESH:D001943", "MESH:D010051"]],
        [[], ["MESH:D001943"]],
        [["MESH:C000596027"], ["NCBIGene:3717"]],
        [[], ["MESH:D003882"]],
    ]
    assert [relation.novelty for relation in text.relations] == ["Novel", "No", "", ""]
    assert text.relations[1].arguments[0].stated_as == "p|SUB|V|600|E"
    assert [(each.code, each.value) for each in text.findings] == [("unknown-argument", "99999")]


BROKEN = [
    "7\tnothing",
    "7\t1\t2",
    "7\t0\tx\tA\tGene\t1",
    "7\tx\t1\tA\tGene\t1",
    "7\t-1\t1\tA\tGene\t1",
    f"7\t0\t{'9' * 5000}\tA\tGene\t1",
    "7\t0\t1\tA\tGene\t1\tA\tmore",
    "7\t0\t1\tA",
    "7|a|once more",
    "7|x|what",
    "some words",
    "8\t0\t1\tA\tGene\t1",
    "7\t\t\t",
]


@pytest.mark.parametrize("line", BROKEN)
def test_a_line_that_cannot_be_read_refuses_its_paper_alone(line: str) -> None:
    broken = f"7|t|A title\n7|a|Words\n{line}\n"
    before, bad, after = records(f"{PAPER.replace('7', '6')}\n{broken}\n{PAPER.replace('7', '9')}")
    with pytest.raises(InputError) as error:
        parse(bad, SETTINGS)
    assert error.value.where is not None
    assert (error.value.where.file, error.value.where.line) == ("a.pubtator", 10)
    assert error.value.hint
    assert len(list(_sound([before, bad, after]))) == 2


def _sound(found: list[Record]) -> Iterator[Document]:
    for record in found:
        try:
            parsed = parse(record, SETTINGS)
        except ExporterError:
            continue
        assert isinstance(parsed, Document)
        yield parsed


@pytest.mark.parametrize(
    "start", ["8\t0\t1\tA\tGene\t1\n", "8 t| A title\n8\t0\t1\tA\tGene\t1\n", "8t|A\n"]
)
def test_a_paper_that_begins_wrongly_is_refused_and_the_next_one_is_read(start: str) -> None:
    found = records(f"{PAPER}\n{start}\n{PAPER.replace('7', '9')}")
    assert [document.id for document in _sound(found)] == ["PMID7", "PMID9"]
    assert len(found) == 3


def test_bytes_that_are_not_utf8_are_refused_with_the_line_of_the_file() -> None:
    content = PAPER.encode() + b"\n8|t|T\n8|a|\xff\n\n" + PAPER.replace("7", "9").encode()
    first, bad, last = records(content)
    with pytest.raises(InputError, match="0xFF") as error:
        parse(bad, SETTINGS)
    assert error.value.where is not None
    assert error.value.where.line == 9
    assert len(list(_sound([first, last]))) == 2


def test_a_paper_that_is_too_large_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MAX_RECORD", 300)
    monkeypatch.setattr(blocks, "_CHUNK", 64)
    found = READER.split((PAPER + "\n8|t|" + "A" * 400 + "\n").encode(), WHERE)
    assert next(found).where.line == 1
    with pytest.raises(LimitError) as error:
        next(found)
    assert error.value.where == Where(file="a.pubtator", line=8)


@pytest.mark.parametrize("size", [1, 2, 7, 64, 1000])
def test_the_size_of_what_is_read_at_once_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    content = (
        "\n \n"
        + PAPER
        + PAPER
        + "\n77|a|A\n\n78\tx\n\n7|t|A\n7|a|\n\n7|t|B\n7|a|\n\n"
        + PAPER.replace("7", "9")
    ).encode()
    whole = records(content)
    monkeypatch.setattr(blocks, "_CHUNK", size)
    assert records(content) == whole
    assert len(whole) == 6


def test_a_record_can_be_parsed_in_another_process() -> None:
    (record,) = records(PAPER)
    assert parse(pickle.loads(pickle.dumps(record)), SETTINGS) == parse(record, SETTINGS)  # noqa: S301


def test_nobody_s_own_words_are_assumed_and_a_declaration_counts() -> None:
    text = text_of(PAPER)
    assert (text.kind, text.kind_declared) == (TextKind.RESTATEMENT, False)
    declared = Settings(namespaces=bundled_namespaces(), text_kind=TextKind.VERBATIM, licence="own")
    (record,) = records(PAPER)
    parsed = parse(record, declared)
    assert isinstance(parsed, Document)
    (own,) = parsed.texts
    assert (own.kind, own.kind_declared, own.licence) == (TextKind.VERBATIM, True, "own")
    assert {passage.kind for passage in own.passages} == {TextKind.VERBATIM}


def test_a_lost_letter_is_found_on_its_line() -> None:
    text = text_of(PAPER.replace("gave", "ga\ufffde"))
    assert ("lost-character", 2) in [(each.code, each.where.line) for each in text.findings]


@pytest.mark.parametrize(
    ("content", "fits"),
    [
        (PAPER, True),
        ("\ufeff\n" + PAPER.replace("\n", "\r\n"), True),
        ("PMC12|t|T\nPMC12|a|A\n", True),
        ("7|t|T\n\n8|t|T\n", True),
        ("7|t|T", True),
        ("# T\n\n## Abstract\n\n7|t|T\n7|a|A\n", False),
        ("| a | b |\n|---|---|\n| 7|t|T | x |\n", False),
        ("schema: linked-case/1\ncase_id: 7|t|x\n", False),
        ("A sentence with 7|t|T in it.\n7|a|A\n", False),
        ("7|t|T\nand then some words\n", False),
        ("7\t0\t3\tJAK\tGene\t3716\n", False),
        ("", False),
    ],
)
def test_a_pubtator_file_is_known_by_how_it_begins(content: str, fits: bool) -> None:
    found = [each.name for each in readers().values() if each.recognises(content.encode())]
    assert ("pubtator" in found) == fits
    assert len(found) <= 1


def test_a_file_that_begins_with_a_broken_paper_is_known_by_its_name() -> None:
    assert choose(b"7 t| Oh\n\n8|t|T\n8|a|A\n", "some.PubTator.gz").name == "pubtator"
