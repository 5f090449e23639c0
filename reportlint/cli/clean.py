"""``reportlint clean``: deletes the cache."""

from __future__ import annotations

import os

from reportlint import cache
from reportlint.cli.options import Request
from reportlint.cli.setup import setup
from reportlint.files import ReplaceError
from reportlint.paths import printable

_DONE = {"zh": "已删除缓存 {}（{:.1f} MB）", "en": "deleted the cache {} ({:.1f} MB)"}
_NONE = {"zh": "没有缓存", "en": "there is no cache"}


def clean(request: Request) -> int:
    """Delete the cache of the current folder's configuration. Raises ReportlintError."""
    run = setup(request)
    folder = run.config.cache_dir or cache.place(os.environ)
    files = size = 0
    if folder is not None:
        try:
            files, size = cache.clean(folder)
        except OSError as error:
            why = error.strerror or str(error)
            raise ReplaceError(folder, why, why) from error
    words = _DONE if files else _NONE
    print(words[run.lang].format(printable(folder or ""), size / 1e6))
    return 0
