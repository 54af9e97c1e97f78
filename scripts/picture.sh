#!/bin/sh
# Makes the pictures in README.md and in docs/: docs/annotate.png from what the tool prints for the sample draft, and
# docs/page.png from the page it writes of it.
# Needs: adref (built by cargo, or named in $ADREF), python3, chromium, and Node, which tests/browser/run has set up.
set -eu
cd "$(dirname "$0")/.."
adref=${ADREF:-target/debug/adref}
[ -x "$adref" ] || cargo build --locked
page=$(mktemp --suffix .html)
trap 'rm -f "$page"' EXIT

COLUMNS=100 "$adref" annotate drafts/rev1.md --color always | python3 scripts/picture.py 5 6 8 10 >"$page"

# The page says how high it is, so that the picture ends where the text ends.
size=$(sed -n 's/.*data-size="\([0-9,]*\)".*/\1/p' "$page")
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1.5 \
    --window-size="$size" --screenshot=docs/annotate.png "file://$page" 2>/dev/null
python3 scripts/smaller.py docs/annotate.png
ls -l docs/annotate.png

"$adref" annotate drafts/rev1.md --output target/browser/pages/annotate.html
cp scripts/page.mjs target/browser/
(cd target/browser && node page.mjs pages/annotate.html ../../docs/page.png)
python3 scripts/smaller.py docs/page.png
ls -l docs/page.png
