"""Configuration: which file counts for a draft, what is in it, and the settings it comes to.

    raw options  ->  layers (a file, what it extends, the command line)  ->  frozen settings

``Resolver`` does all of it; ``template`` and ``describe`` write configuration for people.
"""

from __future__ import annotations

from reportlint.config.options import OPTIONS, Option, Options
from reportlint.config.resolve import Config, Resolver

__all__ = ["OPTIONS", "Config", "Option", "Options", "Resolver", "describe", "template"]


def template(lang: str) -> str:
    """Return a configuration file with every option commented out, explained in ``lang``."""
    from reportlint.config import render

    return render.template(lang)


def describe(config: Config, path: str | None = None, lang: str | None = None) -> str:
    """Return every setting in force, for the file ``path`` or in general, and its origin."""
    from reportlint.config import render

    return render.describe(config, path, lang or config.settings.lang)
