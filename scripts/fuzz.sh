#!/usr/bin/env bash
# Runs the fuzz targets (all of them, or those named) for N seconds each, from the samples of the repository and any
# FOLDERS of files given in `SEEDS`; prints one line a target and stops at the first that fails, with the file that did.
# `N=60 scripts/fuzz.sh`, `N=600 SEEDS=../shared/data/un scripts/fuzz.sh read_akn`
#
# libFuzzer needs no nightly compiler: what `cargo fuzz` passes to it is passed here, but for the address sanitizer,
# which has little to find in a crate that forbids unsafe code nearly everywhere.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${N:-60}
host=$(rustc -vV | sed -n 's/^host: //p')
built=${CARGO_TARGET_DIR:-$PWD/target}/fuzz
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=3"
coverage+=" -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
(
    cd fuzz
    # A target named, so that build scripts are not instrumented as well.
    RUSTFLAGS="$coverage -Cdebug-assertions -Coverflow-checks --cfg fuzzing" CARGO_TARGET_DIR=$built \
        cargo build --release --locked --quiet --target "$host" --bins
)

# Each target's own kinds of file; where two texts are wanted, they are parted by a NUL byte.
seed() {
    local target=$1 into=$2 folder one other
    case $target in
    read_akn) find tests/akn ${SEEDS:-} -name '*.xml' ;;
    read_docx) find ${SEEDS:-tests/docx} -name '*.docx' ;;
    read_page) find tests/plain tests/html ${SEEDS:-} \( -name '*.txt' -o -name '*.html' \) ;;
    read_pdf) find ${SEEDS:-tests} -name '*.pdf' ;;
    *) find drafts references tests/checks tests/citations -name '*.md' ;;
    esac | shuf -n 400 --random-source=README.md | while read -r one; do
        cp "$one" "$into/$(echo "$one" | tr '/ ' '__')"
    done
    case $target in
    read_docx)
        for folder in tests/docx/*/word; do
            for part in document numbering styles footnotes comments _rels/document.xml.rels; do
                cat "$folder/${part%.xml*}.xml" 2> /dev/null || true
                printf '\0'
            done > "$into/parts-$(basename "$(dirname "$folder")")"
        done
        ;;
    annotate | check | diff)
        for one in drafts/*.md tests/diff/new.md; do
            case $one in
            drafts/*) other=references/a-res-70-125.md ;;
            *) other=${one%new.md}old.md ;;
            esac
            { cat "$one"; printf '\0'; cat "$other"; } > "$into/two-$(echo "$one" | tr / _)"
        done
        ;;
    esac
}

targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(basename -s .rs -a fuzz/fuzz_targets/*.rs)
for target in "${targets[@]}"; do
    corpus=$built/corpus/$target
    mkdir -p "$corpus" "$built/found"
    seed "$target" "$corpus"
    log=$built/found/$target.log
    if ! "$built/$host/release/$target" "$corpus" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 \
        -max_len=60000 -artifact_prefix="$built/found/$target-" > "$log" 2>&1; then
        grep -E 'panicked|^SUMMARY|ERROR|Test unit written' -A 1 "$log" >&2
        echo "$target: failed; $log says more" >&2
        exit 1
    fi
    awk -v target="$target" '/^Done/ { runs = $2; took = $5 } /cov:/ { for (i = 1; i < NF; i++) if ($i == "cov:") cov = $(i + 1) }
        END { printf "%-14s %9d runs in %4d s, %6d places reached\n", target, runs, took, cov }' "$log"
done
