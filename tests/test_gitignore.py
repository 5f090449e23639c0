"""What is ignored, compared with git itself."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.config import Options, Resolver
from reportlint.files import discover, excluded

TREE = {
    ".gitignore": "\ufeff# 注释\r\n*.md\r\n!keep.md\r\n/drafts/old/\n归档\n*~\n\\#a.txt\n\\!b.txt\n"
    "space\\ \ntrailing.txt   \nfoo*\n!foobar\nlogs/**\n!logs/**/\n!logs/**/note.txt\n"
    "**/deep/x.txt\na/**/z.txt\n[0-9].txt\n[!a-y].docx\ndir-only.txt/\n/sub/*/mid.txt\n"
    "excluded/\n!excluded/no.txt\n[9-8].txt\n[\n\\\n",
    "a.md": "",
    "keep.md": "",
    "#a.txt": "",
    "!b.txt": "",
    "space ": "",
    "trailing.txt": "",
    "trailing.txt   .txt": "",
    "foo.txt": "",
    "foobar/foo1.txt": "",
    "foobar/x.txt": "",
    "foobaz/x.txt": "",
    "logs/a.txt": "",
    "logs/note.txt": "",
    "logs/deep/er/note.txt": "",
    "logs/deep/er/x.txt": "",
    "deep/x.txt": "",
    "one/deep/x.txt": "",
    "one/deep/y.txt": "",
    "a/z.txt": "",
    "a/b/c/z.txt": "",
    "ab/z.txt": "",
    "7.txt": "",
    "77.txt": "",
    "z.docx": "",
    "b.docx": "",
    "one/dir-only.txt/in.txt": "",
    "dir-only.txt/in.txt": "",
    "two/dir-only.txt.txt": "",
    "sub/one/mid.txt": "",
    "sub/one/two/mid.txt": "",
    "sub/mid.txt": "",
    "excluded/no.txt": "",
    "drafts/old/x.txt": "",
    "drafts/new/x.txt": "",
    "sub/drafts/old/x.txt": "",
    "归档/x.txt": "",
    "sub/归档/x.txt": "",
    "sub/归档.txt": "",
    "inner/.gitignore": "!*.md\n/only.txt\nfoo.txt\n!deep/x.txt\n",
    "inner/a.md": "",
    "inner/only.txt": "",
    "inner/down/only.txt": "",
    "inner/foo.txt": "",
    "inner/deep/x.txt": "",
    "inner/more/.gitignore": "*.md\n!only.txt\n",
    "inner/more/a.md": "",
    "inner/more/only.txt": "",
    "worse/.gitignore": "*\n!.gitignore\n!/yes.txt\n",
    "worse/yes.txt": "",
    "worse/no.txt": "",
    "worse/no/yes.txt": "",
    "info-1.txt": "",
    "sub/info-2.txt": "",
    "inner/info-3.txt": "",
    "名字 有空格/报告（一）.txt": "",
}
EXCLUDE = "info-*.txt\n!info-3.txt\n"

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "XDG_CONFIG_HOME": os.devnull,
}


def git(folder, *arguments, data=None, codes=(0,)):
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        input=data,
        capture_output=True,
        env=ENVIRONMENT,
        check=False,
    )
    assert done.returncode in codes, done.stderr
    return {os.fsdecode(name) for name in done.stdout.split(b"\0") if name}


def make(root, files):
    for name, text in files.items():
        path = Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def resolver_for(root, *, force=False):
    """Return a resolver for which every file counts and only git excludes."""
    Path(root, ".git/house.toml").write_text('include = ["*"]\nexclude = [".git"]\n')
    options = Options(config=".git/house.toml", force_exclude=force or None, lang="en")
    return Resolver(options, str(root))


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    root = tmp_path_factory.mktemp("repository")
    git(root, "init", "-q")
    make(root, TREE)
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/exclude").write_text(EXCLUDE)
    return root


def test_a_tree_full_of_traps(repository):
    wanted = git(repository, "ls-files", "-z", "-o", "--exclude-standard")
    assert set(discover([], resolver_for(repository)).files) == wanted
    assert 20 < len(wanted) < len(TREE) - 20


def test_a_walk_from_a_folder_below(repository):
    for folder in ("inner", "inner/more", "sub", "logs"):
        wanted = git(repository, "ls-files", "-z", "-o", "--exclude-standard", "--", folder)
        assert set(discover([folder], resolver_for(repository)).files) == wanted


def test_one_file_at_a_time(repository):
    """``excluded`` says of each file what ``git check-ignore`` says."""
    names = "".join(f"{name}\0" for name in TREE).encode()
    ignored = git(repository, "check-ignore", "-z", "--stdin", data=names, codes=(0, 1))
    resolver = resolver_for(repository)
    assert {name for name in TREE if excluded(name, resolver)} == ignored


def test_what_is_ignored_says_by_what(repository):
    resolver = resolver_for(repository)
    assert excluded("a.md", resolver) == ("gitignore", ".gitignore: *.md\r")
    assert excluded("inner/more/a.md", resolver) == ("gitignore", "inner/more/.gitignore: *.md")
    assert excluded("info-1.txt", resolver) == ("gitignore", ".git/info/exclude: info-*.txt")


def test_a_folder_that_is_named_is_entered_though_it_is_ignored(repository):
    assert discover(["excluded"], resolver_for(repository)).files == ("excluded/no.txt",)
    assert discover(["excluded"], resolver_for(repository, force=True)).files == ()


def test_it_can_be_switched_off(repository):
    options = Options(isolated=True, respect_gitignore=False)
    found = discover(["excluded", "inner"], Resolver(options, str(repository))).files
    assert {"excluded/no.txt", "inner/a.md", "inner/more/a.md"} <= set(found)


def test_outside_a_repository_only_what_is_walked_counts(tmp_path):
    make(
        tmp_path,
        {".gitignore": "a.txt", "sub/a.txt": "", "sub/.gitignore": "b.txt", "sub/b.txt": ""},
    )
    resolver = Resolver(Options(isolated=True), str(tmp_path))
    assert discover([], resolver).files == ()
    assert discover(["sub"], resolver).files == ("sub/a.txt",)


def test_a_repository_inside_another_is_its_own(tmp_path):
    git(tmp_path, "init", "-q")
    git(tmp_path, "init", "-q", "module")
    make(tmp_path, {".gitignore": "*.txt", "module/a.txt": "", "module/.gitignore": "b.txt"})
    make(tmp_path, {"module/b.txt": "", "module/deep/a.txt": "", "c.txt": ""})
    resolver = Resolver(Options(isolated=True), str(tmp_path))
    for paths in ([], ["module"], ["module/deep", "module/a.txt"]):
        assert discover(paths, resolver).files == ("module/a.txt", "module/deep/a.txt")
    assert excluded("module/b.txt", resolver) == ("gitignore", "module/.gitignore: b.txt")
    assert excluded("module/a.txt", resolver) is None


def test_a_work_tree_of_its_own_shares_the_exclusions(tmp_path):
    main, tree = tmp_path / "main", tmp_path / "tree"
    git(tmp_path, "init", "-q", "main")
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    git(main, *identity, "commit", "-q", "--allow-empty", "-m", "x")
    git(main, "worktree", "add", "-q", "../tree")
    (main / ".git/info").mkdir(exist_ok=True)
    (main / ".git/info/exclude").write_text("a.txt")
    make(tree, {"a.txt": "", "b.txt": ""})
    assert git(tree, "ls-files", "-z", "-o", "--exclude-standard") == {"b.txt"}
    assert discover([], Resolver(Options(isolated=True), str(tree))).files == ("b.txt",)


def test_a_link_in_place_of_a_gitignore_is_not_followed(tmp_path):
    make(tmp_path, {"rules": "a.txt", "a.txt": ""})
    (tmp_path / ".gitignore").symlink_to("rules")
    resolver = Resolver(Options(isolated=True), str(tmp_path))
    assert discover([], resolver).files == ("a.txt",)
    assert excluded("a.txt", resolver) is None


PARTS = (
    "*", "**", "?", "a", "b", "ab", "foo", "f?o", "foo*", "*o", "[ab]", "[!a]", "[^b]*", "*.txt",
    "b.txt", "报告", "[[:alpha:]]*", "[z-a]", "[]]", "\\a", "a\\ b", "#n", "\\#n", "\\!n",
)  # fmt: skip
NAMES = ("a", "b", "ab", "foo", "foobar", "a.txt", "b.txt", "#n", "!n", "报告", "a b", "]")


@st.composite
def lines(draw):
    body = "/".join(draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3)))
    return (
        draw(st.sampled_from(["", "", "!"]))
        + draw(st.sampled_from(["", "/"]))
        + body
        + draw(st.sampled_from(["", "/", "/**", " "]))
    )


@pytest.fixture(scope="module")
def thicket(tmp_path_factory):
    root = tmp_path_factory.mktemp("thicket")
    git(root, "init", "-q")
    chance = random.Random(1)
    for _ in range(150):
        path = root.joinpath(*(chance.choice(NAMES) for _ in range(chance.randint(1, 4))))
        if not any(parent.is_file() for parent in path.parents) and not path.exists():
            make(root, {str(path.relative_to(root)): ""})
    return root


@pytest.fixture(scope="module")
def thicket_resolver(thicket):
    return resolver_for(thicket)


@given(outer=st.lists(lines(), max_size=5), inner=st.lists(lines(), max_size=2))
@settings(max_examples=60, deadline=None)
def test_any_patterns(thicket, thicket_resolver, outer, inner):
    (thicket / ".gitignore").write_text("\n".join(outer))
    folder = next(
        path for path in sorted(thicket.iterdir()) if path.is_dir() and path.name != ".git"
    )
    (folder / ".gitignore").write_text("\n".join(inner))
    wanted = git(thicket, "ls-files", "-z", "-o", "--exclude-standard")
    assert set(discover([], thicket_resolver).files) == wanted
