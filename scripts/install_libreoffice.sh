#!/usr/bin/env bash
# Installs LibreOffice Writer and a Chinese font where they are missing (Debian, Ubuntu), so that
# tests/readers/test_real_formats.py can run. Elsewhere those tests are skipped and say why.
set -euo pipefail

if command -v soffice >/dev/null || command -v libreoffice >/dev/null; then
    echo "LibreOffice is installed."
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "LibreOffice is missing, and there is no apt-get to install it with." >&2
    exit 0
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "LibreOffice is missing, and only root could install it." >&2
        exit 0
    fi
    as_root=(sudo -n)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -q -y --no-install-recommends libreoffice-writer fonts-noto-cjk
