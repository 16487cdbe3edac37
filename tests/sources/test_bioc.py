"""BioC JSON and XML: what is made of a document, in whichever of its forms it comes."""

import json
import pickle
import tracemalloc
from collections.abc import Callable, Iterator
from io import RawIOBase
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from exporter.errors import ExporterError, InputError, Where
from exporter.model.document import Document, PositionSource, Text, TextKind
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Record, Settings, parse, readers
from exporter.sources import _bioc_json_cuts as json_cuts
from exporter.sources import _bioc_xml_cuts as xml_cuts

SETTINGS = Settings(namespaces=bundled_namespaces())
WHERE = Where(file="a")
ALPHA, BETA = "\N{GREEK SMALL LETTER ALPHA}", "\N{GREEK SMALL LETTER BETA}"
ITALIC = "\N{MATHEMATICAL ITALIC SMALL ALPHA}"
Tree = dict[str, Any]
FORMS = ("json", "xml")


def mark(words: str, *spots: int, kind: str = "Gene", written: Any = "1", name: str = "1") -> Tree:
    """Return an annotation; every second number of the spots is a length."""
    locations = [
        {"offset": offset, "length": length}
        for offset, length in zip(spots[::2], spots[1::2], strict=True)
    ]
    infons = {"type": kind, "identifier": written}
    return {"id": name, "infons": infons, "text": words, "locations": locations}


def passage(text: str, offset: int, *marks: Tree, kind: str = "abstract", **more: Any) -> Tree:
    return {
        "infons": {"type": kind},
        "offset": offset,
        "text": text,
        "annotations": [*marks],
    } | more


def paper(*passages: Tree, name: str = "7", **more: Any) -> Tree:
    return {"id": name, "passages": [*passages]} | more


PAPER = paper(
    passage("Anti-MDA5 in JDM", 0, mark("MDA5", 5, 4, written="64135"), kind="title"),
    passage(
        "We gave baricitinib.",
        17,
        mark("baricitinib", 25, 11, kind="Chemical", written="MESH:C000596027", name="2"),
    ),
    relations=[
        {
            "id": "R1",
            "infons": {"type": "Inhibits"},
            "nodes": [{"refid": "2", "role": "drug"}, {"refid": "1", "role": "target"}],
        }
    ],
)


def as_xml(tree: Tree, tag: str = "document") -> str:
    """Write a tree as BioC XML: what is a list there are elements here."""
    inside, attributes = "", ""
    for key, value in tree.items():
        if key == "infons":
            inside += "".join(
                f"<infon key={quoteattr(k)}>{escape(str(v))}</infon>" for k, v in value.items()
            )
        elif isinstance(value, list):
            inside += "".join(as_xml(each, key[:-1]) for each in value)
        elif tag in {"location", "node"} or (key == "id" and tag != "document"):
            attributes += f" {key}={quoteattr(str(value))}"
        else:
            inside += f"<{key}>{escape(str(value))}</{key}>"
    return f"<{tag}{attributes}>{inside}</{tag}>"


def written(form: str, *papers: Tree) -> bytes:
    if form == "json":
        return json.dumps({"source": "x", "documents": [*papers]}, ensure_ascii=False).encode()
    inside = "\n".join(as_xml(each) for each in papers)
    return f"<collection><source>x</source>{inside}</collection>".encode()


def records(form: str, content: bytes) -> list[Record]:
    return list(readers()[f"bioc-{form}"].split(content, WHERE))


def documents(form: str, *papers: Tree) -> list[Document]:
    found = [parse(record, SETTINGS) for record in records(form, written(form, *papers))]
    return [each for each in found if isinstance(each, Document)]


def document(*passages: Tree, **more: Any) -> Document:
    """Return the paper, which is the same from both forms."""
    (one,), (two,) = (documents(form, paper(*passages, **more)) for form in FORMS)
    (text,), (other,) = one.texts, two.texts
    assert (text.content, text.annotations, text.relations) == (
        other.content,
        other.annotations,
        other.relations,
    )
    assert [each.code for each in text.findings] == [each.code for each in other.findings]
    return one


def text_of(*passages: Tree, **more: Any) -> Text:
    (text,) = document(*passages, **more).texts
    return text


def codes(text: Text) -> list[str]:
    return [finding.code for finding in text.findings]


def places(text: Text) -> list[list[tuple[int, str]]]:
    return [[(m.start, m.exact) for m in each.mentions] for each in text.annotations]


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_has_its_text_annotations_and_relations(form: str) -> None:
    (document,) = documents(form, PAPER)
    (text,) = document.texts
    assert (document.id, document.title) == ("PMID7", "Anti-MDA5 in JDM")
    assert text.content == "Anti-MDA5 in JDM\nWe gave baricitinib."
    assert [(each.section, each.start, each.end) for each in text.passages] == [
        ("title", 0, 16),
        ("abstract", 17, 37),
    ]
    assert [(each.label, str(each.stated), each.kind) for each in text.annotations] == [
        ("MDA5", "NCBIGene:64135", "Gene"),
        ("baricitinib", "MESH:C000596027", "Chemical"),
    ]
    assert places(text) == [[(5, "MDA5")], [(25, "baricitinib")]]
    assert {m.source for each in text.annotations for m in each.mentions} == {PositionSource.GIVEN}
    (relation,) = text.relations
    assert relation.kind == "Inhibits"
    ends = [(e.role, e.stated_as, [str(i) for i in e.stated]) for e in relation.arguments]
    assert ends == [
        ("drug", "MESH:C000596027", ["MESH:C000596027"]),
        ("target", "64135", ["NCBIGene:64135"]),
    ]
    assert (text.findings, text.format, text.where.document) == ((), f"bioc-{form}", "7")
    assert (text.kind, text.kind_declared) == (TextKind.RESTATEMENT, False)


UNITS: dict[str, Callable[[str], int]] = {
    "bytes of UTF-8": lambda words: len(words.encode()),
    "units of UTF-16": lambda words: len(words.encode("utf-16-le")) // 2,
}


@pytest.mark.parametrize("unit", UNITS)
def test_offsets_in_another_unit_are_recognised_and_turned(unit: str) -> None:
    size = UNITS[unit]
    title, abstract = f"{ALPHA} and {BETA} {ITALIC}", f"IFN-{BETA} {ITALIC} and JAK1, TYK2"
    second = size(title) + 1
    marks = [
        mark(words, second + size(abstract[: abstract.index(words)]), size(words))
        for words in (f"IFN-{BETA}", "JAK1", "TYK2")
    ]
    text = text_of(passage(title, 0, kind="title"), passage(abstract, second, *marks))
    assert text.content == f"{title}\n{abstract}"
    assert [each.mentions[0].exact for each in text.annotations] == [f"IFN-{BETA}", "JAK1", "TYK2"]
    assert [(each.code, each.value) for each in text.findings] == [("offset-unit", unit)]


def test_one_offset_that_would_fit_in_bytes_does_not_make_a_paper_count_bytes() -> None:
    text = text_of(passage(f"{ALPHA}{BETA} JAK1 TYK2", 0, mark("JAK1", 3, 4), mark("TYK2", 10, 4)))
    assert places(text) == [[(3, "JAK1")], []]
    assert codes(text) == ["misplaced-mention"]


def test_passages_stand_at_their_offsets_with_blanks_and_a_line_end_between() -> None:
    text = text_of(passage("One", 0), passage("Two", 3), passage("JAK1", 10, mark("JAK1", 10, 4)))
    assert text.content == "OneTwo   \nJAK1"
    assert places(text) == [[(10, "JAK1")]]
    assert codes(text) == []


@pytest.mark.parametrize(
    ("offset", "begin"), [(500_000, 500_002), (0, 2), (2, 4)], ids=["far", "same", "overlapping"]
)
def test_a_passage_that_cannot_stand_at_its_offset_follows_the_last_one(
    offset: int, begin: int
) -> None:
    text = text_of(passage("One", 0), passage("A JAK1", offset, mark("JAK1", begin, 4)))
    assert text.content == "One\nA JAK1"
    assert places(text) == [[(6, "JAK1")]]
    assert [(each.code, each.value) for each in text.findings] == [("passage-offset", str(offset))]


def test_offsets_may_also_count_from_the_start_of_each_passage() -> None:
    text = text_of(
        passage("On JAK1", 0, mark("JAK1", 3, 4), kind="title"),
        passage("TYK2 and JAK2", 8, mark("TYK2", 0, 4), mark("JAK2", 9, 4)),
    )
    assert places(text) == [[(3, "JAK1")], [(8, "TYK2")], [(17, "JAK2")]]
    assert codes(text) == []


def test_an_annotation_may_stand_in_another_passage_or_across_two() -> None:
    text = text_of(
        passage("On Type", 0, mark("cells", 10, 5), mark("Type\nI", 3, 6)), passage("I cells", 8)
    )
    assert places(text) == [[(10, "cells")], [(3, "Type\nI")]]


def test_annotations_and_relations_of_the_document_itself_are_read() -> None:
    text = text_of(passage("On JAK1", 0), annotations=[mark("JAK1", 3, 4)])
    assert places(text) == [[(3, "JAK1")]]


def test_sentences_are_the_passage_where_it_has_no_text_of_its_own() -> None:
    sentences = [
        {"offset": 10, "text": "On JAK1.", "annotations": [mark("JAK1", 13, 4)]},
        {"offset": 19, "text": "On TYK2.", "annotations": [mark("TYK2", 22, 4, name="2")]},
    ]
    text = text_of(passage("Title 901", 0), {"offset": 10, "sentences": sentences})
    assert text.content == "Title 901\nOn JAK1. On TYK2."
    assert places(text) == [[(13, "JAK1")], [(22, "TYK2")]]
    assert [(each.section, each.start, each.end) for each in text.passages] == [
        ("abstract", 0, 9),
        ("text", 10, 27),
    ]


def test_sentences_beside_the_text_add_their_annotations_only() -> None:
    sentences = [{"offset": 9, "text": "On TYK2.", "annotations": [mark("TYK2", 12, 4)]}]
    text = text_of(passage("On JAK1. On TYK2.", 0, mark("JAK1", 3, 4), sentences=sentences))
    assert text.content == "On JAK1. On TYK2."
    assert places(text) == [[(3, "JAK1")], [(12, "TYK2")]]


def test_a_mention_in_several_pieces_has_a_place_for_each_of_them() -> None:
    words = "breast and ovarian cancer"
    text = text_of(
        passage(words, 0, mark("breast cancer", 0, 6, 19, 6, kind="Disease", written="D001943"))
    )
    assert places(text) == [[(0, "breast"), (19, "cancer")]]
    assert codes(text) == []
    wrong = text_of(
        passage(words, 0, mark("breast cancer", 0, 6, 11, 7, kind="Disease", written="D001943"))
    )
    assert (places(wrong), codes(wrong)) == ([[]], ["misplaced-mention"])


@pytest.mark.parametrize(
    ("there", "words"),
    [(f"TNF-{ALPHA}", "TNF-a"), (f"TNF-{ALPHA}", "TNF-alpha"), ("SARS-CoV-2", "SARS CoV 2")],
)
def test_a_mention_in_another_spelling_keeps_the_words_of_the_text(there: str, words: str) -> None:
    text = text_of(passage(f"On {there}.", 0, mark(words, 3, len(there))))
    assert text.annotations[0].label == words
    assert (places(text), codes(text)) == ([[(3, there)]], ["mention-spelling"])


IDS = [
    ({"type": "Gene", "identifier": "1956;1957"}, ["NCBIGene:1956", "NCBIGene:1957"]),
    ({"type": "Gene", "NCBI Gene": "1956"}, ["NCBIGene:1956"]),
    ({"type": "Gene", "identifier": "1956", "NCBI Homologene": "7"}, ["NCBIGene:1956"]),
    ({"type": "Species", "NCBI Species": "9606"}, ["NCBITaxon:9606"]),
    ({"type": "Disease", "MESH": "D003882"}, ["MESH:D003882"]),
    ({"type": "Disease", "MESH": "D003882|D010051"}, ["MESH:D003882", "MESH:D010051"]),
    ({"type": "Disease", "OMIM": "225750"}, ["OMIM:225750"]),
    ({"type": "Chemical", "Identifier": "MESH:D008661"}, ["MESH:D008661"]),
    ({"type": "CellLine", "CVCL": "0030"}, ["CVCL:0030"]),
    ({"type": "CellLine", "identifier": "CVCL:0030"}, ["CVCL:0030"]),
    ({"type": "ProteinMutation", "tmVar": "p.I2020T;RS#:35870237"}, ["DBSNP:rs35870237"]),
    ({"type": "Variant", "identifier": "tmVar:p|SUB|V|6|E;HGVS:p.V6E;RS#:17"}, ["DBSNP:rs17"]),
    ({"type": "Variant", "identifier": "tmVar:p|Allele|S|161;VariantGroup:0"}, ["None"]),
    ({"type": "Chromosome", "identifier": "NC_000023.11"}, ["None"]),
    ({"type": "Chromosome", "identifier": "MESH:D002899"}, ["MESH:D002899"]),
    ({"type": "Gene", "identifier": "-", "MESH": "D003882"}, ["None"]),
    ({"type": "Gene", "identifier": "", "NCBI Gene": "1956"}, ["NCBIGene:1956"]),
    ({"type": "Gene"}, ["None"]),
]


@pytest.mark.parametrize(("infons", "stated"), IDS, ids=[str(row[0]) for row in IDS])
def test_ids_stand_under_many_keys_and_mean_the_same(infons: Tree, stated: list[str]) -> None:
    text = text_of(passage("JAK1", 0, mark("JAK1", 0, 4) | {"infons": infons}))
    assert [str(each.stated) for each in text.annotations] == stated
    assert codes(text) == []
    if len(stated) > 1:
        assert {tuple(map(str, each.together)) for each in text.annotations} == {tuple(stated)}


def test_who_annotated_is_told_by_the_annotation_or_by_what_is_declared() -> None:
    own = mark("JAK1", 0, 4)
    own["infons"] = own["infons"] | {"annotator": "curator-1"}
    text = text_of(passage("JAK1 JAK1", 0, own, mark("JAK1", 5, 4)))
    said = [(each.annotator, each.ordinal) for each in text.annotations]
    assert said == [("curator-1", 0), ("BioC file", 0)]


RELATIONS = [
    ({"type": "Bind", "entity1": "3716", "entity2": "D003882", "novel": "No"}, ["", ""]),
    ({"relation": "CID", "Gene": "3716", "Disease": "D003882"}, ["Gene", "Disease"]),
    ({"type": "associate", "role1": "Gene|3716", "role2": "Disease|MESH:D003882"}, ["", ""]),
]


@pytest.mark.parametrize(("infons", "roles"), RELATIONS, ids=["entities", "by kind", "roles"])
def test_relations_name_their_concepts_in_many_ways(infons: Tree, roles: list[str]) -> None:
    text = text_of(
        passage(
            "JAK1 JDM",
            0,
            mark("JAK1", 0, 4, written="3716"),
            mark("JDM", 5, 3, kind="Disease", written="D003882"),
        ),
        relations=[{"id": "R", "infons": infons}],
    )
    (relation,) = text.relations
    assert relation.kind == (infons.get("type") or infons["relation"])
    assert [each.role for each in relation.arguments] == roles
    assert [str(i) for each in relation.arguments for i in each.stated] == [
        "NCBIGene:3716",
        "MESH:D003882",
    ]
    assert relation.novelty == infons.get("novel", "")
    assert codes(text) == []


def test_an_id_that_two_annotations_have_refers_to_neither() -> None:
    relation = {"id": "R", "infons": {"type": "x"}, "nodes": [{"refid": "1", "role": "a"}]}
    marks = [mark("JAK1", 0, 4), mark("JAK1", 5, 4)]
    text = text_of(passage("JAK1 JAK1", 0, *marks, relations=[relation]))
    assert text.relations[0].arguments[0].stated == ()
    assert sorted(codes(text)) == ["duplicate-id", "unknown-argument"]


IDENTITIES: list[tuple[str, Tree, str, list[str]]] = [
    ("7", {}, "PMID7", ["PMID:7"]),
    ("PMC77", {}, "PMC77", ["PMC:PMC77"]),
    ("10.1234/A.b", {}, "10.1234/a.b", ["DOI:10.1234/a.b"]),
    ("report-4", {}, "report-4", []),
    ("77", {"article-id_pmc": "77"}, "PMC77", ["PMC:PMC77"]),
    ("77", {"article-id_pmc": "PMC77", "article-id_pmid": "7"}, "PMC77", ["PMC:PMC77", "PMID:7"]),
    ("7", {"article-id_pmc": "PMC77"}, "PMC77", ["PMC:PMC77", "PMID:7"]),
    ("7", {"article-id_doi": "10.1234/A.b"}, "PMID7", ["DOI:10.1234/a.b", "PMID:7"]),
    ("8", {"article-id_pmid": "7"}, "PMID7", ["PMID:7"]),
]


@pytest.mark.parametrize(("key", "infons", "name", "identifiers"), IDENTITIES)
def test_the_id_of_a_paper_is_read_for_what_it_is(
    key: str, infons: Tree, name: str, identifiers: list[str]
) -> None:
    first = passage("T", 0) | {"infons": {"type": "front"} | infons}
    (one,) = documents("json", paper(first, name=key))
    assert (one.id, [each.curie for each in one.identifiers]) == (name, identifiers)
    assert one.findings == ()


def test_an_id_that_contradicts_the_infons_or_is_none_is_noted() -> None:
    first = passage("T", 0) | {"infons": {"type": "title", "article-id_doi": "10.1234/x"}}
    (one,) = documents("json", paper(first, name="10.1234/y"))
    assert (one.id, [each.code for each in one.findings]) == ("10.1234/x", ["identifier-conflict"])
    (two,) = documents("json", paper(first, name="7", infons={"doi": "7 of nobody"}))
    assert [(each.code, each.value) for each in two.findings] == [("malformed-id", "7 of nobody")]


def test_authors_journal_and_date_are_read_where_they_stand() -> None:
    front = {
        "type": "front",
        "name_0": "surname:Feeney;given-names:Audrey",
        "name_1": "surname:The Group",
        "journal": "Gut Pathog; 2014; 6(1) 46",
        "year": "2014",
    }
    (one,) = documents("json", paper(passage("T", 0) | {"infons": front}))
    assert [each.name for each in one.authors] == ["Audrey Feeney", "The Group"]
    assert (one.journal, one.issued) == ("Gut Pathog", "2014")
    said: Tree = {
        "authors": ["Shi M", "et al."],
        "journal": "Nat Cell Biol",
        "date": "2021-03-01T00:00",
    }
    (two,) = documents("json", paper(passage("T", 0, kind="title"), **said))
    assert ([each.name for each in two.authors], two.authors_complete) == (["Shi M"], False)
    assert (two.journal, two.issued) == ("Nat Cell Biol", "2021-03-01")


COLLECTIONS = [
    '{"documents": [%s, %s]}',
    '{"source": "x", "infons": {"a": "}"}, "documents": [%s, %s], "date": ""}',
    '{"PubTator3": [%s, %s]}',
    "[%s, %s]",
    "%s\n%s\n",
    "\n%s \n\n %s",
    '{"documents": [%s]}\n{"documents": [%s]}\n',
    '{"infons": {"deep": {"er": []}}, "documents": [%s, %s]}',
]


@pytest.mark.parametrize("size", [1, 7, 64, 100_000])
@pytest.mark.parametrize("form", COLLECTIONS)
def test_documents_come_in_collections_and_lists_and_lines(
    monkeypatch: pytest.MonkeyPatch, form: str, size: int
) -> None:
    monkeypatch.setattr(json_cuts, "_CHUNK", size)
    one, two = (json.dumps(PAPER | {"id": name}) for name in "78")
    found = records("json", (form % (one, two)).encode())
    assert [record.where.document for record in found] == ["7", "8"]
    assert [json.loads(record.content)["id"] for record in found] == ["7", "8"]
    assert [record.where.line for record in found] == lines_of(form)
    parsed = [parse(record, SETTINGS) for record in found]
    assert [len(each.texts[0].annotations) for each in parsed if isinstance(each, Document)] == [
        2
    ] * 2


def lines_of(form: str) -> list[int]:
    pieces = form.split("%s")
    first = pieces[0].count("\n") + 1
    return [first, first + pieces[1].count("\n")]


@pytest.mark.parametrize("size", [1, 7, 64, 100_000])
def test_the_size_of_what_is_read_at_once_changes_nothing_in_xml(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    content = written("xml", PAPER, PAPER | {"id": "8"}).replace(b"<passage>", b"\n<passage>")
    content = content.replace(b"<source>", b"<!-- <document> -->\n<?x <document>?>\n<source>", 1)
    whole = records("xml", content)
    monkeypatch.setattr(xml_cuts, "_CHUNK", size)
    monkeypatch.setattr(xml_cuts, "_LONGEST_TAG", 64)
    assert records("xml", content) == whole
    assert [(each.where.line, each.where.document) for each in whole] == [(3, "7"), (6, "8")]


def test_a_broken_line_among_lines_is_refused_alone() -> None:
    good = json.dumps(PAPER)
    content = f'{good}\n{{"id": "8", "passages": [}}\n{good}\n'.encode()
    first, bad, last = records("json", content)
    assert bad.where.line == 2
    with pytest.raises(InputError) as error:
        parse(bad, SETTINGS)
    assert (error.value.code, error.value.where and error.value.where.line) == ("E174", 2)
    assert parse(first, SETTINGS) != parse(last, SETTINGS)


@pytest.mark.parametrize("form", FORMS)
def test_a_document_that_cannot_be_read_is_refused_alone(form: str) -> None:
    bad = paper(passage("T", 0) | {"offset": "zero"}, name="8")
    found = records(form, written(form, PAPER, bad, PAPER | {"id": "9"}))
    results = list(outcomes(found))
    assert results == ["PMID7", "E178", "PMID9"]
    letter = written(form, PAPER, paper(passage("#", 0), name="8"), PAPER).replace(b"#", b"\xff")
    assert list(outcomes(records(form, letter))) == ["PMID7", "E110", "PMID7"]


def outcomes(found: list[Record]) -> Iterator[str]:
    for record in found:
        try:
            parsed = parse(record, SETTINGS)
        except ExporterError as error:
            yield error.code
        else:
            assert isinstance(parsed, Document)
            yield parsed.id


@pytest.mark.parametrize("form", FORMS)
def test_a_record_can_be_parsed_in_another_process(form: str) -> None:
    (record,) = records(form, written(form, PAPER))
    assert parse(pickle.loads(pickle.dumps(record)), SETTINGS) == parse(record, SETTINGS)  # noqa: S301


class Endless(RawIOBase):
    """A collection of many documents that is never held anywhere."""

    def __init__(self, form: str, number: int) -> None:
        content = written(form, *[PAPER | {"id": str(n)} for n in range(1, 100)])
        begin = content.index(b"[" if form == "json" else b"<document>") + (form == "json")
        end = content.rindex(b"]" if form == "json" else b"</collection>")
        between = b"," if form == "json" else b""
        self._pieces = iter(
            [content[:begin], *[content[begin:end] + between] * number, content[begin:]]
        )
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


@pytest.mark.parametrize("form", FORMS)
def test_what_is_held_does_not_grow_with_the_file(form: str) -> None:
    reader = readers()[f"bioc-{form}"]
    assert reader.split_stream is not None
    peaks = []
    for number in (100, 400):
        tracemalloc.start()
        stream: Any = Endless(form, number)
        count = sum(1 for _ in reader.split_stream(stream, WHERE))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count == 99 * (number + 1)
    assert peaks[1] < peaks[0] * 1.2


def test_a_declaration_counts() -> None:
    (record,) = records("xml", written("xml", PAPER))
    own = Settings(namespaces=bundled_namespaces(), text_kind=TextKind.VERBATIM, licence="own")
    parsed = parse(record, own)
    assert isinstance(parsed, Document)
    (text,) = parsed.texts
    assert (text.kind, text.kind_declared, text.licence) == (TextKind.VERBATIM, True, "own")
