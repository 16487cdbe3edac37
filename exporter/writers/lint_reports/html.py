"""The report as one page for a browser, without scripts and with nothing loaded from elsewhere."""

from collections.abc import Mapping
from functools import cache
from itertools import groupby

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from exporter.model.linting import Account, RuleText
from exporter.resources import data
from exporter.writers.lint_reports.kept import Kept
from exporter.writers.lint_reports.text import account_lines
from exporter.writers.lint_reports.words import counted, mention_words, spot_words


def html(kept: Kept, account: Account, texts: Mapping[str, RuleText]) -> str:
    """Return the page: the account, then the findings by level, each with its sentence."""
    doubts = kept.doubts()
    by_level = groupby(doubts, key=lambda doubt: doubt.finding.level)
    page = _template().render(
        account=account,
        account_lines=list(account_lines(account)),
        levels=[(level.value, list(found)) for level, found in by_level],
        left_out=kept.left_out,
        rules=[texts[code] for code in sorted({d.finding.code for d in doubts} & texts.keys())],
        counted=counted,
        mention_words=mention_words,
        spot_words=spot_words,
    )
    return _without_controls(page)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(data("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("lint.html")


def _without_controls(page: str) -> str:
    """Write letters that no page may hold, or that turn the order of others, as an escape."""
    return "".join(
        letter
        if letter.isprintable() or letter == "\n"
        else letter.encode("unicode_escape").decode("ascii")
        for letter in page
    )
