#!/usr/bin/env bash
# Has pre-commit install both hooks from a clone of this tree and run them on a repository of
# drafts, as a user's configuration would. Needs git, pre-commit and a package index.
set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
# By its full path, for the hooks run in another folder.
python=$(command -v "${PYTHON:-python3}") || {
    echo "no such Python: ${PYTHON:-python3}" >&2
    exit 1
}
python=$(cd "$(dirname "$python")" && pwd)/$(basename "$python")
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
export PRE_COMMIT_HOME=$temporary/home GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org PIP_DISABLE_PIP_VERSION_CHECK=1
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

# What the package is built of, whether or not it has been committed.
mkdir "$temporary/hooks" "$temporary/drafts"
(cd "$top" && cp -r .pre-commit-hooks.yaml .gitignore LICENSE README.md hatch_build.py \
    pyproject.toml reportlint rules samples "$temporary/hooks")
git -C "$temporary/hooks" init -q
git -C "$temporary/hooks" add -A
git -C "$temporary/hooks" commit -qm hooks

cd "$temporary/drafts"
git init -q
cp "$top"/samples/*.txt "$top"/samples/*.md "$top"/samples/*.docx .
printf '夏季防汛情况\n\n扎实推##paidbegin##动工作。\n' | iconv -t GB18030 >gb18030.txt
{
    printf 'repos:\n- repo: %s\n  rev: %s\n' \
        "$temporary/hooks" "$(git -C "$temporary/hooks" rev-parse HEAD)"
    printf '  hooks:\n  - id: reportlint\n    args: [--output-format=concise]\n'
    printf '  - id: reportlint-fix\n    args: [--quiet]\n'
} >.pre-commit-config.yaml
git add -A
git commit -qm drafts

# The exit code that is expected of a hook, words that it must print, and words that it must not.
expect() {
    local status=0 hook=$1 code=$2 there=$3 absent=$4
    "$python" -m pre_commit run "$hook" --all-files >"$temporary/log" 2>&1 || status=$?
    if [ "$status" -ne "$code" ] || ! grep -q -- "$there" "$temporary/log" ||
        grep -q -- "$absent" "$temporary/log"; then
        cat "$temporary/log" >&2
        echo "$hook: exit $status, expected $code with '$there' and without '$absent'" >&2
        exit 1
    fi
}
start=$SECONDS
"$python" -m pre_commit install-hooks >"$temporary/log" 2>&1 || {
    cat "$temporary/log" >&2
    exit 1
}
echo "pre-commit installed the hooks in $((SECONDS - start)) s"
expect reportlint 1 'gb18030.txt:3:.*PW001' 'clean.*[A-Z][A-Z][0-9]'
expect reportlint-fix 1 'files were modified by this hook' 'Traceback'
iconv -f GB18030 gb18030.txt | grep -qx '扎实推动工作。'
git add -A
git commit -qm fixed
expect reportlint-fix 1 'exit code: 1' 'files were modified by this hook'
git rm -q --cached -r . && git add ./*-clean.* gb18030.txt .pre-commit-config.yaml
expect reportlint 0 Passed Failed
echo 'both hooks work'
