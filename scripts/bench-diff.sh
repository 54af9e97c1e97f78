#!/usr/bin/env bash
# Makes pairs of revisions of 40, 400 and 4,000 paragraphs from official texts in FOLDERS and prints, in one run, the
# best wall time of N runs of the whole process, the peak memory, and the time beside that of `git diff --word-diff`:
# for `adref diff` and for the word diffs of plain text that are installed. hyperfine measures where it is installed.
# `N=10 scripts/bench-diff.sh ../shared/data/un/akn/ga ../shared/data/un/akn/ecosoc`
# A pair that is there already: `PAIRS=folder scripts/bench-diff.sh`, with folders that hold `old.md` and `new.md`.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${N:-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build --release --locked --quiet --bins
target=${CARGO_TARGET_DIR:-target}/release
adref=$(realpath "$target/adref")
if [ -z "${PAIRS:-}" ]; then
    PAIRS=$work/pairs
    cargo build --release --locked --quiet --example revisions
    "$target/examples/revisions" --write "$PAIRS" --kind plain --sizes 40,400,4000 "$@"
fi

# A word diff exits with 1 where texts differ; 2 and more is a fault.
differs() { "$@" > /dev/null 2> "$work/said" || [ $? -eq 1 ]; }

# Best wall time of N runs, in milliseconds.
best() {
    if command -v hyperfine > /dev/null; then
        hyperfine --shell none --ignore-failure --warmup 1 --runs "$runs" --export-csv "$work/times.csv" \
            "$(printf '%q ' "$@")" > /dev/null 2>&1
        awk -F, 'NR == 2 { printf "%.1f", $(NF - 1) * 1000 }' "$work/times.csv"
        return
    fi
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
    if [ -x /usr/bin/time ] && /usr/bin/time -f %M true 2> /dev/null; then
        { /usr/bin/time -f %M "$@" 2>&1 > /dev/null || true; } | awk '/^[0-9]+$/ { kb = $0 } END { printf "%.1f", kb / 1024 }'
    else
        printf '?'
    fi
}

# One line for a program: name, time, memory, and the time beside that of git.
measure() {
    local name=$1
    shift
    if ! command -v "$1" > /dev/null; then
        printf '%-36s not installed\n' "$name"
    elif ! differs "$@"; then
        printf '%-36s failed: %s\n' "$name" "$(head -1 "$work/said")"
    else
        local took
        took=$(best "$@")
        [ "$name" = "$git" ] && yardstick=$took
        printf '%-36s %9s ms %8s MB %8s\n' "$name" "$took" "$(peak "$@")" \
            "$(awk -v a="$took" -v b="$yardstick" 'BEGIN { if (b > 0) printf "%.2f ×", a / b }')"
    fi
}

git='git diff --no-index --word-diff'
printf '%s cores; best of %s runs, whole process; the ratio is to %s\n' "$(nproc)" "$runs" "$git"
for pair in $(find "$PAIRS" -name old.md -exec dirname {} \; | awk -F- '{ print $NF, $0 }' | sort -n | cut -d' ' -f2-); do
    old=$pair/old.md new=$pair/new.md
    printf '\n%s: %s and %s paragraphs, %s and %s bytes\n' "$(basename "$pair")" \
        "$(grep -c '^[0-9]' "$old")" "$(grep -c '^[0-9]' "$new")" \
        "$(wc -c < "$old" | tr -d ' ')" "$(wc -c < "$new" | tr -d ' ')"
    yardstick=
    measure "$git" git diff --no-index --word-diff "$old" "$new"
    measure 'adref diff --format json' "$adref" diff "$old" "$new" --format json
    measure 'wdiff' wdiff "$old" "$new"
    measure 'dwdiff' dwdiff "$old" "$new"
done
