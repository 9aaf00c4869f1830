#!/usr/bin/env bash
# Build the wheel, install it in a fresh environment away from the checkout, and use it there.
# PYTHON names an interpreter that has the `build` package (make sets it).
set -euo pipefail
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python=$(realpath --no-symlinks "$checkout/${PYTHON:-.venv/bin/python}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$python" -m build --outdir "$work/dist" "$checkout" >"$work/build.log" 2>&1 || {
    cat "$work/build.log"
    exit 1
}
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "$work"/dist/*.whl
cp "$checkout"/examples/*.xlsx "$work/export.xlsx"

cd "$work"
tool=$work/venv/bin/vbl-detect
"$tool" --version
"$tool" lexicon check
"$tool" rule RC001
"$tool" scan export.xlsx -o findings.xlsx --no-progress
"$tool" scan export.xlsx --format jsonl -q >findings.jsonl
test -s findings.xlsx
test -s findings.xlsx.manifest.json
grep -q '"counted": *true' findings.jsonl
case $("$work/venv/bin/python" -c 'import vbl_detect; print(vbl_detect.__file__)') in
"$work"/*) echo "The wheel works away from the checkout: $(wc -l <findings.jsonl) findings." ;;
*) echo "The wheel was not the one used; is PYTHONPATH set?" && exit 1 ;;
esac
