"""What the editor at the other end can do; anything that it does not say it cannot."""

from __future__ import annotations

from typing import NamedTuple

from lsprotocol import types

from reportlint.server.positions import ENCODINGS, UTF16


class Client(NamedTuple):
    """What counts of a client's capabilities.

    ``encoding``   whose units characters are counted in
    ``related``    it shows other places beside a diagnostic
    ``versioned``  it compares the versions of what it edits
    ``markdown``   it shows Markdown in a hover
    ``tree``       it shows headings as a tree
    ``resolves``   it asks for the edit of an action when the action is chosen
    ``watches``    it tells of changed files when asked to
    ``registers``  it tells of changed settings when asked to
    ``configures`` it can be asked for settings
    ``shows``      it opens a page when asked to
    """

    encoding: str = UTF16
    related: bool = False
    versioned: bool = False
    markdown: bool = False
    tree: bool = False
    resolves: bool = False
    watches: bool = False
    registers: bool = False
    configures: bool = False
    shows: bool = False


def read(given: types.ClientCapabilities) -> Client:
    """Return what counts of ``given``, of which anything may be missing."""
    text, work = given.text_document, given.workspace
    published = text.publish_diagnostics if text else None
    hover = text.hover if text else None
    action = text.code_action if text else None
    tree = text.document_symbol if text else None
    resolved = action.resolve_support if action else None
    edit = work.workspace_edit if work else None
    watch = work.did_change_watched_files if work else None
    change = work.did_change_configuration if work else None
    show = given.window.show_document if given.window else None
    # Those that know none of our encodings get the one that the protocol obliges them to know.
    encodings = (given.general.position_encodings if given.general else None) or ()
    known = [str(getattr(name, "value", name)) for name in encodings]
    return Client(
        encoding=next((name for name in known if name in ENCODINGS), UTF16),
        related=bool(published and published.related_information),
        versioned=bool(edit and edit.document_changes),
        markdown=bool(hover and types.MarkupKind.Markdown in (hover.content_format or ())),
        tree=bool(tree and tree.hierarchical_document_symbol_support),
        resolves=bool(
            action and action.data_support and resolved and "edit" in resolved.properties
        ),
        watches=bool(watch and watch.dynamic_registration),
        registers=bool(change and change.dynamic_registration),
        configures=bool(work and work.configuration),
        shows=bool(show and show.support),
    )
