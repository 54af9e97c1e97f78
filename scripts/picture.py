"""Coloured terminal output on stdin, printed paragraph numbers as arguments; an HTML page on stdout.

The page shows the head, the paragraphs asked for under their headings, and the last lines of the output.
A line of dots stands where paragraphs were left out.
"""

import html
import re
import sys

ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
COLOURS = {"33": "#0060d0", "35": "#00803f", "172": "#b06000"}
LINE, COLUMN, EDGE, COLUMNS = 20, 8.43, 18, 102


def dressed(line):
    """One line with its escape sequences turned into spans."""
    out, opened = [], 0
    pieces = ESCAPE.split(line)
    out.append(html.escape(pieces[0]))
    for codes, text in zip(pieces[1::2], pieces[2::2]):
        style = []
        if colour := re.search(r"38;5;(\d+)", codes):
            style.append(f"color:{COLOURS.get(colour[1], '#000')}")
            codes = codes.replace(colour[0], "")
        names = {"1": "font-weight:bold", "2": "color:#6a6a6a", "9": "text-decoration:line-through"}
        style += [names[code] for code in codes.split(";") if code in names]
        if style:
            out.append(f'<span style="{";".join(style)}">')
            opened += 1
        else:
            out.append("</span>" * opened)
            opened = 0
        out.append(html.escape(text))
    return "".join(out) + "</span>" * opened


def chosen(text, wanted):
    """The blocks to show; None stands where some were left out."""
    blocks = text.rstrip("\n").split("\n\n")
    head, *middle, foot = blocks
    shown, heading, left_out = [head], None, False
    for block in middle:
        plain = ESCAPE.sub("", block)
        # Three kinds of block: a heading, a paragraph that begins with its number, text in the margin.
        number = re.match(r"(\S+(?: bis)?)  +[A-Z]{3}", plain)
        if number is None:
            heading = block
        elif number[1] in wanted:
            shown += ([None] if left_out else []) + ([heading] if heading else []) + [block]
            heading, left_out = None, False
        else:
            left_out = True
    return shown + ([None] if left_out else []) + [foot]


lines = ["<b>$ adref annotate drafts/rev1.md</b>", ""]
for block in chosen(sys.stdin.read(), set(sys.argv[1:])):
    if block is None:
        lines[-1] = '<span style="color:#999">···</span>'
    else:
        lines += [*map(dressed, block.split("\n")), ""]
lines.pop()
width, height = round(COLUMNS * COLUMN + 2 * EDGE), len(lines) * LINE + 2 * EDGE
print(f"""<!doctype html><meta charset="utf-8"><body data-size="{width},{height}" style="margin:0;background:#fff">
<pre style="margin:{EDGE}px;color:#1a1a1a;font:14px/{LINE}px 'DejaVu Sans Mono',monospace">""", end="")
print("\n".join(lines) + "</pre>")
