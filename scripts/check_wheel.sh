#!/usr/bin/env bash
# Install the wheel in a fresh environment, without an index and away from the checkout, and use it
# there; build wheel and sdist twice and compare the bytes.
# The argument names a wheelhouse that scripts/make_wheelhouse.py made; without one it is made.
# PYTHON names an interpreter that has the `build` package (make sets it).
set -euo pipefail
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python=$(realpath --no-symlinks "$checkout/${PYTHON:-.venv/bin/python}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

wheelhouse=${1:-}
if [ -z "$wheelhouse" ]; then
    wheelhouse=$work/wheelhouse
    "$python" "$checkout/scripts/make_wheelhouse.py" "$wheelhouse"
fi
wheelhouse=$(realpath "$wheelhouse")

# The second wheel is built from the sdist, which must therefore be complete.
for build in one two; do
    "$python" -m build --outdir "$work/$build" "$checkout" >"$work/build.log" 2>&1 || {
        cat "$work/build.log"
        exit 1
    }
done
for built in "$work"/one/*; do
    cmp "$built" "$work/two/$(basename "$built")"
done
cmp "$wheelhouse"/vbl_detect-*.whl "$work"/one/*.whl
echo "Built again, wheel and sdist have the same bytes."

"$python" -m venv "$work/venv"
PIP_NO_INDEX=1 "$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    --find-links "$wheelhouse" vbl-detect
cp "$checkout"/examples/*.xlsx "$work/export.xlsx"

cd "$work"
tool=$work/venv/bin/vbl-detect
"$tool" --version
"$tool" lexicon check
"$tool" doctor
"$tool" rule RC001
"$tool" scan export.xlsx -o findings.xlsx --no-progress
"$tool" scan export.xlsx --format jsonl -q >findings.jsonl
"$tool" learn pack -q -o pack.html -n 3
"$tool" learn score "$checkout/data/exercises/example-answers/before" -q -o marks.html
grep -q "By category" marks.html
test -s findings.xlsx
test -s findings.xlsx.manifest.json
test -s "$work/venv/share/man/man1/vbl-detect.1"
grep -q '"counted": *true' findings.jsonl

# Files of the installation that were changed, added or taken out are found.
refuses() {
    local status=0
    "$tool" "${@:2}" >/dev/null 2>refused.txt || status=$?
    test "$status" = 4 && grep -q "$1" refused.txt || {
        echo "a changed $1 was not refused: exit $status" && cat refused.txt && exit 1
    }
}
data=$("$work/venv/bin/python" -c 'import vbl_detect; print(vbl_detect.__path__[0])')
for changed in data/lexicons/risk-and-choice.csv data/lexicons/context_rules.csv \
    models/lexicon-scores/scores.csv models/precision.json models/vbl-*/meta.json; do
    cp "$data"/$changed kept
    echo >>"$(echo "$data"/$changed)"
    refuses "$(basename "$changed")" scan export.xlsx -q
    cp kept "$(echo "$data"/$changed)"
done
echo "category" >"$data/data/lexicons/added.csv"
refuses added.csv lexicon check
rm "$data/data/lexicons/added.csv"
"$tool" scan export.xlsx -q >/dev/null

"$work/venv/bin/python" -c 'from vbl_detect.serving.page import page_and_policy; page_and_policy()'
case $("$work/venv/bin/python" -c 'import vbl_detect; print(vbl_detect.__file__)') in
"$work"/*) echo "The wheel works away from the checkout: $(wc -l <findings.jsonl) findings." ;;
*) echo "The wheel was not the one used; is PYTHONPATH set?" && exit 1 ;;
esac
