"""An editor, as far as a language server can tell: JSON-RPC over the pipes of a real process.

It is written against the wire, not with the server's own library, so that a mistake of that
library does not cancel out; and it can say what no decent client says.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import reportlint

Message = dict[str, Any]
TIMEOUT = 30.0

MODERN: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "codeAction": {
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}},
        },
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    },
    "workspace": {
        "workspaceEdit": {"documentChanges": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "didChangeConfiguration": {"dynamicRegistration": True},
    },
}
"""What VS Code and Neovim can do, as far as it matters here."""


class Editor:
    """A client with a server of its own. ``answers`` holds results for requests of the server."""

    def __init__(self, folder: Path, *argv: str, env: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.answers: dict[str, Any] = {}
        self.received: list[Message] = []
        self._id = 0
        self._lock = threading.Condition()
        root = os.path.dirname(os.path.dirname(reportlint.__file__))
        plain = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reportlint", "server", *argv],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={**plain, "LANG": "zh_CN.UTF-8", "PYTHONPATH": root, **(env or {})},
        )
        self._errors: queue.Queue[bytes] = queue.Queue()
        self._threads = [
            threading.Thread(target=self._read, daemon=True),
            threading.Thread(target=self._drain, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    # The wire

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while True:
            length = 0
            while (line := out.readline().strip()) or not length:
                if not line:
                    with self._lock:
                        self._lock.notify_all()
                    return
                if line.lower().startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
            message = json.loads(out.read(length))
            with self._lock:
                self.received.append(message)
                self._lock.notify_all()
            if "method" in message and "id" in message:
                answer = self.answers.get(message["method"])
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": answer})

    def _drain(self) -> None:
        errors = self.process.stderr
        assert errors is not None
        for line in errors:
            self._errors.put(line)

    def raw(self, body: bytes) -> None:
        """Send a body, whatever it is."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def send(self, message: Any) -> None:
        self.raw(json.dumps(message).encode())

    def notify(self, method: str, params: Any = None) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any = None) -> int:
        """Send a request without waiting for the answer; return its number."""
        self._id += 1
        self.send({"jsonrpc": "2.0", "id": self._id, "method": method, "params": params})
        return self._id

    def answer(self, number: int) -> Any:
        """Return the result of a request. Raises RuntimeError for an error."""
        message = self.wait(lambda m: m.get("id") == number and "method" not in m)
        if "error" in message:
            raise RuntimeError(message["error"])
        return message["result"]

    def request(self, method: str, params: Any = None) -> Any:
        return self.answer(self.ask(method, params))

    def wait(
        self, wanted: Callable[[Message], bool], after: int = 0, timeout: float = TIMEOUT
    ) -> Message:
        """Return the first message that is wanted, from the one at index ``after`` on."""
        until = time.monotonic() + timeout
        with self._lock:
            while True:
                for message in self.received[after:]:
                    if wanted(message):
                        return message
                left = until - time.monotonic()
                if left <= 0 or self.process.poll() is not None:
                    raise TimeoutError(f"{self.stderr()}\n{self.received[-3:]}")
                self._lock.wait(min(left, 0.5))

    def stderr(self) -> str:
        lines = []
        while not self._errors.empty():
            lines.append(self._errors.get())
        return b"".join(lines).decode()

    # The protocol

    def start(self, capabilities: Any = None, **more: Any) -> Any:
        """Say hello; return what the server can do."""
        params = {
            "processId": None,
            "rootUri": self.folder.as_uri(),
            "capabilities": MODERN if capabilities is None else capabilities,
            **more,
        }
        result = self.request("initialize", params)
        self.notify("initialized", {})
        return result

    def uri(self, name: str) -> str:
        return name if ":" in name else (self.folder / name).as_uri()

    def open(self, name: str, text: str, language: str = "", version: int = 1) -> list[Message]:
        """Open a draft and return its diagnostics."""
        language = language or ("markdown" if name.endswith(".md") else "plaintext")
        item = {"uri": self.uri(name), "languageId": language, "version": version, "text": text}
        after = len(self.received)
        self.notify("textDocument/didOpen", {"textDocument": item})
        return self.diagnostics(name, version, after)

    def change(self, name: str, text: str, version: int) -> None:
        document = {"uri": self.uri(name), "version": version}
        changes = [{"text": text}]
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def save(self, name: str) -> None:
        self.notify("textDocument/didSave", {"textDocument": {"uri": self.uri(name)}})

    def close(self, name: str) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})

    def published(self, name: str) -> list[Message]:
        """Return all that has been published for a draft so far."""
        return [
            message["params"]
            for message in list(self.received)
            if message.get("method") == "textDocument/publishDiagnostics"
            and message["params"]["uri"] == self.uri(name)
        ]

    def diagnostics(self, name: str, version: int | None = None, after: int = 0) -> list[Message]:
        """Return the next diagnostics of a draft, of a version of it if one is given."""

        def wanted(message: Message) -> bool:
            if message.get("method") != "textDocument/publishDiagnostics":
                return False
            params = message["params"]
            return params["uri"] == self.uri(name) and (
                version is None or params.get("version") == version
            )

        found: list[Message] = self.wait(wanted, after)["params"]["diagnostics"]
        return found

    def hover(self, name: str, line: int, character: int) -> Any:
        position = {"line": line, "character": character}
        return self.request(
            "textDocument/hover",
            {"textDocument": {"uri": self.uri(name)}, "position": position},
        )

    def actions(self, name: str, where: Message, only: list[str] | None = None) -> list[Message]:
        context: Message = {"diagnostics": []}
        if only is not None:
            context["only"] = only
        found: list[Message] = self.request(
            "textDocument/codeAction",
            {"textDocument": {"uri": self.uri(name)}, "range": where, "context": context},
        )
        return found

    def messages(self) -> list[str]:
        """Return what the user was told."""
        return [
            message["params"]["message"]
            for message in list(self.received)
            if message.get("method") == "window/showMessage"
        ]

    def stop(self) -> int:
        """Say goodbye; return the exit code of the server."""
        if self.process.poll() is None:
            self.request("shutdown")
            self.notify("exit")
        code = self.process.wait(TIMEOUT)
        self.tidy()
        return code

    def tidy(self) -> None:
        """End the server, whatever it does, and close its pipes."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for thread in self._threads:
            thread.join(TIMEOUT)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


def applied(text: str, edits: list[Message], encoding: str = "utf-16") -> str:
    """Return ``text`` with edits of the protocol made, as an editor makes them."""
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    codec = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line)
        at += 2 if text[at : at + 2] == "\r\n" else 1

    def offset(position: Message) -> int:
        line = lines[position["line"]].encode(codec)
        assert position["character"] * width <= len(line)
        return starts[position["line"]] + len(line[: position["character"] * width].decode(codec))

    spans = sorted(
        (offset(edit["range"]["start"]), offset(edit["range"]["end"]), edit["newText"])
        for edit in edits
    )
    for start, end, new in reversed(spans):
        text = text[:start] + new + text[end:]
    return text


def marked(text: str, where: Message, encoding: str = "utf-16") -> str:
    """Return what stands at a range of ``text``."""
    empty = {"range": {"start": where["end"], "end": where["end"]}, "newText": "⟧"}
    first = {"range": {"start": where["start"], "end": where["start"]}, "newText": "⟦"}
    whole = applied(applied(text, [empty], encoding), [first], encoding)
    return whole.partition("⟦")[2].partition("⟧")[0]
