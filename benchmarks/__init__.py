"""What reportlint costs, and what comparable programs cost: ``python -m benchmarks``.

``run`` measures reportlint alone, ``peers`` installs other programs and measures them side by side.
Figures are ratios of medians of one run, since seconds belong to one machine.
"""
