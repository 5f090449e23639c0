#!/usr/bin/env bash
# Has the reference tool validate SARIF of every sort, by the rules of the standard and those of
# GitHub code scanning. Fails on an error. Needs npm and x86-64 Linux; without npm there is nothing
# that it can do, and it says so. PYTHON names the interpreter that has reportlint's dependencies.
set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-$top/.venv/bin/python}
[ -x "$python" ] || python=python3

if ! command -v npm >/dev/null; then
    echo 'SARIF is not validated: npm, which brings the validator, is not installed' >&2
    exit 0
fi

temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
mkdir "$temporary/sarif" "$temporary/tool"
"$python" "$top/scripts/sarif_samples.py" "$temporary/sarif"

npm install --silent --no-audit --no-fund --prefix "$temporary/tool" \
    @microsoft/sarif-multitool-linux@5 || {
    echo 'SARIF is not validated: the validator cannot be installed' >&2
    exit 1
}
tool=$temporary/tool/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
chmod +x "$tool"

# There is no ICU on a slim machine, and none is needed. Unpacking stays in the folder that goes.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_BUNDLE_EXTRACT_BASE_DIR=$temporary/net
# It ends with 0 whatever it finds, and a file that it cannot read it passes over in silence. So
# errors are looked for in what it says, and with notes on it has something to say of each file.
"$tool" validate --rule-kind 'Sarif;Ghas' --level 'Error;Warning;Note' \
    "$temporary"/sarif/*.sarif >"$temporary/log" 2>&1 || true
sed -nE 's|^.*sarif\([0-9,]+\): ((error\|warning) .*)|\1|p' "$temporary/log" | sort | uniq -c
failed=0
for file in "$temporary"/sarif/*.sarif; do
    if ! grep -qF "$file(" "$temporary/log"; then
        echo "${file##*/} was not read" >&2
        failed=1
    elif grep -F "$file(" "$temporary/log" | grep -q '): error '; then
        echo "${file##*/} is not valid" >&2
        failed=1
    fi
done
if [ "$failed" -ne 0 ] || ! grep -q 'Analysis completed successfully' "$temporary/log"; then
    tail -n 3 "$temporary/log" >&2
    exit 1
fi
find "$temporary/sarif" -name '*.sarif' | wc -l | sed 's/$/ files of SARIF are valid/'
