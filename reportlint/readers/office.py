"""Old Word and WPS documents (doc, wps), converted to docx by LibreOffice where it is installed.

LibreOffice runs without a window, in a profile of its own that is thrown away afterwards, with
macros and links switched off, and is ended with all that it started when it takes too long. It is
given files in the binary format of Word only: whatever else bears one of these suffixes is refused,
with its right name. Fixes are not written: the file would no longer be the one that was handed in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportlint.errors import ReadError
from reportlint.readers.limits import refused, too_large, unusable

if TYPE_CHECKING:
    from subprocess import Popen

    from reportlint.document import Document
    from reportlint.findings import Edit

SECONDS = 60
"""What a conversion may take; one takes about a second."""

MAX_BYTES = 128 << 20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def read(data: bytes, path: str) -> Document:
    """Read an old Word or WPS document.

    Raises ReadError RL002 where LibreOffice is not installed, cannot read the file or takes too
    long, and for whatever is no such document.
    """
    if not data.startswith(_OLE):
        raise unusable("这不是Word 97–2003或WPS文档", "not a document of Word 97-2003 or WPS")
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise unusable(
            "文件有打开密码，请去掉密码后再检查",
            "the file is protected by a password: remove it first",
        )
    if "WordDocument".encode("utf-16-le") not in data:
        raise unusable("这不是Word文档（OLE复合文档）", "an OLE document, but not one of Word")
    if len(data) > MAX_BYTES:
        raise too_large("文件过大", "the file is too large")
    program = find()
    if program is None:
        raise unusable(
            "读旧格式需要安装LibreOffice（软件包libreoffice-writer）；也可在Word或WPS中另存为.docx",
            "the old format needs LibreOffice (package libreoffice-writer); "
            "or save the file as .docx in Word or WPS",
        )
    from reportlint.readers import docx

    document = docx.read(_converted(program, data), path)
    document.format = "doc"
    return document


def write(document: Document, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Raise WriteError unless there is nothing to do."""
    if not edits:
        return data
    raise refused(
        f"{document.path}：旧格式不能自动修改，请另存为docx",
        f"{document.path}: fixes are not written into the old format: save it as docx",
    )


def find() -> str | None:
    """Return the program of LibreOffice, or None where it is not installed."""
    from shutil import which

    for name in _NAMES:
        program = which(name)
        if program is not None:
            return program
    return next((place for place in _PLACES if os.path.isfile(place)), None)


def _converted(program: str, data: bytes) -> bytes:
    """Return ``data`` as docx. Raises ReadError."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="reportlint-", ignore_cleanup_errors=True) as folder:
        profile = os.path.join(folder, "profile")
        os.makedirs(os.path.join(profile, "user"))
        settings = os.path.join(profile, "user", "registrymodifications.xcu")
        with open(settings, "w", encoding="utf-8") as file:
            file.write(_SETTINGS)
        source = os.path.join(folder, "draft.doc")
        with open(source, "wb") as file:
            file.write(data)
        _run(program, profile, source, folder)
        try:
            with open(os.path.join(folder, "draft.docx"), "rb") as file:
                return file.read()
        except FileNotFoundError:
            raise unusable(
                "LibreOffice打不开这份文件，可能已损坏或有密码",
                "LibreOffice cannot open it: perhaps it is damaged or protected by a password",
            ) from None


def _run(program: str, profile: str, source: str, folder: str) -> None:
    import subprocess
    from pathlib import Path

    command = [
        program, "--headless", "--norestore", "--nolockcheck", "--nodefault",
        f"-env:UserInstallation={Path(profile).as_uri()}", "--convert-to", "docx",
        "--outdir", folder, source,
    ]  # fmt: skip
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=folder,
            start_new_session=sys.platform != "win32",
        )  # fmt: skip
    except OSError as error:
        why = error.strerror or str(error)
        raise unusable(
            f"LibreOffice无法启动：{why}", f"LibreOffice cannot be started: {why}"
        ) from error
    try:
        process.wait(SECONDS)
    except BaseException as error:
        _end(process)
        if isinstance(error, subprocess.TimeoutExpired):
            raise _too_slow() from None
        raise


def _too_slow() -> ReadError:
    return unusable(
        f"LibreOffice转换超过{SECONDS}秒，已中止",
        f"LibreOffice took more than {SECONDS} s to convert it and was ended",
    )


def _end(process: Popen[bytes]) -> None:
    """End the program and whatever it has started: its first process is a mere launcher."""
    import signal
    import subprocess
    from contextlib import suppress

    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
            )
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
