"""``reportlint init``: a configuration to start from."""

from __future__ import annotations

import os

from reportlint import config, files
from reportlint.cli.options import Request, UsageError
from reportlint.i18n import language

NAME = "reportlint.toml"
_DONE = {"zh": "已写入 {}", "en": "wrote {}"}


def init(request: Request) -> int:
    """Write a commented configuration; never over one that is there."""
    lang = request.lang or language(os.environ)
    for name in (NAME, f".{NAME}"):
        if os.path.lexists(name):
            raise UsageError(f"{name} 已存在，不作改动", f"{name} is there already and left alone")
    files.replace(NAME, config.template(lang).encode())
    print(_DONE[lang].format(NAME))
    return 0
