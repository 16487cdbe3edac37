"""The report for a person at a terminal: by document, worst first, then the account."""

from collections.abc import Iterator

from exporter.model.linting import Account, Doubt, Judged, LeftOut, LintedDocument, RuleText
from exporter.writers.lint_reports.words import counted, first, listed, mention_words, spot_words

_MOST_SPOTS = 3
_MOST_IDS = 5


def document_lines(document: LintedDocument) -> Iterator[str]:
    """Yield the findings of a document under its name; of one without any nothing."""
    if not document.doubts:
        return
    title = f": {document.title}" if document.title else ""
    file = f" ({document.where.file})" if document.where.file else ""
    yield f"{document.id}{file}{title}"
    for doubt in document.doubts:
        yield from _doubt(doubt)
    yield ""


def left_out_lines(record: LeftOut) -> Iterator[str]:
    """Yield why a record could not be read."""
    for reason, hint in record.reasons:
        yield f"left out: {reason}"
        if hint:
            yield f"    fix       {hint}"


def _doubt(doubt: Doubt) -> Iterator[str]:
    finding = doubt.finding
    numbers = [str(n) for n in (finding.where.line, finding.where.column) if n]
    place = ":".join([finding.where.file or "", *numbers])
    about = mention_words(doubt)
    field = f" [{finding.where.field}]" if finding.where.field and doubt.judged is None else ""
    yield f"  {place}: {finding.level} {finding.code}: {about or finding.message}{field}"
    if doubt.judged:
        yield from _judged(doubt.judged)
    if about:
        yield f"    why       {finding.message}"
    if doubt.remedy:
        yield f"    fix       {doubt.remedy}"
    if doubt.judged and doubt.judged.proposed:
        yield f"    proposed  {doubt.judged.proposed}"
    if doubt.command:
        yield f"    accept    {doubt.command}"


def _judged(judged: Judged) -> Iterator[str]:
    if judged.spots:
        spots = "; ".join(spot_words(spot) for spot in judged.spots[:_MOST_SPOTS])
        rest = len(judged.spots) - _MOST_SPOTS
        yield f"    at        {spots}{f'; and {rest} more' if rest > 0 else ''}"
    if judged.excerpt:
        words = judged.excerpt
        sentence = f"{words.before}>>{words.exact}<<{words.after}"
        yield f"    text      {' '.join(sentence.split())}"
    if judged.stated:
        yield f"    the id is {judged.stated}{'' if judged.stated.label else ', not held here'}"
    if judged.concept and judged.stated and judged.concept.id != judged.stated.id:
        yield f"    leads to  {judged.concept}"


def account_lines(account: Account) -> Iterator[str]:
    """Yield the account of a run: every annotation, finding and record is counted in it."""
    yield (
        f"documents   {account.papers + account.cases} "
        f"({counted(account.papers, 'paper')} with {counted(account.texts, 'text')}, "
        f"{counted(account.cases, 'case')})"
    )
    yield f"annotations {account.annotations} ({listed(account.statuses)})"
    if account.rules:
        yield f"  decided by {listed(account.rules)}"
    yield f"findings    {account.findings} ({listed(account.levels)})"
    if account.codes:
        yield f"  by rule    {listed(account.codes)}"
    for reason, number in account.hidden.items():
        yield f"  not shown  {number} {reason}"
    yield from uncertain_lines(account)
    yield from _releases(account)
    if account.verdicts:
        rest = {name: number for name, number in account.verdicts.items() if name != "verdicts"}
        yield f"review      {account.verdicts['verdicts']} ({listed(rest)})"
    yield f"left out    {counted(account.number_left_out, 'record')}"
    if account.passed_over:
        yield f"passed over {counted(account.passed_over, 'file')} in no known format"


def uncertain_lines(account: Account) -> Iterator[str]:
    """Yield by rule and namespace how many ids lead to nothing that is shown, and the first."""
    for rule, namespaces in account.uncertain.items():
        total = sum(sum(ids.values()) for ids in namespaces.values())
        yield f"{rule:<11} {counted(total, 'annotation')}"
        for namespace, ids in namespaces.items():
            number = sum(ids.values())
            yield f"  {namespace}: {number} of {len(ids)} ({first(ids.items(), _MOST_IDS)})"


def _releases(account: Account) -> Iterator[str]:
    used = [each for each in account.releases if each.annotations]
    for each in used:
        version = f"{each.name} {each.version}".rstrip()
        yield f"ontology    {version} ({each.held}): {counted(each.annotations, 'annotation')}"
    idle = len(account.releases) - len(used)
    if idle:
        yield f"ontology    {idle} more at hand, none of their terms is meant"


def explained(rule: RuleText) -> Iterator[str]:
    """Yield what a rule means, with an example, a decoy and what a curator can do."""
    level = f" ({rule.level})" if rule.level else ""
    yield f"{rule.code}{level}: {rule.title or rule.sense}"
    parts = {
        "sense": rule.sense if rule.title else "",
        "example": rule.example,
        "decoy": rule.decoy,
        "remedy": rule.remedy,
    }
    for name, words in parts.items():
        if words:
            yield f"  {name:<9} {words}"
