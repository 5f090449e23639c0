"""The handlers: what the server does when the editor says something.

Everything here runs in one thread and never waits for a check; those are done by ``pool``. What an
editor asks about a draft that is being checked waits a moment for the outcome and then goes
without it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Coroutine, Sequence
from typing import Any
from urllib.parse import urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from reportlint import __version__, files, fixes, readers
from reportlint.config import Options
from reportlint.errors import WriteError
from reportlint.findings import Edit, Finding
from reportlint.i18n import Bilingual, language
from reportlint.paths import printable, slashed
from reportlint.server import client, convert, options
from reportlint.server.client import Client
from reportlint.server.jobs import Checked, Draft, Scene, environment
from reportlint.server.pool import JobError, OverdueError, Pool
from reportlint.server.positions import Positions
from reportlint.suppress.form import COMMENTED

SHORTEST, LONGEST, PER_CHARACTER = 0.02, 0.5, 4e-6
"""Seconds that a change waits for the next one: about as long as the draft takes to check. A usual
draft is checked at once, a huge one when the typing stops."""

PATIENCE = 0.3
"""Seconds that a question about a draft waits for a check that is under way."""

FEW = 3
"""Findings for which comments are prepared before anybody asks, where the client does not ask."""

LANGUAGES = {
    "plaintext": "text",
    "text": "text",
    "txt": "text",
    "markdown": "markdown",
    "md": "markdown",
}
"""Names that editors have for the formats, where the file name says nothing."""

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.reportlint"
QUICK = types.CodeActionKind.QuickFix.value
IGNORE = "reportlint.ignore"
EXPLAIN = "reportlint.explain"

WATCHED = ("**/*.toml", "**/.reportlint.toml")
"""Configuration files, sidecar files and rule packs."""

_SAID: dict[str, Bilingual] = {
    "fix-all": {
        "zh": "修复全部可自动修复的问题",
        "en": "Fix all that can be fixed automatically",
    },
    "comment": {"zh": "忽略此处的 {code}：插入注释", "en": "Ignore {code} here: insert a comment"},
    "note": {
        "zh": "忽略此处的 {code}：写入旁注文件",
        "en": "Ignore {code} here: write it to the sidecar file",
    },
    "explain": {"zh": "说明规则 {code}", "en": "Explain rule {code}"},
    "noted": {"zh": "已忽略 {code}，写入 {name}", "en": "{code} is ignored; wrote {name}"},
    "cannot": {
        "zh": "此处的问题无法这样忽略，未作改动",
        "en": "this cannot be ignored in this way; nothing was changed",
    },
    "overdue": {
        "zh": "检查超过了时限，已停止",
        "en": "the check took too long and was stopped",
    },
    "died": {
        "zh": "检查进程意外结束（可能内存不足）",
        "en": "the process that checks ended unexpectedly (out of memory?)",
    },
    "failed": {"zh": "检查时出错：{why}", "en": "the check failed: {why}"},
}


class _Open:
    """A draft that is open. ``checked`` is what came of this very text, or None."""

    def __init__(self, uri: str, path: str, format: str, saved: bool) -> None:
        self.uri = uri
        self.path = path
        self.format = format
        self.saved = saved
        self.text = ""
        self.version: int | None = None
        self.checked: Checked | None = None
        self.task: asyncio.Task[None] | None = None
        self._positions: Positions | None = None

    def take(self, text: str, version: int | None) -> None:
        """Take up a new text."""
        self.text, self.version = text, version
        self.checked = self._positions = None

    def positions(self, encoding: str) -> Positions:
        if self._positions is None:
            self._positions = Positions(self.text, encoding)
        return self._positions

    def draft(self) -> Draft:
        return Draft(self.path, self.text, self.format)


class Session:
    """One editor, its drafts, and what is known of them."""

    def __init__(self, server: LanguageServer, base: Options) -> None:
        self._server = server
        self._base = base
        self._client = Client()
        self._drafts: dict[str, _Open] = {}
        self._pool = Pool()
        self._scene = Scene(base, slashed(os.getcwd()), environment(None), 0)
        self._told: set[str] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._pages: str | None = None
        self.ended = False

    # Beginning and end

    def initialize(self, params: types.InitializeParams) -> None:
        self._client = client.read(params.capabilities)
        folders = params.workspace_folders or ()
        root = next((folder.uri for folder in folders), params.root_uri)
        path = to_fs_path(root) if root else params.root_path
        cwd = slashed(os.path.abspath(path)) if path and os.path.isdir(path) else self._scene.cwd
        scene = self._scene._replace(cwd=cwd, environ=environment(params.locale))
        self._scene = scene
        self._configure(params.initialization_options)

    async def initialized(self) -> None:
        self._later(self._pool.warm())
        registrations = []
        if self._client.watches:
            watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in WATCHED]
            registrations.append(
                types.Registration(
                    "reportlint-files",
                    types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                    types.DidChangeWatchedFilesRegistrationOptions(watchers),
                )
            )
        if self._client.registers:
            registrations.append(
                types.Registration(
                    "reportlint-settings",
                    types.WORKSPACE_DID_CHANGE_CONFIGURATION,
                    types.DidChangeConfigurationRegistrationOptions(section=options.SECTION),
                )
            )
        if registrations:
            self._later(
                self._server.client_register_capability_async(
                    types.RegistrationParams(registrations)
                )
            )
        if self._client.configures:
            self._later(self._pull())

    async def shutdown(self) -> None:
        self.ended = True
        for draft in self._drafts.values():
            if draft.task is not None:
                draft.task.cancel()
        for task in self._tasks:
            task.cancel()
        await self._pool.close()
        self.tidy()

    def tidy(self) -> None:
        """Remove the pages that were written to be shown."""
        if self._pages is not None:
            import shutil

            shutil.rmtree(self._pages, ignore_errors=True)
            self._pages = None

    # Settings

    async def configured(self, settings: Any) -> None:
        if isinstance(settings, dict) and options.SECTION in settings:
            self._configure(settings)
        elif self._client.configures:
            await self._pull()
        else:
            self._configure(settings)
        self.refresh()

    async def _pull(self) -> None:
        item = types.ConfigurationItem(section=options.SECTION)
        params = types.ConfigurationParams([item])
        found = await self._server.workspace_configuration_async(params)
        if found and isinstance(found[0], dict):
            self._configure(found[0])
            self.refresh()

    def _configure(self, raw: Any) -> None:
        read = options.read(raw, self._base)
        self._scene = self._scene._replace(options=read.options)
        for problem in read.problems:
            self._tell(problem[self._lang], types.MessageType.Warning)

    @property
    def _lang(self) -> str:
        return self._scene.options.lang or language(self._scene.environ)

    # Drafts

    def opened(self, item: types.TextDocumentItem) -> None:
        path, saved = _path(item.uri)
        format = readers.format_of(path)
        if format is None:
            format = LANGUAGES.get(item.language_id.lower())
        if format not in readers.BY_LINES or self._is_page(path):
            return
        draft = self._drafts[item.uri] = _Open(item.uri, path, format, saved)
        draft.take(item.text, item.version)
        self._reread()
        self._schedule(draft, 0)

    def changed(self, uri: str, text: str, version: int | None) -> None:
        draft = self._drafts.get(uri)
        if draft is not None:
            draft.take(text, version)
            self._schedule(draft, min(max(len(text) * PER_CHARACTER, SHORTEST), LONGEST))

    def saved(self, uri: str) -> None:
        draft = self._drafts.get(uri)
        if draft is not None:
            # Not every client watches files; whoever saves wants to see what counts now.
            self._reread()
            self._schedule(draft, 0)

    def closed(self, uri: str) -> None:
        draft = self._drafts.pop(uri, None)
        if draft is not None:
            if draft.task is not None:
                draft.task.cancel()
            self._publish(draft, [])

    def refresh(self) -> None:
        """Check everything again: files may have changed that the findings depend on."""
        self._reread()
        for draft in self._drafts.values():
            self._schedule(draft, 0)

    def _reread(self) -> None:
        self._scene = self._scene._replace(turn=self._scene.turn + 1)

    def _schedule(self, draft: _Open, delay: float) -> None:
        """Check a draft after a while, unless it changes before."""
        if draft.task is not None:
            draft.task.cancel()
        draft.task = asyncio.ensure_future(self._check(draft, delay))

    async def _check(self, draft: _Open, delay: float) -> None:
        await asyncio.sleep(delay)
        try:
            checked = await self._pool.run("check", draft.draft(), self._scene)
        except JobError as error:
            checked = Checked((), (), (), {}, {}, (self._why(error),), self._lang)
        draft.checked = checked
        for problem in checked.problems:
            if problem not in self._told:
                self._told.add(problem)
                self._tell(problem, types.MessageType.Error)
        if not checked.problems:
            # Whatever was wrong, if it comes back it is worth saying again.
            self._told.clear()
        positions = draft.positions(self._client.encoding)
        related = self._client.related
        self._publish(draft, convert.diagnostics(checked, positions, draft.uri, related=related))

    def _publish(self, draft: _Open, found: list[types.Diagnostic]) -> None:
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(draft.uri, found, draft.version)
        )

    async def _current(self, draft: _Open, patience: float) -> Checked | None:
        """Return what came of the draft as it is now; None if that takes too long."""
        loop = asyncio.get_running_loop()
        until = loop.time() + patience
        while draft.task is not None and not draft.task.done() and loop.time() < until:
            await asyncio.wait({draft.task}, timeout=until - loop.time())
        return draft.checked

    # Questions

    async def hover(self, uri: str, at: types.Position) -> types.Hover | None:
        draft = self._drafts.get(uri)
        checked = await self._current(draft, PATIENCE) if draft is not None else None
        if draft is None or checked is None:
            return None
        positions = draft.positions(self._client.encoding)
        return convert.hover(checked, positions, at, markdown=self._client.markdown)

    async def symbols(
        self, uri: str
    ) -> Sequence[types.DocumentSymbol] | Sequence[types.SymbolInformation]:
        draft = self._drafts.get(uri)
        # Nobody types while he waits for this: it may take as long as the check.
        checked = await self._current(draft, 60) if draft is not None else None
        if draft is None or checked is None:
            return []
        positions = draft.positions(self._client.encoding)
        if self._client.tree:
            return convert.symbols(checked.symbols, positions)
        return convert.flat_symbols(checked.symbols, positions, uri)

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        draft = self._drafts.get(params.text_document.uri)
        if draft is None:
            return []
        only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        found: list[types.CodeAction] = []
        checked = await self._current(draft, PATIENCE)
        if checked is not None and _asked(QUICK, only):
            positions = draft.positions(self._client.encoding)
            for finding, name in convert.within(checked, positions, params.range):
                found += self._quick(draft, checked, finding, name)
        if _asked(FIX_ALL, only):
            # An editor that fixes on saving asks for just this, whether or not we are ready.
            known = checked is None or any(
                fixes.fixable(finding, unsafe=False) for finding in checked.findings
            )
            if known and (only or checked is not None):
                found.append(
                    types.CodeAction(
                        _SAID["fix-all"][self._lang],
                        kind=FIX_ALL,
                        data={"uri": draft.uri, "job": "fix"},
                    )
                )
        if not self._client.resolves:
            found = await self._resolved(found)
        return found

    def _quick(
        self, draft: _Open, checked: Checked, finding: Finding, name: str
    ) -> list[types.CodeAction]:
        positions, lang = draft.positions(self._client.encoding), checked.lang
        related = self._client.related
        lone = checked._replace(findings=(finding,), fingerprints=(name,), problems=())
        diagnostics = convert.diagnostics(lone, positions, draft.uri, related=related)
        found = []
        fix = fixes.fixable(finding, unsafe=True)
        if fix is not None:
            found.append(
                types.CodeAction(
                    convert.fix_title(finding, lang),
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=diagnostics,
                    is_preferred=fixes.fixable(finding, unsafe=False) is not None,
                    edit=self._edit(draft, fix.edits),
                )
            )
        if finding.category != "reportlint":
            if draft.format in COMMENTED:
                found.append(
                    types.CodeAction(
                        _SAID["comment"][lang].format(code=finding.code),
                        kind=types.CodeActionKind.QuickFix,
                        diagnostics=diagnostics,
                        data={"uri": draft.uri, "job": "comment", "name": name},
                    )
                )
            elif draft.saved:
                title = _SAID["note"][lang].format(code=finding.code)
                command = types.Command(title, IGNORE, arguments=[draft.uri, name])
                found.append(
                    types.CodeAction(
                        title,
                        kind=types.CodeActionKind.QuickFix,
                        diagnostics=diagnostics,
                        command=command,
                    )
                )
        title = _SAID["explain"][lang].format(code=finding.code)
        found.append(
            types.CodeAction(
                title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=diagnostics,
                command=types.Command(title, EXPLAIN, arguments=[draft.uri, finding.code]),
            )
        )
        return found

    async def _resolved(self, found: list[types.CodeAction]) -> list[types.CodeAction]:
        """Return actions as a client wants them that asks only once: none without its edit."""
        made, comments = [], 0
        for action in found:
            if action.data is not None:
                comments += action.data["job"] == "comment"
                if comments > FEW:
                    continue
                action = await self.resolve(action, quiet=True)
                action.data = None
            if action.edit is not None or action.command is not None:
                made.append(action)
        return made

    async def resolve(self, action: types.CodeAction, *, quiet: bool = False) -> types.CodeAction:
        """Work out the edit of an action that was offered without it."""
        data = action.data if isinstance(action.data, dict) else {}
        draft, job = self._drafts.get(str(data.get("uri"))), data.get("job")
        if draft is None or job not in ("fix", "comment"):
            return action
        names = (str(data.get("name")),) if job == "comment" else ()
        text, version = draft.text, draft.version
        try:
            made = await self._pool.run(job, draft.draft(), self._scene, *names)
        except JobError as error:
            if not quiet:
                self._tell(self._why(error), types.MessageType.Error)
            return action
        if made and draft.text == text and draft.version == version:
            action.edit = self._edit(draft, made)
        elif job == "comment" and not made and not quiet:
            self._tell(_SAID["cannot"][self._lang], types.MessageType.Warning)
        return action

    def _edit(self, draft: _Open, made: Sequence[Edit]) -> types.WorkspaceEdit:
        return convert.workspace_edit(
            made,
            draft.positions(self._client.encoding),
            draft.uri,
            draft.version,
            versioned=self._client.versioned,
        )

    # Commands

    async def ignore(self, uri: str, name: str) -> None:
        """Silence a finding in the sidecar file of its draft."""
        draft = self._drafts.get(uri)
        if draft is None or not draft.saved:
            return
        checked = await self._current(draft, PATIENCE)
        codes = dict(zip(checked.fingerprints, checked.findings, strict=True)) if checked else {}
        try:
            made = await self._pool.run("note", draft.draft(), self._scene, name)
            if made is not None:
                files.replace(*made)
        except (JobError, WriteError) as error:
            self._tell(self._why(error), types.MessageType.Error)
            return
        if made is None:
            self._tell(_SAID["cannot"][self._lang], types.MessageType.Warning)
            return
        code = codes[name].code if name in codes else name
        text = _SAID["noted"][self._lang].format(code=code, name=printable(made[0]))
        self._tell(text, types.MessageType.Info)
        self.refresh()

    async def explain(self, uri: str, code: str) -> str | None:
        """Show the page of a rule, and return it."""
        draft = self._drafts.get(uri)
        if draft is None:
            return None
        try:
            page = await self._pool.run("page", draft.draft(), self._scene, code)
        except JobError as error:
            self._tell(self._why(error), types.MessageType.Error)
            return None
        if page is None:
            return None
        markdown, plain = page
        if not (self._client.shows and await self._show(code, f"# {code}\n\n{markdown}\n")):
            self._tell(f"{code}: {plain}", types.MessageType.Info)
        return str(markdown)

    async def _show(self, code: str, page: str) -> bool:
        """Have the client open a page; return whether it does."""
        if self._pages is None:
            import tempfile

            self._pages = tempfile.mkdtemp(prefix="reportlint-")
        path = os.path.join(self._pages, f"{code}.md")
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(page)
        uri = from_fs_path(path)
        if uri is None:
            return False
        shown = await self._server.window_show_document_async(
            types.ShowDocumentParams(uri, external=False, take_focus=True)
        )
        return shown.success

    def _is_page(self, path: str) -> bool:
        return self._pages is not None and path.startswith(slashed(self._pages) + "/")

    # Words

    def _why(self, error: Exception) -> str:
        lang = self._lang
        if isinstance(error, OverdueError):
            return _SAID["overdue"][lang]
        said = getattr(error, "say", {}).get(lang) or str(error)
        return _SAID["failed"][lang].format(why=said) if said else _SAID["died"][lang]

    def _tell(self, text: str, kind: types.MessageType) -> None:
        self._server.window_show_message(types.ShowMessageParams(kind, f"reportlint: {text}"))

    def _later(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something that nobody waits for. What the client refuses is its own affair."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()


def _path(uri: str) -> tuple[str, bool]:
    """Return the path of a draft, and whether it is one of a file."""
    if urlsplit(uri).scheme == "file":
        path = to_fs_path(uri)
        if path:
            return slashed(path), True
    return slashed(urlsplit(uri).path).rpartition("/")[2] or "untitled", False


def _asked(kind: str, only: Sequence[str]) -> bool:
    """Return whether a kind of action is asked for: without any wish all are."""
    return not only or any(kind == wish or kind.startswith(f"{wish}.") for wish in only)


def build(base: Options) -> tuple[LanguageServer, Session]:
    """Return a server that speaks to one editor, and its session."""
    server = LanguageServer(
        "reportlint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
    )
    # The whole text comes with each change: one list of edits for a draft of 1 MB costs more.
    session = Session(server, base)

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        session.initialize(params)

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        await session.initialized()

    @server.feature(types.SHUTDOWN)
    async def shutdown(_: None) -> None:
        await session.shutdown()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        session.opened(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        text = server.workspace.get_text_document(document.uri).source
        session.changed(document.uri, text, document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        session.saved(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        session.closed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(_: types.DidChangeWatchedFilesParams) -> None:
        session.refresh()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configured(params: types.DidChangeConfigurationParams) -> None:
        await session.configured(params.settings)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        return await session.hover(params.text_document.uri, params.position)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(
        params: types.DocumentSymbolParams,
    ) -> Sequence[types.DocumentSymbol] | Sequence[types.SymbolInformation]:
        return await session.symbols(params.text_document.uri)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True),
    )
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await session.actions(params)

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        return await session.resolve(action)

    @server.command(IGNORE)
    async def ignore(*arguments: Any) -> None:
        uri, name = (*map(str, arguments), "", "")[:2]
        await session.ignore(uri, name)

    @server.command(EXPLAIN)
    async def explain(*arguments: Any) -> str | None:
        uri, code = (*map(str, arguments), "", "")[:2]
        return await session.explain(uri, code)

    return server, session


def run(base: Options) -> int:
    """Serve an editor on standard input and output; return the exit code.

    That is 0 after the editor said that it was over, and 1 if it just went away.
    """
    # The thread that reads standard input would keep an interrupted server waiting for a line.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    replies = os.fdopen(os.dup(1), "wb")
    # What anything prints must not get between the messages.
    os.dup2(2, 1)
    # What goes wrong is told to the editor; tracebacks beside that would help nobody.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server, session = build(base)
    try:
        server.start_io(stdout=replies)
    finally:
        session.tidy()
    return 0 if session.ended else 1
