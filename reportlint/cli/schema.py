"""``reportlint schema``: the JSON Schema of the configuration, for editors."""

from __future__ import annotations

import json

from reportlint.cli.options import Request
from reportlint.cli.setup import setup


def schema(request: Request) -> int:
    """Print the schema, with the rules that the configuration of this folder brings."""
    from reportlint.config import schema as schemas

    run = setup(request)
    print(json.dumps(schemas.schema(run.ruleset, run.lang), ensure_ascii=False, indent=2))
    return 0
