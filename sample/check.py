"""Holds the sample newsroom against its rules: everything that a reader would notice is complete, uneven and never ahead of time.

Run with the Python of the tests: `python sample/check.py`. It prints every fault and ends with 1 when there is one.
"""

import re
import sys
import tomllib
from collections import Counter, defaultdict
from datetime import date, datetime, timezone
from html.parser import HTMLParser
from pathlib import Path
from statistics import median, pstdev

from PIL import Image

HERE = Path(__file__).parent
KINDS = {"news", "live", "feature", "analysis", "opinion", "offbeat", "gallery", "video"}
CORRECTIONS = {"update", "clarification", "correction", "retraction"}
AGE = re.compile(r"^(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?$")
LETTERS = {"en": r"[A-Za-z]", "ru": r"[А-Яа-яЁё]", "ar": r"[\u0600-\u06ff]"}
FILLER = re.compile(r"lorem ipsum|dolor sit|\bTK\b|\bTODO\b|placeholder|article \d+\b|foo ?bar|asdf", re.I)
# Living persons, companies, states and papers that a reader would recognise: the sample's world has none of them.
REAL = re.compile(
    r"\b(Trump|Biden|Putin|Zelensk\w+|Macron|Merkel|Netanyahu|Erdo[gğ]an|Musk|Bezos|Zuckerberg|Google|Facebook|Twitter|Amazon|Microsoft|"
    r"Tesla|Boeing|Airbus|Maersk|Shell|Gazprom|NATO|Reuters|Associated Press|Guardian|BBC|Premier League|FIFA|UEFA|NASA|ESA|SpaceX|"
    r"Ukraine|Russia|Israel|Iran|China|United States|Трамп|Путин|Зеленск\w+|Макрон|Газпром|НАТО|Украин\w+|Росси[яию]|Израил\w+)\b"
    r"|ترامب|بوتين|نتنياهو|إسرائيل|أوكرانيا|روسيا"
)
RESERVED = re.compile(r"https?://|www\.|@[a-z]+\.[a-z]{2,}")

faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


class Body(HTMLParser):
    """What a story's HTML uses: pictures, links, and its words."""

    def __init__(self):
        super().__init__()
        self.pictures, self.links, self.words, self.figures, self.captions = [], [], [], 0, 0

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "img":
            self.pictures.append(named.get("data-asset"))
        elif tag == "a":
            self.links.append(named.get("data-story") or named.get("href") or "")
        elif tag == "figure":
            self.figures += 1
        elif tag == "figcaption":
            self.captions += 1

    def handle_data(self, text):
        self.words += text.split()


def read_body(html):
    body = Body()
    body.feed(html)
    return body


def minutes(age, where):
    match = AGE.match(str(age).strip())
    if not match or not any(match.groups()):
        fault(where, f"{age!r} is no age")
        return 0
    days, hours, rest = (int(part or 0) for part in match.groups())
    return days * 1440 + hours * 60 + rest


def read_story(path):
    _, head, html = path.read_text("utf-8").split("+++", 2)
    story = tomllib.loads(head)
    story.update(edition=path.parent.name, where=f"{path.parent.name}/{path.name}", html=html)
    story["body"] = read_body(html + "".join(entry.get("html", "") for entry in story.get("entry", [])))
    return story


def check_times(story):
    where = story["where"]
    made = minutes(story.get("ago", ""), where)
    if made <= 0:
        fault(where, "is not of the past")
    story["minutes"] = made
    for name, age in [("updated", story.get("updated_ago"))] + [("correction", it.get("ago")) for it in story.get("correction", [])] + [("entry", it.get("ago")) for it in story.get("entry", [])]:
        if age is not None and not 0 < minutes(age, where) <= made:
            fault(where, f"{name} at {age} is before the story or in the future")


def check_words(story):
    where, edition = story["where"], story["edition"]
    text = " ".join([story["headline"], story.get("standfirst", ""), story.get("caption", ""), " ".join(story["body"].words)])
    for pattern, what in ((FILLER, "filler"), (REAL, "a real name"), (RESERVED, "an address")):
        if found := pattern.search(text):
            fault(where, f"{what}: {found.group(0)}")
    letters = re.findall(LETTERS[edition], text)
    others = [letter for code, pattern in LETTERS.items() if code != edition for letter in re.findall(pattern, text)]
    if len(letters) < 20 * max(1, len(others)):
        fault(where, f"is not written in {edition}: {len(others)} letters of others beside {len(letters)}")
    if not 20 <= len(story["headline"]) <= 130 and story["kind"] in ("news", "live"):
        fault(where, f"the headline has {len(story['headline'])} letters")
    if len(story["body"].words) < 30:
        fault(where, "has hardly any text")


def check_references(story, newsroom, pictures, keys):
    where, edition = story["where"], newsroom["editions"][story["edition"]]
    sections, topics = ({it["slug"] for it in edition[name]} for name in ("section", "topic"))
    if story["kind"] not in KINDS:
        fault(where, f"kind {story['kind']}")
    if story["section"] not in sections:
        fault(where, f"section {story['section']}")
    for topic in story.get("topics", []):
        if topic not in topics:
            fault(where, f"topic {topic}")
    if not story.get("topics"):
        fault(where, "has no topic")
    for author in story.get("authors", []):
        if author not in newsroom["authors"]:
            fault(where, f"author {author}")
    if not story.get("authors") and not story.get("agency"):
        fault(where, "has neither author nor agency")
    if story.get("storyline") and story["storyline"] not in newsroom["storylines"]:
        fault(where, f"storyline {story['storyline']}")
    for link in story["body"].links:
        if link and link not in keys and not link.startswith("#"):
            fault(where, f"link to {link}")
    for key in filter(None, [story.get("picture"), *story["body"].pictures]):
        if key not in pictures:
            fault(where, f"picture {key}")
        else:
            check_picture_language(story, key, pictures[key])
    if None in story["body"].pictures:
        fault(where, "a picture without data-asset")
    if story["body"].captions < story["body"].figures:
        fault(where, "a figure without a caption")


def check_picture_language(story, key, picture):
    edition = story["edition"]
    if not picture.get("alt", {}).get(edition):
        fault(story["where"], f"{key} has no alt in {edition}")
    if not (story.get("caption") or picture.get("caption", {}).get(edition)):
        fault(story["where"], f"{key} has no caption in {edition}")
    picture["used"] = picture.get("used", 0) + 1


def check_corrections(story):
    for it in story.get("correction", []):
        if it.get("kind") not in CORRECTIONS:
            fault(story["where"], f"correction of kind {it.get('kind')}")
        if len(it.get("note", "")) < 30:
            fault(story["where"], "a correction does not say what was wrong")
        if it.get("before") is not None and it["before"] == it.get("after"):
            fault(story["where"], "a correction changes nothing")
    for source in story.get("source", []):
        if not source.get("kind") or not source.get("name"):
            fault(story["where"], "a source without name or kind")


def check_pictures(pictures):
    for key, picture in pictures.items():
        where = f"picture {key}"
        file = HERE / "pictures" / f"{key}.jpg"
        for name in ("credit", "creator", "rights", "kind"):
            if not picture.get(name, "").strip():
                fault(where, f"has no {name}")
        for edition, alt in picture.get("alt", {}).items():
            if len(alt) < 15 or len(alt) > 260:
                fault(where, f"alt in {edition} has {len(alt)} letters")
        if not picture.get("used"):
            fault(where, "is used by no story")
        if not file.is_file():
            fault(where, "its file is missing")
            continue
        with Image.open(file) as image:
            if image.width < 1000:
                fault(where, f"is {image.width} px wide; a phone with sharp letters needs 1000")
    for file in (HERE / "pictures").glob("*.jpg"):
        if file.stem not in pictures:
            fault(file.name, "is not in pictures.toml")


def check_newsroom(newsroom, stories):
    codes = set(newsroom["editions"])
    today = datetime.now(timezone.utc).date()
    for key, author in newsroom["authors"].items():
        for name in ("name", "role", "bio"):
            if set(author.get(name, {})) != codes:
                fault(f"author {key}", f"{name} is not in every language")
        if not any(key in story.get("authors", []) for story in stories):
            fault(f"author {key}", "wrote nothing")
    for key, line in newsroom["storylines"].items():
        for entry in line.get("entry", []):
            if set(entry["text"]) != codes or set(line["title"]) != codes:
                fault(f"storyline {key}", "is not in every language")
            if entry.get("date") and date.fromisoformat(str(entry["date"])[:10]) > today:
                fault(f"storyline {key}", f"{entry['date']} is in the future")
        if not any(story.get("storyline") == key for story in stories):
            fault(f"storyline {key}", "has no story")
    for code, edition in newsroom["editions"].items():
        for section in edition["section"]:
            if not any(story["edition"] == code and story["section"] == section["slug"] for story in stories):
                fault(f"section {code}/{section['slug']}", "is empty")
            if not section.get("description"):
                fault(f"section {code}/{section['slug']}", "has no description")
        for topic in edition["topic"]:
            if not any(story["edition"] == code and topic["slug"] in story.get("topics", []) for story in stories):
                fault(f"topic {code}/{topic['slug']}", "is empty")


def check_pages(editions):
    """The policies that the front names to machines are real pages, in every language."""
    for code in editions:
        for slug in ("about", "contact", "ethics", "ownership"):
            file = HERE / "pages" / code / f"{slug}.html"
            text = file.read_text("utf-8") if file.is_file() else ""
            if not re.match(r"<h1>[^<]{3,60}</h1>\n<p>", text):
                fault(f"page {code}/{slug}", "is missing or has no title")
            if len(re.findall(LETTERS[code], text)) < 200:
                fault(f"page {code}/{slug}", f"is not written in {code}")
            if found := REAL.search(text) or FILLER.search(text):
                fault(f"page {code}/{slug}", f"names {found.group(0)}")


def check_whole(stories, editions):
    """What only shows in the sum: enough, uneven, not all of one kind or hour."""
    if not 55 <= len(stories) <= 75:
        fault("stories", f"are {len(stories)}; about 60 are wanted")
    counts = Counter(story["edition"] for story in stories)
    for code in editions:
        if counts[code] < 12:
            fault(f"edition {code}", f"has only {counts[code]} stories")
        live = [story for story in stories if story["edition"] == code and story["kind"] == "live"]
        if len(live) != 1 or len(live[0].get("entry", [])) < 5:
            fault(f"edition {code}", "has no live story with at least five entries")
        else:
            ages = sorted(minutes(entry["ago"], live[0]["where"]) for entry in live[0]["entry"])
            gaps = {later - earlier for earlier, later in zip(ages, ages[1:])}
            if len(gaps) < len(ages) // 2:
                fault(live[0]["where"], "its entries come like clockwork")
        if not any(story.get("front") == "lead" for story in stories if story["edition"] == code):
            fault(f"edition {code}", "has no lead")
    lengths = [len(story["body"].words) for story in stories]
    if pstdev(lengths) < 0.4 * median(lengths):
        fault("stories", "are all of one length")
    titles = [len(story["headline"]) for story in stories]
    if pstdev(titles) < 12 or len({story["headline"] for story in stories}) < len(stories):
        fault("headlines", "are all of one length, or one is there twice")
    if len({story["minutes"] for story in stories if story["edition"] == "en"}) < counts["en"]:
        fault("stories", "two came in the same minute")
    if len({story["kind"] for story in stories}) < 6:
        fault("stories", "are of too few kinds")
    kinds = {it["kind"] for story in stories for it in story.get("correction", [])}
    if not {"correction", "clarification", "retraction"} <= kinds:
        fault("corrections", f"show only {sorted(kinds)}")
    if Counter(story["key"] for story in stories).most_common(1)[0][1] > 1:
        fault("stories", "one key is there twice")
    check_translations(stories, editions)


def check_translations(stories, editions):
    groups = defaultdict(list)
    for story in stories:
        if story.get("group"):
            groups[story["group"]].append(story["edition"])
    for group, found in groups.items():
        if len(set(found)) < len(found):
            fault(f"group {group}", "has two stories in one edition")
    linked = [found for found in groups.values() if len(found) > 1]
    if len(linked) < 8 or not any(set(found) == set(editions) for found in linked):
        fault("translations", f"only {len(linked)} groups link languages")


def main():
    raw = tomllib.loads((HERE / "newsroom.toml").read_text("utf-8"))
    newsroom = {
        "editions": {it["code"]: it for it in raw["edition"]},
        "authors": {it["key"]: it for it in raw["author"]},
        "storylines": {it["key"]: it for it in raw["storyline"]},
    }
    pictures = {it["key"]: it for it in tomllib.loads((HERE / "pictures.toml").read_text("utf-8"))["picture"]}
    stories = [read_story(path) for path in sorted(HERE.glob("stories/*/*.html"))]
    keys = {story["key"] for story in stories}
    for story in stories:
        check_times(story)
        check_words(story)
        check_references(story, newsroom, pictures, keys)
        check_corrections(story)
    check_pictures(pictures)
    check_newsroom(newsroom, stories)
    check_pages(newsroom["editions"])
    check_whole(stories, list(newsroom["editions"]))
    for line in faults:
        print(line)
    print(f"sample: {len(stories)} stories, {len(pictures)} pictures, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
