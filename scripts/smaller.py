"""A PNG file as Chromium writes it, named as argument; the same file with 256 colours, a third as large."""

import struct
import sys
import zlib
from collections import Counter


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def read(png):
    """Width, height, and the pixels as bytes of red, green and blue."""
    at, packed, facts = 8, b"", None
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at : at + 8])
        data = png[at + 8 : at + 8 + size]
        facts = struct.unpack(">IIBBBBB", data) if name == b"IHDR" else facts
        packed += data if name == b"IDAT" else b""
        at += size + 12
    width, height, depth, kind, *_ = facts
    assert depth == 8 and kind in (2, 6), "eight bits a channel, with or without transparency"
    step = 3 if kind == 2 else 4
    raw, row, out = zlib.decompress(packed), width * step, bytearray()
    before = bytearray(row)
    for y in range(height):
        method, line = raw[y * (row + 1)], bytearray(raw[y * (row + 1) + 1 : (y + 1) * (row + 1)])
        for i in range(row):
            left = line[i - step] if i >= step else 0
            up, corner = before[i], before[i - step] if i >= step else 0
            near = left + up - corner
            guess = min((abs(near - left), 0, left), (abs(near - up), 1, up), (abs(near - corner), 2, corner))[2]
            line[i] = (line[i] + (0, left, up, (left + up) // 2, guess)[method]) & 255
        before = line
        out += line if step == 3 else bytes(b for i, b in enumerate(line) if i % 4 < 3)
    return width, height, bytes(out)


def main(path):
    with open(path, "rb") as file:
        width, height, pixels = read(file.read())
    colours = [pixels[i : i + 3] for i in range(0, len(pixels), 3)]
    palette = [colour for colour, _ in Counter(colours).most_common(256)]
    place = {colour: index for index, colour in enumerate(palette)}
    for colour in set(colours) - place.keys():
        apart = lambda index: sum((a - b) ** 2 for a, b in zip(colour, palette[index]))
        place[colour] = min(range(len(palette)), key=apart)
    rows = (bytes(place[c] for c in colours[y * width : (y + 1) * width]) for y in range(height))
    facts = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", facts) + chunk(b"PLTE", b"".join(palette)))
        file.write(chunk(b"IDAT", packed) + chunk(b"IEND", b""))


main(sys.argv[1])
