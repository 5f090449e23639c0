"""Blocks for frameworks that spread work over many machines; each needs its extra."""
