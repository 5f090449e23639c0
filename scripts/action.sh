#!/usr/bin/env bash
# What action.yml runs: installs reportlint beside the job's own packages, checks once, writes the
# annotations, the summary of the step, SARIF and a page. Its input are the variables REPORTLINT_…
# and those of GitHub. It ends with 0 whatever is found: the exit code goes to the outputs, so that
# the reports can be uploaded first. Written for bash 3.2, which macOS has.
set -euo pipefail

fail() {
    printf '::error title=reportlint::%s\n' "$1"
    exit 2
}

temporary=$(mktemp -d "${RUNNER_TEMP:-/tmp}/reportlint.XXXXXX")
export PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1

python=$(command -v python || command -v python3) || fail 'there is no Python; set python-version'
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail 'Python 3.11 or later is needed; set python-version'

# Words may be quoted as in a shell, but nothing in them is expanded or run.
arguments=()
while IFS= read -r -d '' word; do
    arguments+=("$word")
done < <("$python" -c '
import os, shlex, sys
try:
    words = shlex.split(os.environ.get("REPORTLINT_ARGS", ""))
except ValueError as error:
    sys.exit(f"args: {error}")
sys.stdout.buffer.write(b"".join(os.fsencode(word) + b"\0" for word in [*words, "."]))
' || true)
# The dot at the end stands for success.
[ "${#arguments[@]}" -gt 0 ] || fail 'the quotes in args do not pair'
unset "arguments[$((${#arguments[@]} - 1))]"

option() {
    if [ -n "$2" ]; then arguments+=("$1=$2"); fi
}
option --fail-on "${REPORTLINT_FAIL_ON:-}"
option --baseline "${REPORTLINT_BASELINE:-}"
option --diff-base "${REPORTLINT_DIFF_BASE:-}"
case ${REPORTLINT_REDACT:-false} in
    true) arguments+=(--redact) ;;
    false | '') ;;
    *) fail 'redact must be true or false' ;;
esac

paths=()
while IFS= read -r path; do
    path=${path%$'\r'}
    if [ -n "$path" ]; then paths+=("$path"); fi
done <<<"${REPORTLINT_PATHS:-.}"
[ "${#paths[@]}" -gt 0 ] || fail 'paths is empty'

case ${REPORTLINT_VERSION:-} in
    '') source=$REPORTLINT_ACTION ;;
    *[!0-9A-Za-z.+!]*) fail 'version must be a version such as 0.1.0' ;;
    *) source=reportlint==$REPORTLINT_VERSION ;;
esac
echo '::group::reportlint: install'
"$python" -m venv "$temporary/venv"
bin=$temporary/venv/bin
[ -d "$bin" ] || bin=$temporary/venv/Scripts
"$bin/python" -m pip install --quiet "$source"
"$bin/python" -m reportlint --version
echo '::endgroup::'

status=0
"$bin/python" -m reportlint check ${arguments[@]+"${arguments[@]}"} \
    --output-format sarif --output-file "$temporary/reportlint.sarif" \
    --output-format html --output-file "$temporary/reportlint.html" \
    --output-format github -- "${paths[@]}" || status=$?

{
    for kind in sarif html; do
        if [ -s "$temporary/reportlint.$kind" ]; then
            echo "$kind-file=$temporary/reportlint.$kind"
        fi
    done
    echo "exit-code=$status"
} >>"$GITHUB_OUTPUT"
