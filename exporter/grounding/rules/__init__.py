"""One rule, one file: a module without a leading underscore offers it as ``RULE``."""

import pkgutil
from functools import cache
from importlib import import_module

from exporter.grounding.rule import Rule


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order in which they are asked."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = (import_module(f"{__name__}.{name}") for name in names if name[0] != "_")
    return tuple(sorted((module.RULE for module in modules), key=lambda rule: rule.priority))
