"""Suppressions: what silences a finding, and what is wrong with it.

    directives  the grammar of comments: ``reportlint: ignore[PH001] reason``
    entries     tables ``[[suppress]]`` of a sidecar file or of the configuration
    sidecar     the file beside a draft that has no comments
    scopes      both of them to the places of one draft where they hold
    marking     places and findings to suppressed findings, and to findings about suppressions
    author      the form that silences a given finding, for ``reportlint ignore``

All but the reading and the name of a sidecar is pure.
"""
