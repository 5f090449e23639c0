"""Which files are checked, and how a file is replaced.

``discover`` turns the paths of a command line into files: a folder gives the files in it that can
be read and that nothing excludes, a file that is named gives itself. What is passed over is counted
by reason, so that a run without any file can say why.
"""

from __future__ import annotations

import os

from reportlint.config.layer import SettingError
from reportlint.config.patterns import Match, covering, match
from reportlint.errors import ConfigError, WriteError
from reportlint.gitignore import Ignores, Lists
from reportlint.lean import NamedTuple
from reportlint.paths import absolute, below, printable, shown, slashed
from reportlint.readers import FORMATS, format_of
from reportlint.suppress.sidecar import SUFFIX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportlint.config import Config, Resolver

TEMPORARY = ("~$", ".~", "._", ".#")
"""How the names begin that Word, WPS, LibreOffice, macOS and Emacs give to files beside a draft."""

Reason = tuple[str, str]
"""Why an entry is passed over, and a detail: ``exclude`` or ``gitignore`` with the pattern and the
place of it, ``include`` with nothing, ``format`` with the suffix, ``temporary`` and ``sidecar``
with nothing."""


class Discovery(NamedTuple):
    """The files to check, and what there is to say about the others.

    ``files``     paths to open, relative to the folder of the run where they are below it, with
                  ``/``, sorted, each file once
    ``problems``  paths that do not exist, folders that cannot be listed
    ``passed``    reason -> how many files and folders were passed over
    """

    files: tuple[str, ...]
    problems: tuple[ConfigError, ...]
    passed: Mapping[Reason, int]


def discover(paths: Sequence[str], resolver: Resolver) -> Discovery:
    """Find the files that ``paths`` mean; without any path those of the current folder.

    Raises ConfigError for a configuration file that cannot be used.
    """
    search = _Search(resolver)
    for path in paths or (".",):
        search.start(path)
    return Discovery(search.files(), tuple(search.problems), search.passed)


def excluded(path: str, resolver: Resolver) -> Reason | None:
    """Return why a walk would pass over a file, or over a folder that it is in.

    This is what ``force-exclude`` asks about paths that are named. Raises ConfigError.
    """
    path = absolute(path, resolver.cwd)
    config = resolver.for_file(path)
    return _excluded(config, Ignores(resolver.cwd), path, os.path.isdir(path))


_REASONS = {
    "exclude": {"zh": "个被 exclude 排除", "en": "excluded by exclude"},
    "gitignore": {"zh": "个被 .gitignore 忽略", "en": "ignored by .gitignore"},
    "include": {"zh": "个不在 include 之列", "en": "not in include"},
    "format": {"zh": "个不是能读的格式", "en": "of other formats"},
    "temporary": {"zh": "个是编辑软件的临时文件", "en": "temporary files of editors"},
    "sidecar": {"zh": "个是文稿的旁注文件", "en": "sidecar files of drafts"},
}
_EMPTY = {"zh": "没有可检查的文件", "en": "there is no file to check"}
_FORMATS = {"zh": "；能读的格式：", "en": "; formats that can be read: "}
_SIGNS = {"zh": ("：", "；", "、", "（", "）"), "en": (": ", "; ", ", ", " (", ")")}
_SAMPLES = 3


def nothing(discovery: Discovery, lang: str) -> str:
    """Return in one line why there is no file to check."""
    colon, stop, comma, left, right = (
        "：；、（）" if lang == "zh" else (": ", "; ", ", ", " (", ")")
    )
    parts = []
    for reason, words in _REASONS.items():
        details = {key[1]: count for key, count in discovery.passed.items() if key[0] == reason}
        if not details:
            continue
        named = sorted(filter(None, details), key=lambda detail: (-details[detail], detail))
        samples = [printable(detail) for detail in named[:_SAMPLES]]
        samples += ["…"] if len(named) > _SAMPLES else []
        listed = f"{left}{comma.join(samples)}{right}" if samples else ""
        parts.append(f"{sum(details.values())} {words[lang]}{listed}")
    text = _EMPTY[lang] + (colon + stop.join(parts) if parts else "")
    return text + _FORMATS[lang] + " ".join(FORMATS)


def listing(discovery: Discovery) -> str:
    """Return the files one a line, as ``--show-files`` prints them."""
    return "".join(f"{printable(path)}\n" for path in discovery.files)


class _Search:
    """One search. A file is known by its real path, so that links do not make it two."""

    def __init__(self, resolver: Resolver) -> None:
        self.problems: list[ConfigError] = []
        self.passed: dict[Reason, int] = {}
        self._resolver = resolver
        self._cwd = resolver.cwd
        self._ignores = Ignores(resolver.cwd)
        self._found: dict[str, str] = {}
        self._links: list[str] = []
        self._real: dict[str, str] = {}
        self._walked: set[str] = set()

    def files(self) -> tuple[str, ...]:
        """Return what was found. A link counts where its file was not found by its own name."""
        for path in self._links:
            self._found.setdefault(slashed(os.path.realpath(path)), path)
        found = (shown(path, self._cwd) for path in self._found.values())
        # what is in one folder stays together
        return tuple(sorted(found, key=lambda path: path.replace("/", "\0")))

    def start(self, named: str) -> None:
        """Take up a path of the command line."""
        path = absolute(named, self._cwd)
        folder = os.path.isdir(path)
        if not folder:
            try:
                os.stat(os.path.join(self._cwd, named))
            except (OSError, ValueError) as error:
                self._problem(named, error)
                return
        config = self._resolver.for_file(path)
        if config.force_exclude:
            reason = _excluded(config, self._ignores, path, folder)
            if reason is not None:
                self._pass(reason)
                return
        if folder:
            self._walk(path)
        elif is_sidecar(path):
            self._pass(("sidecar", ""))
        elif os.path.islink(path):
            self._links.append(path)
        else:
            parent, _, name = path.rpartition("/")
            self._found.setdefault(self._realpath(parent or "/") + name, path)

    def _walk(self, top: str) -> None:
        todo = [(below(top), self._realpath(top), self._ignores.above(top))]
        while todo:
            # both end with a slash; they differ below a link
            folder, real, ignores = todo.pop()
            if real in self._walked:
                continue
            self._walked.add(real)
            try:
                with os.scandir(folder) as entries:
                    found = list(entries)
            except OSError as error:
                self._problem(shown(folder, self._cwd), error)
                continue
            config = self._resolver.for_folder(folder)
            if config.respect_gitignore:
                ignores = self._ignores.within(folder, ignores, found)
            else:
                ignores = ()
            for entry in found:
                name, path = entry.name, folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    reason = _passed(config, ignores, path, name, True)
                    if reason is None:
                        todo.append((path + "/", f"{real}{name}/", ignores))
                else:
                    reason = _unwanted(config, path, name)
                    if reason is None:
                        reason = _passed(config, ignores, path, name, False)
                    if reason is None:
                        if entry.is_symlink():
                            if os.path.isfile(path):
                                self._links.append(path)
                        elif entry.is_file():
                            self._found.setdefault(real + name, path)
                if reason is not None:
                    self._pass(reason)

    def _realpath(self, folder: str) -> str:
        if folder not in self._real:
            self._real[folder] = below(slashed(os.path.realpath(folder)))
        return self._real[folder]

    def _pass(self, reason: Reason) -> None:
        self.passed[reason] = self.passed.get(reason, 0) + 1

    def _problem(self, named: str, error: OSError | ValueError) -> None:
        lang, name = self._resolver.lang, printable(named)
        if isinstance(error, FileNotFoundError):
            zh, en = f"没有文件或文件夹“{name}”", f"there is no file or folder {name!r}"
        else:
            why = error.strerror if isinstance(error, OSError) else str(error)
            zh, en = f"“{name}”无法读取：{why}", f"{name!r} cannot be read: {why}"
        self.problems.append(SettingError(lang, zh, en))


def _excluded(config: Config, ignores: Ignores, path: str, folder: bool) -> Reason | None:
    """Return what excludes an entry or a folder that it is in."""
    found = covering(config.exclude, path, folder)
    if found is not None:
        return "exclude", _written(found)
    if config.respect_gitignore:
        found = ignores.covering(path, folder)
    return None if found is None else ("gitignore", _written(found))


def _unwanted(config: Config, path: str, name: str) -> Reason | None:
    """Return why a file is none of those that are looked for."""
    if name.startswith(TEMPORARY):
        return "temporary", ""
    if is_sidecar(name):
        return "sidecar", ""
    if config.include:
        return None if covering(config.include, path) else ("include", "")
    dot = name.rfind(".")
    suffix = name[dot:].lower() if dot > 0 else ""
    if suffix in FORMATS or format_of(name, config.settings.readers):
        return None
    return "format", suffix


def is_sidecar(name: str) -> bool:
    """Return whether a file of this name, with or without its folder, belongs to a draft."""
    # The suffix alone is the name of a configuration file.
    name = name[name.rfind("/") + 1 :]
    return name.endswith(SUFFIX) and name != SUFFIX


def _passed(config: Config, ignores: Lists, path: str, name: str, folder: bool) -> Reason | None:
    """Return what excludes an entry by itself."""
    found = match(config.exclude, path, name, folder)
    if found is not None:
        return "exclude", _written(found)
    if ignores:
        found = match(ignores, path, name, folder)
        if found is not None:
            return "gitignore", _written(found)
    return None


def _written(found: Match) -> str:
    patterns, line = found
    return f"{patterns.origin}: {line}" if patterns.origin else line


class ReplaceError(WriteError):
    """A file that cannot be replaced. ``say`` has the text in both languages."""

    def __init__(self, path: str, zh: str, en: str) -> None:
        name = printable(path)
        self.say = {"zh": f"{name}: 无法写入：{zh}", "en": f"{name}: cannot be written: {en}"}
        super().__init__(self.say["en"])


def replace(path: str, data: bytes) -> None:
    """Make ``data`` the content of a file, or leave it as it is and raise WriteError.

    The data are written beside the file and then put in its place at once, with its permissions
    and, where that is allowed, its owner. A link stays one: the file that it leads to is replaced.
    A file that does not exist is made.
    """
    target = os.path.realpath(path)
    beside = ""
    try:
        status = _replaceable(path, target)
        # Nobody may read beside what he may not read in the file itself.
        beside, descriptor = _beside(target, 0o666 if status is None else 0o600)
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        if status is not None:
            _adopt(beside, status)
        os.replace(beside, target)
    except OSError as error:
        _remove(beside)
        why = error.strerror or str(error)
        raise ReplaceError(path, why, why) from error
    except BaseException:
        _remove(beside)
        raise
    _settle(os.path.dirname(target))


def _replaceable(path: str, target: str) -> os.stat_result | None:
    """Return what there is to know about a file to be replaced, None for one that is not there."""
    import stat

    try:
        status = os.stat(target)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise ReplaceError(path, "不是普通文件", "it is not a regular file")
    if not os.access(target, os.W_OK):
        # the folder would allow it, but somebody wanted the file to stay as it is
        raise ReplaceError(path, "文件是只读的", "it is read-only")
    return status


def _beside(target: str, mode: int) -> tuple[str, int]:
    """Make a new file in the folder of ``target``; return its path and its descriptor."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        # the name is short, since that of the target may be as long as names can be
        name = f".reportlint-{os.urandom(6).hex()}.tmp"
        beside = os.path.join(os.path.dirname(target), name)
        try:
            return beside, os.open(beside, flags, mode)
        except FileExistsError:
            continue


def _adopt(beside: str, status: os.stat_result) -> None:
    """Give a new file the owner, where that is allowed, and the permissions of another."""
    from contextlib import suppress

    own = os.stat(beside)
    if (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        with suppress(OSError):
            os.chown(beside, status.st_uid, status.st_gid)
    os.chmod(beside, status.st_mode & 0o7777)


def _remove(beside: str) -> None:
    from contextlib import suppress

    if beside:
        with suppress(OSError):
            os.unlink(beside)


def _settle(folder: str) -> None:
    """Have the new name on the disk too, where folders can be synchronised."""
    from contextlib import suppress

    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
