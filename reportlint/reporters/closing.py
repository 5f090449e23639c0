"""The last lines of a report: how much was checked, what came of it, what to do next."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlint.summary import Summary

SEVERITY = {
    "zh": {"error": "错误", "warning": "警告", "info": "提示"},
    "en": {"error": "error", "warning": "warning", "info": "info"},
}

FIX = "--fix"
FIX_UNSAFE = "--fix --unsafe-fixes"

_NAMED = 3
"""How many of the files of unknown kind are named."""


def plural(count: int, one: str, many: str = "") -> str:
    """Return ``1 file`` or ``2 files``."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def result(summary: Summary, lang: str, kind: str = "") -> str:
    """Say in one sentence how many files were checked and how many problems they have.

    ``kind`` is the kind of report that the only file was taken for.
    """
    counts = (
        ("error", summary.errors),
        ("warning", summary.warnings),
        ("info", summary.infos),
    )
    if lang == "zh":
        head = f"检查 {summary.files} 个文件{f'（{kind}）' if kind else ''}，"
        if not summary.findings:
            return head + "未发现问题"
        each = "，".join(f"{SEVERITY[lang][word]} {count}" for word, count in counts if count)
        return f"{head}发现 {summary.findings} 处问题（{each}）"
    head = f"Checked {plural(summary.files, 'file')}{f' ({kind})' if kind else ''}: "
    if not summary.findings:
        return head + "no problems found"
    each = ", ".join(plural(count, word) for word, count in counts if count)
    return f"{head}{plural(summary.findings, 'problem')} ({each})"


def notes(
    summary: Summary, lang: str, *, show_fixes: bool, unknown: Sequence[str] = ()
) -> list[str]:
    """Say what else a person should know: fixes, files that failed, kinds that are unknown.

    ``unknown`` are the paths of files whose kind is unknown, as far as they are to be named.
    """
    said = []
    zh = lang == "zh"
    if summary.fixed:
        said.append(
            f"已修复 {summary.fixed} 处" if zh else f"{plural(summary.fixed, 'problem')} fixed"
        )
    safe, unsafe = (summary.safe_fixes, summary.unsafe_fixes) if show_fixes else (0, 0)
    if safe:
        said.append(
            f"{safe} 处可自动修复：再运行一次，加上 {FIX}"
            if zh
            else f"{safe} can be fixed: run again with {FIX}"
        )
    if unsafe:
        said.append(
            f"{unsafe} 处可修复，须核对：再运行一次，加上 {FIX_UNSAFE}"
            if zh
            else f"{unsafe} can be fixed, check them: run again with {FIX_UNSAFE}"
        )
    said += silenced(summary, lang)
    if summary.failed_files:
        said.append(
            f"{summary.failed_files} 个文件未能读取或未检查完"
            if zh
            else f"{plural(summary.failed_files, 'file')} could not be read or checked completely"
        )
    if summary.unknown_kinds:
        said.append(_unknown(summary, zh, unknown))
    return said


SUPPRESSED = {
    "zh": {"inline": "注释", "sidecar": "旁注文件", "config": "配置", "baseline": "基线"},
    "en": {"inline": "comments", "sidecar": "sidecar", "config": "config", "baseline": "baseline"},
}
"""What silences findings, by kind of suppression."""


def silenced(summary: Summary, lang: str) -> list[str]:
    """Say how many findings are not reported, by what, and which comments do not count."""
    said = []
    zh = lang == "zh"
    count = sum(summary.suppressed.values())
    if count:
        words = SUPPRESSED[lang]
        kinds = [*words, *sorted(summary.suppressed.keys() - words.keys())]
        each = [
            f"{words.get(kind, kind)} {summary.suppressed[kind]}"
            for kind in kinds
            if kind in summary.suppressed
        ]
        said.append(
            f"已忽略 {count} 处（{'、'.join(each)}）"
            if zh
            else f"{count} suppressed ({', '.join(each)})"
        )
    if summary.declined:
        said.append(
            f"注释要忽略的 {summary.declined} 处照样报告（--no-inline-suppressions）"
            if zh
            else f"{summary.declined} reported in spite of comments (--no-inline-suppressions)"
        )
    if summary.outside:
        said.append(
            f"另有 {summary.outside} 处在没有改动的段落里，未报告（--diff-base）"
            if zh
            else f"{summary.outside} in unchanged paragraphs not reported (--diff-base)"
        )
    return said


def to_fill(count: int, lang: str) -> str:
    """Say how many slots are still empty."""
    return f"还差 {count} 处待填" if lang == "zh" else f"{plural(count, 'slot')} still to fill in"


def _unknown(summary: Summary, zh: bool, paths: Sequence[str]) -> str:
    """Say that kinds are unknown; name the files unless there was but one to check."""
    named = ""
    if summary.files > 1 and paths:
        more = summary.unknown_kinds > _NAMED
        if zh:
            named = f"（{'、'.join(paths[:_NAMED])}{' 等' if more else ''}）"
        else:
            named = f" ({', '.join(paths[:_NAMED])}{', ...' if more else ''})"
    if zh:
        which = f"{summary.unknown_kinds} 个文件" if summary.files > 1 else ""
        return f"{which}未能判断文种{named}，未检查必备部分；可用 --kind 指定"
    which = f" for {plural(summary.unknown_kinds, 'file')}" if summary.files > 1 else ""
    return (
        f"kind of report unknown{which}{named}, required sections not checked; name it with --kind"
    )
