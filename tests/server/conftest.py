"""Editors with a server of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.server.client import Editor

Launch = Callable[..., Editor]


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Start a server in a folder of the test; none outlives it."""
    editors: list[Editor] = []

    def launch(*argv: str) -> Editor:
        editors.append(Editor(tmp_path, *argv))
        return editors[-1]

    yield launch
    for editor in editors:
        editor.tidy()


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor that several tests share; each has drafts of its own."""
    editor = Editor(tmp_path_factory.mktemp("editor"))
    editor.start()
    yield editor
    editor.tidy()
