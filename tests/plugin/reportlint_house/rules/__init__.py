"""The rule packs: every ``*.toml`` in this folder."""
