"""What every test may ask for: the built-in rules and the settings of a run without options."""

import pytest
from hypothesis import settings as hypothesis_settings

from reportlint import packs
from reportlint.ruleset import RuleSet
from reportlint.settings import Settings, default_active

# The same examples on every machine and in every run: a red test is never a matter of luck.
# `pytest --hypothesis-profile thorough` looks for more, and for others every time.
hypothesis_settings.register_profile("reportlint", deadline=None, derandomize=True, max_examples=60)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=1000)
hypothesis_settings.load_profile("reportlint")


@pytest.fixture(scope="session")
def ruleset() -> RuleSet:
    return packs.builtin()


@pytest.fixture(scope="session")
def settings(ruleset: RuleSet) -> Settings:
    return Settings(ruleset, default_active(ruleset))
