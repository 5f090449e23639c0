"""``python -m reportlint``."""

from reportlint.cli import script

if __name__ == "__main__":
    script()
