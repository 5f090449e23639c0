"""``reportlint server``: the language server, where what it needs is installed."""

from __future__ import annotations

from reportlint.cli.options import Request, UsageError
from reportlint.config import Options, Resolver


def serve(request: Request) -> int:
    """Serve an editor on standard input and output; return the exit code.

    Raises UsageError where the extra is not installed, ConfigError for a file that ``--config``
    names and that is not there: with both the editor would show a server that does nothing.
    """
    options = Options(lang=request.lang, config=request.config, isolated=request.isolated)
    Resolver(options)
    try:
        from reportlint.server import app
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "reportlint":
            raise
        raise UsageError(
            f'语言服务器缺少组件 {error.name}；请运行 pip install "reportlint[lsp]"',
            f'the language server needs {error.name}; run: pip install "reportlint[lsp]"',
        ) from None
    return app.run(options)
