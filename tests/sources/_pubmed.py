"""Records of PubMed by hand, of which any part can be another."""

from exporter.errors import Where
from exporter.model.document import Document
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Record, Settings, parse, readers

SETTINGS = Settings(namespaces=bundled_namespaces())
READER = readers()["pubmed-xml"]
WHERE = Where(file="a.xml")
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
DOCTYPE = (
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
ABSTRACT = "<Abstract><AbstractText>On JAK1.</AbstractText></Abstract>"


def article(  # noqa: PLR0913, PLR0917 - each is a part that a test changes
    pmid: str = '<PMID Version="1">7</PMID>',
    title: str = "<ArticleTitle>A title.</ArticleTitle>",
    abstract: str = ABSTRACT,
    inside: str = "",
    date: str = "<Year>2020</Year><Month>Mar</Month>",
    citation: str = "",
    data: str = "",
) -> str:
    """Return a record; ``inside`` stands in its article, ``citation`` behind it."""
    journal = f"<JournalIssue><PubDate>{date}</PubDate></JournalIssue><Title>J Tests</Title>"
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE">{pmid}<Article>'
        f"<Journal>{journal}</Journal>{title}{abstract}{inside}</Article>{citation}"
        f"</MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle>\n"
    )


def whole(*articles: str) -> str:
    """Return a file with records."""
    set_of_them = f"<PubmedArticleSet>\n{''.join(articles)}</PubmedArticleSet>\n"
    return DECLARATION + DOCTYPE + set_of_them


def records(content: str | bytes) -> list[Record]:
    content = content.encode() if isinstance(content, str) else content
    return list(READER.split(content, WHERE))


def documents(content: str | bytes) -> list[Document]:
    found = [parse(record, SETTINGS) for record in records(content)]
    return [each for each in found if isinstance(each, Document)]


def one(content: str | bytes) -> Document:
    (document,) = documents(content)
    return document


def codes(document: Document) -> list[str]:
    texts = [finding for text in document.texts for finding in text.findings]
    return [finding.code for finding in (*document.findings, *texts)]
