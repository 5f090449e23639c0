"""A request and the configuration that it runs under."""

from __future__ import annotations

import os

from reportlint import reporters
from reportlint.cli.options import BY_FIELD, Request, refuse_choice
from reportlint.config import Config, Options, Resolver
from reportlint.lean import NamedTuple
from reportlint.policies import Choices, Policies
from reportlint.ruleset import RuleSet


class Setup(NamedTuple):
    """What every command starts from.

    ``config`` decides what concerns the run as a whole: language, output format, exit code. It is
    the configuration of the first path that was named, else of the current folder.
    """

    request: Request
    resolver: Resolver
    config: Config

    def policies(self, *, baselines: bool = True) -> Policies:
        """Return what gives each file its suppressions, as the command line wants them."""
        request = self.request
        inline = not request.no_inline_suppressions
        return Policies(self.resolver, Choices(inline, request.diff_base, baselines))

    @property
    def lang(self) -> str:
        return self.config.settings.lang

    @property
    def ruleset(self) -> RuleSet:
        return self.config.settings.ruleset


def setup(request: Request) -> Setup:
    """Read the configuration for a request. Raises ReportlintError."""
    resolver = Resolver(
        Options(
            select=request.select,
            ignore=request.ignore,
            extend_select=request.extend_select,
            kind=request.kind,
            lang=request.lang,
            fail_on=request.fail_on,
            max_warnings=request.max_warnings,
            output_format=request.output_format[0] if request.output_format else None,
            redact=request.redact or None,
            baseline=request.baseline,
            force_exclude=request.force_exclude or None,
            cache=False if request.no_cache or request.profile else None,
            cache_dir=request.cache_dir,
            jobs=1 if request.profile else request.jobs,
            config=request.config,
            isolated=request.isolated,
        ),
        environ=os.environ,
    )
    path = request.paths[0] if request.paths else "."
    if path == "-":
        path = request.stdin_filename or "-"
    config = resolver.for_folder(path) if os.path.isdir(path) else resolver.for_file(path)
    known = (*reporters.NAMES, *config.reporters)
    for name in request.output_format or ():
        if name not in known:
            raise refuse_choice(BY_FIELD["output_format"], name, known)
    return Setup(request, resolver, config)
