"""The language server as an editor sees it: a real process, and what goes over its pipes."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from reportlint import readers
from reportlint.cli import main
from tests.server.client import MODERN, TIMEOUT, Editor, Message, applied, marked
from tests.server.conftest import Launch

ROOT = Path(__file__).parent.parent.parent
SAMPLES = [p for p in sorted((ROOT / "samples").iterdir()) if p.suffix in (".txt", ".md")]
FAULTY = "2024年度述职报告\n\n一、主要工作\n\n接待群众XX人次，扎实推##paidbegin##动工作。\n"
PLAIN = "全年接待群众XX人次。\n"


def without(*path: str) -> dict[str, Any]:
    """The capabilities of a modern client without one of them."""
    given = copy.deepcopy(MODERN)
    inner = given
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return given


def with_encoding(encoding: str) -> dict[str, Any]:
    return {**MODERN, "general": {"positionEncodings": [encoding, "utf-16"]}}


def codes(diagnostics: list[Message]) -> list[str]:
    return [one.get("code", "") for one in diagnostics]


def at(diagnostics: list[Message], code: str) -> Message:
    found: Message = next(one for one in diagnostics if one.get("code") == code)
    return found


def titled(actions: list[Message], word: str) -> Message:
    (found,) = [action for action in actions if word in action["title"]]
    return found


def edits_of(editor: Editor, name: str, action: Message) -> list[Message]:
    """The edits of an action, asked for where they did not come along."""
    if "edit" not in action:
        action = editor.request("codeAction/resolve", action)
    (change,) = action["edit"]["documentChanges"]
    assert change["textDocument"]["uri"] == editor.uri(name)
    found: list[Message] = change["edits"]
    return found


# Diagnostics


def test_what_the_server_can_do(launch: Launch) -> None:
    editor = launch()
    can = editor.start()["capabilities"]
    assert can["positionEncoding"] == "utf-16"
    assert can["textDocumentSync"] == {"openClose": True, "change": 1, "save": True}
    assert can["codeActionProvider"]["codeActionKinds"] == ["quickfix", "source.fixAll.reportlint"]
    assert can["hoverProvider"]
    assert can["documentSymbolProvider"]
    assert editor.stop() == 0


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-32"])
def test_drafts_get_the_findings_of_the_command_line(
    launch: Launch, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    editor = launch("--isolated", "--lang", "zh")
    can = editor.start(with_encoding(encoding))["capabilities"]
    assert can["positionEncoding"] == encoding
    for path in SAMPLES:
        text = readers.read(path.read_bytes(), path.name).text
        found = editor.open(path.name, text)
        main(["check", "--output-format=json", "--isolated", "--lang=zh", str(path)])
        expected = json.loads(capsys.readouterr().out)["findings"]
        assert [(one["code"], one["message"], one["severity"], one["data"]) for one in found] == [
            (
                one["code"],
                one["message"],
                {"error": 1, "warning": 2, "info": 3}[one["severity"]],
                one["fingerprint"],
            )
            for one in expected
        ]
        for one, other in zip(found, expected, strict=True):
            if other["text"]:
                assert marked(text, one["range"], encoding) == other["text"]
            assert one["range"]["start"]["line"] == other["start"]["line"] - 1


def test_a_diagnostic_has_what_editors_use_and_nothing_else(editor: Editor) -> None:
    text = "应征入伍120人，其中大学生90人，占70%。\n"
    (one,) = editor.open("shape.txt", text)
    assert one["code"] == "NM001"
    assert one["source"] == "reportlint"
    assert set(one) == {
        "range", "message", "severity", "code", "source", "data", "relatedInformation",
    }  # fmt: skip
    assert marked(text, one["range"]) == "70%"
    places = [info["location"] for info in one["relatedInformation"]]
    assert {place["uri"] for place in places} == {editor.uri("shape.txt")}
    assert "120人" in {marked(text, place["range"]) for place in places}
    assert all(info["message"] for info in one["relatedInformation"])


def test_other_places_only_for_editors_that_show_them(launch: Launch) -> None:
    editor = launch()
    editor.start(without("textDocument", "publishDiagnostics", "relatedInformation"))
    (one,) = editor.open("a.txt", "应征入伍120人，其中大学生90人，占70%。\n")
    assert "relatedInformation" not in one


def test_positions_count_utf_16_units_and_carriage_returns_are_line_ends(editor: Editor) -> None:
    text = "𠀀𠀀镇\r\n𠀀村接待群众XX人次。\r又及：😀另有XX人。\u2028还有XX户。\r\n"
    found = editor.open("outside.txt", text)
    assert codes(found) == ["PH001"] * 3
    assert [one["range"]["start"] for one in found] == [
        {"line": 1, "character": 7},
        {"line": 2, "character": 7},
        {"line": 2, "character": 14},
    ]
    assert [marked(text, one["range"]) for one in found] == ["XX"] * 3


def test_changes_and_closing(editor: Editor) -> None:
    assert codes(editor.open("change.txt", PLAIN)) == ["PH001"]
    editor.change("change.txt", "全年接待群众30人次。\n", 2)
    assert editor.diagnostics("change.txt", 2) == []
    editor.change("change.txt", PLAIN * 2, 3)
    assert codes(editor.diagnostics("change.txt", 3)) == ["PH001"] * 2
    after = len(editor.received)
    editor.close("change.txt")
    assert editor.diagnostics("change.txt", after=after) == []


def test_a_burst_of_changes_is_checked_once(editor: Editor) -> None:
    editor.open("burst.txt", PLAIN)
    before = len(editor.published("burst.txt"))
    for version in range(2, 32):
        editor.change("burst.txt", PLAIN * version, version)
    assert len(editor.diagnostics("burst.txt", 31)) == 31
    published = editor.published("burst.txt")[before:]
    assert published[-1]["version"] == 31
    assert len(published) < 25
    time.sleep(0.3)
    assert editor.published("burst.txt")[-1]["version"] == 31


def test_what_is_silenced_is_no_diagnostic(editor: Editor) -> None:
    found = editor.open(
        "silenced.md", "<!-- reportlint: ignore[PH001] 待批复 -->\n组织XX名民兵。\n\n又XX人。\n"
    )
    assert codes(found) == ["PH001"]
    assert found[0]["range"]["start"]["line"] == 3


def test_names_that_say_nothing_go_by_the_language(editor: Editor) -> None:
    # In Markdown that is code, in a text it is a slot.
    text = "组织`XX名`民兵。\n"
    assert editor.open("untitled:Untitled-1", text, "markdown") == []
    assert codes(editor.open("untitled:Untitled-2", text, "plaintext")) == ["PH001"]
    assert editor.open("vscode-vfs://host/drafts/%E7%A8%BF.md", text, "plaintext") == []


def test_other_languages_are_left_alone(editor: Editor) -> None:
    item = {"uri": editor.uri("a.py"), "languageId": "python", "version": 1, "text": PLAIN}
    editor.notify("textDocument/didOpen", {"textDocument": item})
    assert editor.hover("a.py", 0, 7) is None
    editor.open("after.txt", PLAIN)
    assert editor.published("a.py") == []


# Hover and symbols


def test_hover_shows_the_message_and_the_page_of_the_rule(editor: Editor) -> None:
    (one,) = editor.open("hover.txt", "𠀀镇全年接待群众XX人次。\n")
    shown = editor.hover("hover.txt", 0, one["range"]["start"]["character"])
    assert shown["range"] == one["range"]
    assert shown["contents"]["kind"] == "markdown"
    page = shown["contents"]["value"]
    assert page.startswith("**PH001 ")
    assert one["message"] in page
    assert "### 怎么改" in page
    assert editor.hover("hover.txt", 0, 0) is None
    assert editor.hover("hover.txt", 99, 99) is None
    assert editor.hover("never-opened.txt", 0, 0) is None


def test_hover_without_markdown(launch: Launch) -> None:
    editor = launch("--lang", "en")
    editor.start({})
    (one,) = editor.open("a.txt", PLAIN)
    shown = editor.hover("a.txt", 0, one["range"]["start"]["character"])
    assert shown["contents"]["kind"] == "plaintext"
    assert shown["contents"]["value"].startswith(f"PH001 letter-slot: {one['message']}")
    assert "###" not in shown["contents"]["value"]


HEADED = """# 述职报告

## 一、主要工作

开展训练XX次。

### （一）抓训练

训练全部完成，经费全部到位，各项工作顺利推进。

## 二、存在问题

学习不够深入，将在下一步工作中改进。
"""


def test_symbols_are_the_tree_of_headings(editor: Editor) -> None:
    editor.open("tree.md", HEADED)
    params = {"textDocument": {"uri": editor.uri("tree.md")}}
    tree = editor.request("textDocument/documentSymbol", params)

    def names(found: list[Message]) -> list[Any]:
        return [(one["name"], names(one["children"])) for one in found]

    def nested(found: list[Message], outer: Message | None) -> None:
        for one in found:
            whole, title = one["range"], one["selectionRange"]
            start, end = place(whole["start"]), place(whole["end"])
            assert start <= place(title["start"]) <= place(title["end"]) <= end
            if outer is not None:
                assert place(outer["start"]) <= start
                assert end <= place(outer["end"])
            nested(one["children"], whole)

    def place(position: Message) -> tuple[int, int]:
        return position["line"], position["character"]

    flat = json.dumps(names(tree), ensure_ascii=False)
    assert "一、主要工作" in flat
    assert ["二、存在问题", []] in json.loads(flat)[0][1] or ["二、存在问题", []] in json.loads(
        flat
    )
    first = next(one for one in walk(tree) if one["name"] == "一、主要工作")
    assert [one["name"] for one in first["children"]] == ["（一）抓训练"]
    nested(tree, None)


def walk(found: list[Message]) -> list[Message]:
    return [one for each in found for one in (each, *walk(each["children"]))]


def test_symbols_for_editors_that_know_no_tree(launch: Launch) -> None:
    editor = launch()
    editor.start({})
    editor.open("tree.md", HEADED)
    params = {"textDocument": {"uri": editor.uri("tree.md")}}
    found = editor.request("textDocument/documentSymbol", params)
    assert {"一、主要工作", "（一）抓训练", "二、存在问题"} <= {one["name"] for one in found}
    assert {one["location"]["uri"] for one in found} == {editor.uri("tree.md")}


# Actions


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_fix_all_gives_the_text_of_the_command_line(
    path: Path, editor: Editor, tmp_path: Path
) -> None:
    text = readers.read(path.read_bytes(), path.name).text
    copied = tmp_path / path.name
    copied.write_text(text, encoding="utf-8", newline="")
    main(["check", "--fix", "--isolated", "--quiet", str(copied)])
    expected = copied.read_bytes().decode()
    diagnostics = editor.open(f"all-{path.name}", text)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    actions = editor.actions(f"all-{path.name}", whole, ["source.fixAll"])
    if expected == text:
        assert actions == []
        return
    (action,) = actions
    assert action["kind"] == "source.fixAll.reportlint"
    assert diagnostics
    assert applied(text, edits_of(editor, f"all-{path.name}", action)) == expected


def test_fix_all_where_one_pass_is_not_enough(editor: Editor, tmp_path: Path) -> None:
    # Taking one tag out joins the halves of another one.
    text = "𠀀扎实推##paid##paidbegin##begin##动工作。\r\n"
    (tmp_path / "twice.txt").write_text(text, encoding="utf-8", newline="")
    main(["check", "--fix", "--isolated", "--quiet", str(tmp_path / "twice.txt")])
    expected = (tmp_path / "twice.txt").read_bytes().decode()
    assert "paid" not in expected
    editor.open("twice.txt", text)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    (action,) = editor.actions("twice.txt", whole, ["source.fixAll.reportlint"])
    assert applied(text, edits_of(editor, "twice.txt", action)) == expected


def test_one_fix(editor: Editor) -> None:
    found = editor.open("fix.txt", FAULTY)
    one = at(found, "PW001")
    action = titled(editor.actions("fix.txt", one["range"]), "删除")
    assert action["isPreferred"]
    assert [each["data"] for each in action["diagnostics"]] == [one["data"]]
    edits = action["edit"]["documentChanges"][0]
    assert edits["textDocument"] == {"uri": editor.uri("fix.txt"), "version": 1}
    assert applied(FAULTY, edits["edits"]) == FAULTY.replace("##paidbegin##", "")


def test_fixes_that_need_a_look_say_so(editor: Editor) -> None:
    text = "2024年工作总结\n\n一、修路\n\n修好了两条路，群众满意。\n\n三、通水\n\n通了自来水，群众满意。\n"
    found = editor.open("unsafe.txt", text)
    one = at(found, "SQ001")
    action = titled(editor.actions("unsafe.txt", one["range"]), "须核对")
    assert not action.get("isPreferred")
    assert "二、通水" in applied(text, action["edit"]["documentChanges"][0]["edits"])


def test_ignore_here_inserts_a_comment_in_markdown(editor: Editor) -> None:
    text = "# 通知\r\n\r\n𠀀组织XX名民兵参加训练。\r\n"
    (one,) = editor.open("comment.md", text)
    action = titled(editor.actions("comment.md", one["range"]), "忽略")
    changed = applied(text, edits_of(editor, "comment.md", action))
    assert "\r\n<!-- reportlint: ignore[PH001] -->\r\n𠀀组织" in changed
    editor.change("comment.md", changed, 2)
    assert editor.diagnostics("comment.md", 2) == []


def test_ignore_here_writes_the_sidecar_file_of_a_text(editor: Editor) -> None:
    (editor.folder / "beside.txt").write_text(PLAIN, encoding="utf-8")
    (one,) = editor.open("beside.txt", PLAIN)
    action = titled(editor.actions("beside.txt", one["range"]), "忽略")
    after = len(editor.received)
    editor.request("workspace/executeCommand", action["command"])
    assert editor.diagnostics("beside.txt", after=after) == []
    written = (editor.folder / "beside.txt.reportlint.toml").read_text(encoding="utf-8")
    assert 'code = "PH001"' in written
    assert any(
        "PH001" in said and "beside.txt.reportlint.toml" in said for said in editor.messages()
    )


def test_drafts_without_a_file_have_no_sidecar(editor: Editor) -> None:
    (one,) = editor.open("untitled:Untitled-9", PLAIN, "plaintext")
    actions = editor.actions("untitled:Untitled-9", one["range"])
    assert [action["title"] for action in actions] == ["说明规则 PH001"]


def test_explain_tells_or_shows_the_page(launch: Launch) -> None:
    editor = launch()
    editor.start()
    (one,) = editor.open("a.txt", PLAIN)
    action = titled(editor.actions("a.txt", one["range"]), "说明")
    page = editor.request("workspace/executeCommand", action["command"])
    assert "### 怎么改" in page
    assert any(said.startswith("reportlint: PH001") for said in editor.messages())
    editor.stop()

    editor = launch()
    editor.answers["window/showDocument"] = {"success": True}
    editor.start({**MODERN, "window": {"showDocument": {"support": True}}})
    (one,) = editor.open("a.txt", PLAIN)
    editor.request("workspace/executeCommand", action["command"])
    shown = editor.wait(lambda m: m.get("method") == "window/showDocument")["params"]
    path = Path(shown["uri"].removeprefix("file://"))
    assert "### 怎么改" in path.read_text(encoding="utf-8")
    # The page has bad examples in it; nobody wants to read about those.
    item = {"uri": shown["uri"], "languageId": "markdown", "version": 1, "text": "共XX人。\n"}
    editor.notify("textDocument/didOpen", {"textDocument": item})
    editor.open("b.txt", PLAIN)
    assert editor.published(shown["uri"]) == []
    assert editor.messages() == []
    editor.stop()
    assert not path.exists()


def test_editors_that_ask_once_get_actions_with_their_edits(launch: Launch) -> None:
    editor = launch()
    editor.start({})
    text = "# 通知\n\n扎实推##paidbegin##动工作。\n"
    (one,) = editor.open("a.md", text)
    actions = editor.actions("a.md", one["range"])
    assert all("edit" in action or "command" in action for action in actions)
    assert not any("data" in action for action in actions)
    everything = titled(actions, "全部")["edit"]["changes"]
    fixed = text.replace("##paidbegin##", "")
    assert applied(text, everything[editor.uri("a.md")]) == fixed
    comment = titled(actions, "忽略")["edit"]["changes"][editor.uri("a.md")]
    assert "reportlint: ignore[PW001]" in applied(text, comment)


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["quickfix"], {"quickfix"}),
        (["source"], {"source.fixAll.reportlint"}),
        (["refactor"], set()),
        (["source.fixAll.other"], set()),
    ],
)
def test_only_what_is_asked_for(editor: Editor, only: list[str], kinds: set[str]) -> None:
    one = at(editor.open(f"only-{only[0]}.txt", FAULTY), "PW001")
    actions = editor.actions(f"only-{only[0]}.txt", one["range"], only)
    assert {action["kind"] for action in actions} == kinds


# Settings


def test_changed_configuration_files_count_at_once(launch: Launch) -> None:
    editor = launch()
    editor.start()
    asked = editor.wait(lambda m: m.get("method") == "client/registerCapability")["params"]
    (files,) = [
        one for one in asked["registrations"] if one["method"].endswith("didChangeWatchedFiles")
    ]
    patterns = {one["globPattern"] for one in files["registerOptions"]["watchers"]}
    assert patterns == {"**/*.toml", "**/.reportlint.toml"}
    assert codes(editor.open("a.txt", PLAIN)) == ["PH001"]
    path = editor.folder / "reportlint.toml"

    def written(text: str) -> list[Message]:
        path.write_text(text, encoding="utf-8")
        after = len(editor.received)
        changes = [{"uri": path.as_uri(), "type": 2}]
        editor.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        return editor.diagnostics("a.txt", after=after)

    assert written('ignore = ["PH001"]\n') == []
    (one,) = written('severity = { PH001 = "info" }\n')
    assert one["severity"] == 3

    # A configuration that cannot be used is told, once, and shown where it can be seen.
    (broken,) = written('ignroe = ["PH001"]\n')
    assert broken["range"]["start"] == {"line": 0, "character": 0}
    assert broken["severity"] == 1
    assert "reportlint.toml:1" in broken["message"]
    assert len(editor.messages()) == 1
    assert broken["message"] in editor.messages()[0]
    assert codes(written('ignroe = ["PH001"]\n')) == [""]
    assert len(editor.messages()) == 1
    assert codes(written("")) == ["PH001"]
    assert codes(written("[[")) == [""]
    assert len(editor.messages()) == 2
    assert editor.stop() == 0


def test_saving_reads_the_configuration_where_nothing_is_watched(launch: Launch) -> None:
    editor = launch()
    editor.start({})
    assert codes(editor.open("a.txt", PLAIN)) == ["PH001"]
    (editor.folder / ".reportlint.toml").write_text('ignore = ["PH001"]\n', encoding="utf-8")
    after = len(editor.received)
    editor.save("a.txt")
    assert editor.diagnostics("a.txt", after=after) == []
    asked = {message.get("method") for message in editor.received if "id" in message}
    assert asked == {None}


def test_settings_of_the_editor(launch: Launch) -> None:
    editor = launch("--lang", "zh")
    editor.start(initializationOptions={"ignore": ["PH001"], "selekt": []})
    assert editor.open("a.txt", PLAIN) == []
    assert any("selekt" in said and "select" in said for said in editor.messages())

    def set_to(settings: Any) -> list[Message]:
        after = len(editor.received)
        editor.notify("workspace/didChangeConfiguration", {"settings": settings})
        return editor.diagnostics("a.txt", after=after)

    (one,) = set_to({"reportlint": {"lang": "en"}})
    assert "filled" in one["message"] or one["message"].isascii()
    (one,) = set_to({"reportlint": {"select": ["XX999"]}})
    assert "XX999" in one["message"]
    assert codes(set_to(None)) == ["PH001"]
    assert editor.stop() == 0


def test_settings_are_asked_for_where_they_can_be(launch: Launch) -> None:
    editor = launch()
    editor.answers["workspace/configuration"] = [{"ignore": ["PH001"]}]
    given = copy.deepcopy(MODERN)
    given["workspace"]["configuration"] = True
    editor.start(given)
    asked = editor.wait(lambda m: m.get("method") == "workspace/configuration")["params"]
    assert asked == {"items": [{"section": "reportlint"}]}
    time.sleep(0.1)
    assert editor.open("a.txt", PLAIN) == []
    editor.answers["workspace/configuration"] = [{}]
    after = len(editor.received)
    editor.notify("workspace/didChangeConfiguration", {"settings": None})
    assert codes(editor.diagnostics("a.txt", after=after)) == ["PH001"]


def test_the_locale_of_the_editor_is_the_language(launch: Launch) -> None:
    editor = launch()
    editor.start(locale="en-us")
    (one,) = editor.open("a.txt", PLAIN)
    assert "has not been filled" in one["message"] or "not filled" in one["message"]


def test_a_broken_sidecar_file_is_told_and_the_rest_is_checked(launch: Launch) -> None:
    editor = launch()
    editor.start()
    sidecar = editor.folder / "a.txt.reportlint.toml"
    sidecar.write_text('[[suppress]]\ncode = "PH001"\ntexx = "X"\n', encoding="utf-8")
    found = editor.open("a.txt", FAULTY)
    assert "a.txt.reportlint.toml:3" in found[0]["message"]
    assert "PH001" in codes(found)
    # What somebody wants to keep is not known.
    one = at(found, "PW001")
    action = titled(editor.actions("a.txt", one["range"]), "全部")
    assert "edit" not in editor.request("codeAction/resolve", action)


# Large and hostile


def test_a_huge_draft_does_not_keep_others_waiting(launch: Launch) -> None:
    editor = launch()
    editor.start()
    (one,) = editor.open("small.txt", PLAIN)
    huge = FAULTY * (1_000_000 // len(FAULTY.encode()))
    item = {"uri": editor.uri("huge.txt"), "languageId": "plaintext", "version": 1, "text": huge}
    editor.notify("textDocument/didOpen", {"textDocument": item})
    shown = editor.hover("small.txt", 0, one["range"]["start"]["character"])
    assert shown["range"] == one["range"]
    # Nor does it keep its own questions waiting until it has been checked.
    assert editor.hover("huge.txt", 0, 0) is None
    assert editor.published("huge.txt") == []
    # A change while it is being checked: what is stale is never published.
    editor.change("small.txt", PLAIN * 2, 2)
    assert len(editor.diagnostics("small.txt", 2)) == 2
    editor.change("huge.txt", huge + PLAIN, 2)
    assert len(editor.diagnostics("huge.txt", 2)) > 1000
    assert {each["version"] for each in editor.published("huge.txt")} == {2}
    assert editor.stop() == 0


@pytest.mark.parametrize(
    "text",
    ["", "\0", "\ud840", "\ufeff" + PLAIN, "\r", "\u2028", "PK\x03\x04word/document.xml", "%PDF-1"],
    ids=repr,
)
def test_any_text_is_answered(editor: Editor, text: str) -> None:
    name = f"odd-{'-'.join(f'{ord(c):x}' for c in text[:8])}.md"
    found = editor.open(name, text)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 99}}
    for one in found:
        assert one["range"]["start"]["line"] >= 0
    editor.actions(name, whole)
    editor.hover(name, 0, 0)
    params = {"textDocument": {"uri": editor.uri(name)}}
    assert isinstance(editor.request("textDocument/documentSymbol", params), list)
    if text == "\0":
        assert codes(found) == ["RL001"]


def test_half_a_character_moves_nothing(editor: Editor) -> None:
    text = "\ud840镇接待群众XX人次。\n"
    (one,) = editor.open("half.txt", text)
    assert one["range"]["start"] == {"line": 0, "character": 6}


def test_nonsense_is_survived(launch: Launch) -> None:
    editor = launch()
    editor.start()
    editor.raw(b"{")
    editor.raw(b"[]")
    editor.raw(b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {}}')
    editor.notify("textDocument/didChange", {"textDocument": {"uri": "file:///x", "version": 1}})
    editor.change("never-opened.txt", PLAIN, 2)
    editor.save("never-opened.txt")
    editor.close("never-opened.txt")
    editor.notify("$/unknown", {})
    editor.ask("textDocument/hover", {})
    editor.notify("workspace/didChangeConfiguration", {"settings": [1, 2]})
    for method, params in (
        ("no/such/method", {}),
        ("workspace/executeCommand", {"command": "reportlint.none"}),
    ):
        with pytest.raises(RuntimeError):
            editor.request(method, params)
    for arguments in ([], [None], ["a", "b", "c"], [{}, 3]):
        for command in ("reportlint.ignore", "reportlint.explain"):
            params = {"command": command, "arguments": arguments}
            assert editor.request("workspace/executeCommand", params) is None
    for data in (None, 3, {}, {"uri": 3}, {"uri": editor.uri("a.txt"), "job": "page"}):
        assert "edit" not in editor.request("codeAction/resolve", {"title": "x", "data": data})
    editor.notify("$/cancelRequest", {"id": 77})
    assert codes(editor.open("a.txt", PLAIN)) == ["PH001"]
    lost = {"title": "x", "data": {"uri": editor.uri("a.txt"), "job": "comment", "name": "0"}}
    assert "edit" not in editor.request("codeAction/resolve", lost)
    assert editor.stop() == 0
    assert editor.stderr() == ""


def test_an_editor_that_goes_away(launch: Launch) -> None:
    editor = launch()
    editor.start()
    editor.open("a.txt", PLAIN)
    assert editor.process.stdin is not None
    editor.process.stdin.close()
    assert editor.process.wait(TIMEOUT) == 1
    editor = launch()
    editor.start()
    editor.notify("exit")
    assert editor.process.wait(TIMEOUT) == 1


@pytest.mark.parametrize("missing", ["pygls", "lsprotocol"])
def test_without_the_extra(missing: str, tmp_path: Path) -> None:
    script = (
        f"import sys; sys.modules[{missing!r}] = None; from reportlint.cli import main; "
        "sys.exit(main(['server', '--lang', 'en']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert 'pip install "reportlint[lsp]"' in done.stderr
    assert missing in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_told_before_anything_is_served(launch: Launch) -> None:
    editor = launch("--config", "none.toml")
    assert editor.process.wait(TIMEOUT) == 2
