#!/usr/bin/env bash
# Builds the release and prints, for the sample and for a draft of 4,000 paragraphs: the size of what is read and
# of the program, the best wall time of N runs, the peak memory, and the time beside that of plain tools on the
# same files in the same run. `N=20 scripts/bench.sh`
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${N:-10}
cargo build --release --locked --quiet
adref=${CARGO_TARGET_DIR:-target}/release/adref
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk 'BEGIN { RS = ""; FS = "\n" }
     /^[0-9]+\. / { sub(/^[0-9]+\. /, ""); text[count++] = $0 }
     END { for (n = 1; n <= 4000; n++) printf "%d. %s In room %d we go on.\n\n", n, text[n % count], n * 7919 % 1000 }' \
    drafts/rev1.md > "$work/long.md"
sed 's/In room \([0-9]*\)1 we/In hall \1 we/; s/digital/electronic/' "$work/long.md" > "$work/longer.md"

# Best wall time of N runs, in milliseconds.
best() {
    local least=
    for _ in $(seq "$runs"); do
        local from to took
        from=$(date +%s%N)
        "$@" > /dev/null 2>&1 || true
        to=$(date +%s%N)
        took=$(((to - from) / 1000))
        if [ -z "$least" ] || [ "$took" -lt "$least" ]; then least=$took; fi
    done
    awk -v us="$least" 'BEGIN { printf "%.1f", us / 1000 }'
}

# Peak memory in megabytes, where a `time` that tells it is at hand.
peak() {
    if [ -x /usr/bin/time ] && /usr/bin/time -v true 2> /dev/null; then
        /usr/bin/time -v "$@" 2>&1 > /dev/null | awk '/Maximum resident/ { printf "%.0f", $NF / 1024 }'
    else
        printf '?'
    fi
}

line() { printf '%-44s %10s ms %8s MB\n' "$1" "$2" "$3"; }
ratio() { awk -v a="$1" -v b="$2" -v name="$3" 'BEGIN { if (b > 0) printf "%46.1f × %s\n", a / b, name }'; }
size() { wc -c < "$1" | tr -d ' '; }

printf 'program: %s bytes; best of %s runs\n' "$(size "$adref")" "$runs"
for draft in drafts/rev1.md "$work/long.md"; do
    name=$(basename "$draft")
    printf '\n%s: %s bytes, %s paragraphs; library: %s bytes in %s files\n' "$name" "$(size "$draft")" \
        "$(grep -c '^[0-9]' "$draft")" "$(cat references/*.md | wc -c | tr -d ' ')" "$(ls references/*.md | wc -l | tr -d ' ')"
    annotate=$(best "$adref" annotate "$draft" --library references --format json)
    line "adref annotate --format json" "$annotate" "$(peak "$adref" annotate "$draft" --library references --format json)"
    other=drafts/zero-draft.md
    [ "$name" = long.md ] && other=$work/longer.md
    words=$(best git diff --no-index --word-diff "$other" "$draft")
    line "git diff --no-index --word-diff" "$words" "$(peak git diff --no-index --word-diff "$other" "$draft")"
    ratio "$annotate" "$words" "the word diff"
    search=(grep -c -i 'human rights' "$draft")
    command -v rg > /dev/null && search=(rg -c -i 'human rights' "$draft")
    found=$(best "${search[@]}")
    line "${search[*]:0:2}" "$found" "$(peak "${search[@]}")"
    ratio "$annotate" "$found" "the search"
done
if command -v hyperfine > /dev/null; then
    printf '\n'
    hyperfine --warmup 2 --runs "$runs" --style basic --export-markdown "$work/table.md" \
        "$adref annotate drafts/rev1.md --format json" > /dev/null 2>&1 && cat "$work/table.md"
fi
