#!/bin/sh
# Fetches the three IBM Plex families (SIL Open Font License 1.1) from npm and
# unpacks the weights the drawings use into ./fonts (not committed).
set -eu
cd "$(dirname "$0")"
mkdir -p fonts && cd fonts
npm pack --silent @ibm/plex-sans@1.1.0 @ibm/plex-sans-arabic@1.1.0 @ibm/plex-serif@2.0.0 >/dev/null
for archive in *.tgz; do tar xzf "$archive" --wildcards 'package/fonts/complete/woff/*.woff' --strip-components=4; rm "$archive"; done
python3 - <<'PY'
import glob, os
from fontTools.ttLib import TTFont
for path in glob.glob("*.woff"):
    font = TTFont(path)
    font.flavor = None
    font.save(path[:-5] + ".ttf")
    os.remove(path)
PY
