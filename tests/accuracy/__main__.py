"""``python -m tests.accuracy [FOLDER]…`` prints precision and recall on annotated drafts."""

import sys
from pathlib import Path

from reportlint import packs
from reportlint.settings import Settings, default_active
from tests import gold
from tests.accuracy import FOLDERS


def main(folders: list[Path]) -> None:
    ruleset = packs.builtin()
    settings = Settings(ruleset, default_active(ruleset))
    for folder in folders:
        drafts = gold.load(folder)
        print(f"\n{folder}: {len(drafts)} drafts")
        print(gold.table(gold.total(gold.judge(draft, settings) for draft in drafts), len(drafts)))


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or list(FOLDERS))
