#!/usr/bin/env bash
# Builds the bundle into dist/bulkload and dist/bulkload-<system>.tar.xz; says how long it took and how large it is.
# Usage: packaging/build.sh [PYTHON]     PYTHON needs the project and pyinstaller installed.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${1:-python}
began=$SECONDS
"$python" -m PyInstaller --noconfirm --clean --log-level WARN --distpath dist --workpath build packaging/bulkload.spec
echo "built in $((SECONDS - began)) s"
du -sh dist/bulkload
if [ "${BULKLOAD_NO_ARCHIVE:-}" = "" ]; then
    tar -C dist -cJf "dist/bulkload-$(uname -s)-$(uname -m).tar.xz" bulkload
    ls -lh dist/*.tar.xz
fi
