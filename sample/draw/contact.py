"""A contact sheet of every picture, to look over what was drawn: contact.py OUT.png [key-prefix…]"""

import glob
import os
import sys

from PIL import Image, ImageDraw

PICTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pictures")


def sheet(out, prefixes, across=4, cell=(420, 300)):
    paths = [p for p in sorted(glob.glob(os.path.join(PICTURES, "*.jpg"))) if not prefixes or os.path.basename(p).startswith(tuple(prefixes))]
    rows = -(-len(paths) // across)
    page = Image.new("RGB", (across * cell[0], rows * (cell[1] + 26)), "white")
    pen = ImageDraw.Draw(page)
    for i, path in enumerate(paths):
        small = Image.open(path)
        small.thumbnail((cell[0] - 10, cell[1] - 6))
        x, y = (i % across) * cell[0] + 5, (i // across) * (cell[1] + 26)
        page.paste(small, (x, y))
        pen.text((x, y + cell[1] - 2), os.path.basename(path), fill="black")
    page.save(out)


if __name__ == "__main__":
    sheet(sys.argv[1], sys.argv[2:])
