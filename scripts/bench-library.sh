#!/usr/bin/env bash
# Makes a library of COUNT texts from official ones in FOLDERS and prints, in one run, its size and the best wall and
# CPU time of N runs and the peak memory: without an index, of making one, warm, of questions, with one document added,
# and for the first 1,000 documents cold; beside plain tools on the same files.
# `N=5 scripts/bench-library.sh 25000 ../shared/data/un/akn/ga ../shared/data/un/akn/ecosoc`
# A library that is there already: `CORPUS=folder scripts/bench-library.sh`, with `library/` and `draft.md` in it.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${N:-3}
cargo build --release --locked --quiet --examples --bins
target=${CARGO_TARGET_DIR:-target}/release
adref=$(realpath "$target/adref")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache
if [ -z "${CORPUS:-}" ]; then
    CORPUS=$work/corpus
    "$target/examples/corpus" "$1" "$CORPUS" "${@:2}" > /dev/null
fi
library=$CORPUS/library draft=$CORPUS/draft.md

# Wall seconds, CPU seconds and peak megabytes of the quickest of N runs; before each run `$before`.
before=true
measure() {
    local name=$1
    shift
    local best=
    for _ in $(seq "$runs"); do
        $before
        local now
        now=$(/usr/bin/time -f '%e %U %S %M' "$@" 2>&1 > /dev/null | tail -1 || true)
        best=$(printf '%s\n%s\n' "$best" "$now" | awk 'NF' | sort -n | head -1)
    done
    echo "$best" | awk -v name="$name" '{ printf "%-44s %7.2f s %7.2f s CPU %7.0f MB\n", name, $1, $2 + $3, $4 / 1024 }'
}

files() { find "$library" -name '*.md' -print0; }
printf 'library: %s files, %s bytes, %s words; draft: %s paragraphs; %s cores; best of %s runs\n' \
    "$(files | tr -cd '\0' | wc -c)" "$(files | xargs -0 cat | wc -c)" "$(files | xargs -0 cat | wc -w)" \
    "$(grep -c '^[0-9]' "$draft")" "$(nproc)" "$runs"
measure 'annotate without an index' "$adref" annotate "$draft" --library "$library" --format json --no-index
measure 'references index' "$adref" references index --library "$library"
printf 'index: %s bytes\n' "$(cat "$work"/cache/adref/index/*.adref | wc -c)"
measure 'annotate, warm index' "$adref" annotate "$draft" --library "$library" --format json
measure 'search for a sentence, warm index' "$adref" search 'full and effective participation of women' --library "$library"
measure 'search for a rare word, warm index' "$adref" search ransomware --library "$library"
measure 'trace a paragraph, warm index' "$adref" trace "$draft#7" --library "$library"
measure 'suggest for a paragraph, warm index' "$adref" suggest "$draft#7" --library "$library"
added=$library/zz-added.md
add() { printf -- '---\nsymbol: A/RES/99/%s\n---\n\n1. Recalls number %s of them all.\n' "$RANDOM" "$RANDOM" > "$added"; }
before=add
measure 'annotate, one document added' "$adref" annotate "$draft" --library "$library" --format json
before=true
rm -f "$added"
mkdir "$work/thousand"
find "$library" -name '*.md' | sort | awk 'NR <= 1000' | xargs -I{} cp {} "$work/thousand/"
measure '1,000 documents without an index' "$adref" annotate "$draft" --library "$work/thousand" --format json --no-index
read_all() { files | xargs -0 cat; }
export -f read_all files
export library
measure 'cat' bash -c 'read_all'
measure 'wc -w' bash -c 'read_all | wc -w'
command -v rg > /dev/null && measure 'rg -c "human rights"' rg -c 'human rights' "$library"
exit 0
