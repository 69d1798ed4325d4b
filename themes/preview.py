#!/usr/bin/env python3
"""Renders every template of a theme with realistic contexts, and checks what can be checked without the program.

    pip install minijinja fluent.runtime brotli
    npm i playwright-core axe-core vnu-jar          # only for --shots, --axe, --html; in $WIREROOM_NPM or the working folder

    themes/preview.py                 pages into /tmp/wireroom-preview
    themes/preview.py --check         texts, keys and sizes; exit 1 when something is wrong
    themes/preview.py --html          the Nu checker over all pages
    themes/preview.py --axe           axe-core over all pages, light and dark
    themes/preview.py --act           what the scripts do, in a browser
    themes/preview.py --shots [NAME]  pictures at 390 and 1440 px, light and dark

The stories are those of sample/; the contexts are the ones of docs/themes.md.
"""

import argparse
import copy
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import brotli
import minijinja
from fluent.runtime import FluentBundle, FluentResource

ROOT = Path(__file__).resolve().parent.parent
THEME = ROOT / "themes" / os.environ.get("WIREROOM_THEME", "ledger")
OUT = Path("/tmp/wireroom-preview")
NOW = datetime(2026, 11, 24, 14, 20, tzinfo=timezone.utc)
ORIGIN = "https://courier.example"
UI_LANGUAGES = ["en", "ru", "ar", "es", "fr", "de", "zh"]


# ---- What the program gives templates -------------------------------------------------------------------------------


class Texts:
    """The interface texts of one language."""

    def __init__(self, lang):
        self.source = (THEME / "texts" / f"{lang}.ftl").read_text("utf-8")
        self.bundle = FluentBundle([lang], use_isolating=False)
        self.bundle.add_resource(FluentResource(self.source))

    def say(self, key, **args):
        if not self.bundle.has_message(key):
            raise KeyError(f"no text {key!r}")
        text, errors = self.bundle.format_pattern(self.bundle.get_message(key).value, args)
        if errors:
            raise ValueError(f"text {key!r}: {errors}")
        return text

    def keys(self):
        return re.findall(r"^([a-z][a-z0-9_-]*) =", self.source, re.M)


TEXTS = {lang: Texts(lang) for lang in UI_LANGUAGES if (THEME / "texts" / f"{lang}.ftl").exists()}


def moment(at):
    """Microseconds or RFC 3339, as the filter takes them."""
    return datetime.fromtimestamp(at / 1e6, timezone.utc) if isinstance(at, int) else datetime.fromisoformat(at)


def written(at, style, texts, zone):
    local = moment(at).astimezone(ZoneInfo(zone))
    if style == "iso":
        return local.isoformat(timespec="seconds")
    if style == "iso-day":
        return local.date().isoformat()
    clock = f"{local:%H:%M}"
    if style == "time":
        return clock
    if style == "short" and local.year != NOW.year:
        style = "date"
    return texts.say(
        f"date-{style}",
        day=str(local.day),
        month=texts.say(f"month-{local.month}"),
        month_short=texts.say(f"month-short-{local.month}"),
        weekday=texts.say(f"weekday-{local.isoweekday()}"),
        year=str(local.year),
        time=clock,
        zone=zone_word(local),
    )


def zone_word(local):
    word = local.tzname() or "UTC"
    return word if word.isalpha() else f"UTC{word[0]}{int(word[1:3])}"


def environment(lang, zone):
    env = minijinja.Environment(
        loader=lambda name: (THEME / "templates" / name).read_text("utf-8"),
        auto_escape_callback=lambda name: name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.debug = False
    texts = TEXTS[lang]
    env.add_function("t", lambda key, **args: texts.say(key, **args))
    env.add_function("asset", lambda path: asset(path))
    env.add_filter("date", lambda at, style: written(at, style, texts, zone))
    env.add_filter("num", lambda n: f"{n:,}".replace(",", texts.say("number-group")))
    return env


def asset(path):
    if not (THEME / path).exists():
        raise FileNotFoundError(path)
    return f"assets/{path}"


# ---- Contexts out of the sample newsroom ----------------------------------------------------------------------------


def ago(text, default=None):
    """`1d 4h 10m` before now, in microseconds since 1970."""
    if not text:
        return default
    units = {"d": 1440, "h": 60, "m": 1}
    minutes = sum(int(n) * units[u] for n, u in re.findall(r"(\d+)([dhm])", text))
    return int((NOW - timedelta(minutes=minutes)).timestamp() * 1e6)


class Sample:
    def __init__(self):
        newsroom = tomllib.loads((ROOT / "sample/newsroom.toml").read_text("utf-8"))
        self.newsroom = newsroom
        pictures = tomllib.loads((ROOT / "sample/pictures.toml").read_text("utf-8"))
        self.pictures = {it["key"]: it for it in pictures["picture"]}
        self.people = {it["key"]: it for it in newsroom["author"]}

    def stories(self, code):
        found = []
        for path in sorted((ROOT / "sample/stories" / code).glob("*.html")):
            _, head, body = path.read_text("utf-8").split("+++\n", 2)
            found.append((path.stem, tomllib.loads(head), body))
        return sorted(found, key=lambda it: -(ago(it[1].get("ago"), 0) or 0))


class Edition:
    """One edition of the sample, with everything a template may ask of it."""

    def __init__(self, sample, code):
        self.sample = sample
        self.raw = next(it for it in sample.newsroom["edition"] if it["code"] == code)
        self.code = code
        self.lang = self.raw["language"].split("-")[0]
        self.sections = {it["slug"]: it for it in self.raw["section"]}
        self.topics = {it["slug"]: it for it in self.raw.get("topic", [])}
        self.all = [self.story(*it) for it in sample.stories(code)]
        self.cards = [self.card(it) for it in self.all]

    def heading(self, kind, it):
        return {"name": it["name"], "slug": it["slug"], "url": f"{kind}-{self.code}.html", "lite_url": f"lite-section-{self.code}.html"}

    def byline(self, slugs):
        people = []
        for slug in slugs:
            it = self.sample.people.get(slug, {"name": slug})
            people.append({"name": self.said(it["name"]), "url": f"author-{self.code}.html", "role": self.said(it.get("role")), "bio": self.said(it.get("bio"))})
        return people

    def said(self, text):
        return text.get(self.code) or next(iter(text.values())) if isinstance(text, dict) else text

    def picture(self, key, caption=None):
        it = self.sample.pictures.get(key)
        if not it:
            return None
        width, height = jpeg_size(ROOT / f"sample/pictures/{key}.jpg")
        return {
            "src": f"pictures/{key}.jpg",
            "srcset": f"pictures/{key}.jpg {width}w",
            "width": width,
            "height": height,
            "alt": self.said(it.get("alt", "")) or "",
            "caption": caption or self.said(it.get("caption")),
            "credit": it.get("credit"),
            "focal": {"x": 0.5, "y": 0.4},
        }

    def story(self, slug, head, body):
        live = None
        kind = head["kind"]
        section = self.sections.get(head["section"]) or next(iter(self.sections.values()))
        body = re.sub(r"<figure><img data-asset=\"([\w-]+)\">", lambda it: self.figure(it[1]), body)
        body = re.sub(r"<blockquote cite=\"([^\"]*)\">(.*?)</blockquote>", r'<blockquote class="story-quote">\2<footer><cite>\1</cite></footer></blockquote>', body, flags=re.S)
        if kind == "live":
            live = self.coverage(head)
        published = ago(head["ago"])
        return {
            "id": f"{abs(hash(slug)) % 10**9:09d}abc",
            "url": f"{self.shape(kind)}-{self.code}.html",
            "lite_url": f"lite-story-{self.code}.html",
            "kind": kind,
            "label": None,
            "breaking": head["headline"].startswith("Two dead"),
            "kicker": head.get("kicker") or None,
            "headline": head["headline"],
            "standfirst": head.get("standfirst"),
            "section": self.heading("section", section),
            "byline": self.byline(head.get("authors", [])),
            "agency": head.get("agency"),
            "dateline": head.get("dateline"),
            "published_at": published,
            "updated_at": ago(head.get("updated_ago"), published),
            "picture": self.picture(head.get("picture"), head.get("caption")),
            "corrected": head["correction"][0]["kind"] if head.get("correction") else None,
            "lang": None,
            "dir": None,
            "sublinks": [],
            "body_html": body,
            "gallery": [],
            "sources": head.get("source", []),
            "corrections": [
                {"kind": it["kind"], "at": ago(it.get("ago"), published), "note": it["note"], "url": f"versions-{self.code}.html"}
                for it in head.get("correction", [])
            ],
            "storyline": self.storyline(head.get("storyline")),
            "topics": [self.heading("topic", self.topics[it]) for it in head.get("topics", []) if it in self.topics],
            "translations": [],
            "versions_url": f"versions-{self.code}.html",
            "age_months": None,
            "related": [],
            "next": [],
            "live": live,
            "front": head.get("front"),
            "rank": head.get("rank", 99),
            "changes": head.get("correction", []),
        }

    def shape(self, kind):
        return kind if kind in ("live", "gallery", "opinion") else "story"

    def figure(self, key):
        it = self.picture(key)
        return f'<figure class="story-picture"><img src="{it["src"]}" width="{it["width"]}" height="{it["height"]}" alt="{it["alt"]}" loading="lazy">'

    def coverage(self, head):
        entries = [self.entry(i, it) for i, it in enumerate(head.get("entry", []))]
        return {
            "entries": [it for it in entries if not it["pinned"]],
            "key_events": [{"at": it["at"], "headline": it["headline"], "url": it["url"]} for it in entries if it["key"] and it["headline"]],
            "pinned": next((it for it in entries if it["pinned"]), None),
            "closed": False,
            "closed_at": None,
            "pagination": {"page": 1, "pages": 3, "prev_url": None, "next_url": f"live-{self.code}.html"},
        }

    def entry(self, i, it):
        return {
            "id": f"e{i}",
            "url": f"live-{self.code}.html#entry-e{i}",
            "at": ago(it["ago"]),
            "updated_at": ago(it["ago"]) + 9 * 60_000_000 if i == 3 else None,
            "headline": it.get("headline"),
            "body_html": it["html"],
            "key": it.get("key_event", False),
            "pinned": it.get("pinned", False),
            "byline": self.byline([it["author"]]) if it.get("author") else [],
        }

    def storyline(self, key):
        line = next((it for it in self.sample.newsroom.get("storyline", []) if it.get("key") == key or it.get("slug") == key), None)
        if not line:
            return None
        entries = [
            {"at": f"{it['date']}T12:00:00+00:00" if it.get("date") else ago(it["ago"]), "text": self.said(it.get("text") or it.get("headline")), "url": None}
            for it in line.get("entry", [])
        ]
        return {"title": self.said(line.get("title") or line.get("name")), "entries": entries, "stories": []}

    def card(self, story):
        keep = "id url lite_url kind label breaking kicker headline standfirst section byline published_at updated_at picture corrected lang dir sublinks front rank".split()
        return {key: story[key] for key in keep} | {"live": story["live"] is not None, "closed": False}

    def common(self, kind, title, **page):
        ui = self.lang if self.lang in TEXTS else "en"
        code, edition = self.code, self.raw
        pages = {"en": ["About us", "Ethics and standards", "Ownership and funding", "Contact"], "ru": ["О редакции", "Этика и стандарты", "Собственники и деньги", "Связаться"], "ar": ["عن الصحيفة", "الأخلاقيات والمعايير", "الملكية والتمويل", "اتصل بنا"]}
        return {
            "site": {"name": self.sample.newsroom["name"], "origin": ORIGIN},
            "edition": {
                "code": code, "name": edition["name"], "language": edition["language"], "dir": edition.get("direction", "ltr"),
                "tagline": edition.get("tagline"), "home_url": f"front-{code}.html", "timezone": edition["timezone"],
            },
            "editions": [
                {"code": it["code"], "name": it["name"], "language": it["language"], "url": f"front-{it['code']}.html", "current": it["code"] == code}
                for it in self.sample.newsroom["edition"]
            ],
            "ui_lang": ui,
            "ui_dir": "rtl" if ui == "ar" else "ltr",
            "nav": {
                "sections": [self.heading("section", it) | {"current": False} for it in self.sections.values()],
                "pages": [{"name": name, "url": f"page-{code}.html"} for name in pages.get(code, pages["en"])],
                "newsfeed_url": f"newsfeed-{code}.html", "search_url": f"search-{code}.html", "corrections_url": f"corrections-{code}.html",
                "topics_url": f"index-{code}.html", "authors_url": f"index-{code}.html", "sign_in_url": "sign-in-en.html",
                "lite_home_url": f"lite-front-{code}.html", "lite_newsfeed_url": f"lite-newsfeed-{code}.html", "lite_search_url": f"lite-search-{code}.html",
                "manifest_url": f"manifest-{code}.webmanifest",
                "live_url": f"/api/v1/live?edition={code}", "newsfeed_api_url": f"/api/v1/newsfeed?edition={code}&limit=50",
            },
            "page": {
                "kind": kind, "title": title, "description": edition.get("tagline"), "made_at": int(NOW.timestamp() * 1e6),
                "canonical": f"{ORIGIN}/{code}/", "alternates": [{"lang": "en-GB", "url": f"{ORIGIN}/en/"}, {"lang": "x-default", "url": f"{ORIGIN}/"}],
                "feeds": [{"type": "application/rss+xml", "title": edition["name"], "url": f"{ORIGIN}/{code}/feed.rss"}],
                "prev_url": None, "next_url": None, "lite_url": f"lite-front-{code}.html", "full_url": f"front-{code}.html", "robots": "max-image-preview:large",
                "og": {
                    "site_name": edition["name"], "type": "website", "title": title, "description": edition.get("tagline"), "url": f"{ORIGIN}/{code}/", "locale": edition["language"].replace("-", "_"),
                    "image": {"url": f"{ORIGIN}/card.png", "width": 1200, "height": 630, "alt": title}, "published_time": None, "modified_time": None, "authors": [], "section": None, "tags": [],
                },
                "json_ld": json.dumps({"@context": "https://schema.org", "@type": "NewsMediaOrganization", "name": edition["name"]}).replace("<", "\\u003c"),
            } | page,
        }

    def feed(self):
        rows = sorted(self.cards, key=lambda it: -it["published_at"])
        items = [
            {"seq": 900 - i, "at": it["published_at"], "level": "urgent" if i == 1 else "bulletin" if i == 5 else "routine", "story": it, "text": None}
            for i, it in enumerate(rows)
        ]
        flash = {"seq": 901, "at": rows[0]["published_at"] + 60_000_000, "level": "flash", "story": None, "text": rows[0]["headline"]}
        return [flash, *items]


def jpeg_size(path):
    """Width and height out of the start-of-frame segment."""
    at, bytes_ = 2, path.read_bytes()
    while bytes_[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + int.from_bytes(bytes_[at + 2 : at + 4])
    return int.from_bytes(bytes_[at + 7 : at + 9]), int.from_bytes(bytes_[at + 5 : at + 7])


# ---- The pages ------------------------------------------------------------------------------------------------------


def front_of(ed):
    placed = lambda place: sorted((it for it in ed.cards if it["front"] == place), key=lambda it: it["rank"])
    rest = [it for it in ed.cards if not it["front"]]
    lead, seconds = placed("lead"), placed("second")
    lead = copy.deepcopy((lead or ed.cards)[0])
    near = [it for it in rest if it["section"]["slug"] == lead["section"]["slug"]][:2]
    lead["sublinks"] = [{"headline": it["headline"], "url": it["url"]} for it in near]
    strips, taken = [], {lead["id"], *(it["id"] for it in seconds), *(it["id"] for it in near)}
    listed = [it for it in rest if it["id"] not in taken][:6]
    taken |= {it["id"] for it in listed}
    layouts = {"opinion": "opinion", "sport": "list", "science": "feature", "business": "ladder", "life": "pictures", "culture": "feature", "world": "feature", "politics": "ladder"}
    for slug, section in ed.sections.items():
        stories = [it for it in ed.cards if it["section"]["slug"] == slug and it["id"] not in taken]
        if len(stories) >= 2:
            strips.append({"title": section["name"], "url": f"section-{ed.code}.html", "slug": slug, "layout": layouts.get(slug), "stories": stories[:5]})
    return {
        "lead": lead, "seconds": seconds[:2], "list": listed, "live": [it for it in ed.cards if it["live"]][:2], "strips": strips,
        "most_read": [{"headline": it["headline"], "url": it["url"]} for it in ed.cards[3:13]],
    }


def story_context(ed, story, others, kind="story"):
    story = copy.deepcopy(story)
    cards = [it for it in ed.cards if it["id"] != story["id"]]
    story["related"] = [it for it in cards if it["picture"]][:4]
    story["next"] = [it | {"fragment_url": f"fragment-{ed.code}.html"} for it in cards[:4]]
    story["translations"] = [
        {"lang": it.raw["language"], "name": {"en": "English", "ru": "Русский", "ar": "العربية"}[it.code], "url": f"story-{it.code}.html", "stale": it.code == "ru"}
        for it in others if it is not ed
    ]
    og_time = moment(story["published_at"]).isoformat()
    context = ed.common("story", f"{story['headline']} | {ed.raw['name']}", lite_url=f"lite-story-{ed.code}.html", full_url=f"story-{ed.code}.html", description=story["standfirst"])
    context["page"]["og"] |= {"type": "article", "published_time": og_time, "modified_time": og_time, "section": story["section"]["name"], "tags": [it["name"] for it in story["topics"]]}
    return context | {"story": story}


def pages_of(ed, others):
    """Every template with its context: (file name, template, context)."""
    code, name = ed.code, ed.raw["name"]
    listing = {"stories": ed.cards[:12], "pagination": {"page": 2, "pages": 9, "prev_url": f"section-{code}.html", "next_url": f"section-{code}.html"}}
    first = listing | {"pagination": {"page": 1, "pages": 9, "prev_url": None, "next_url": f"section-{code}.html"}}
    section = next(iter(ed.sections.values()))
    heading = lambda it: {"name": it["name"], "slug": it["slug"], "url": "#", "description": it.get("description")}
    pick = lambda kind, need=lambda it: True: next((it for it in ed.all if it["kind"] == kind and need(it)), ed.all[0])
    front = front_of(ed)
    feed = ed.feed()
    days = []
    for item in feed:
        day = moment(item["at"]).astimezone(ZoneInfo(ed.raw["timezone"])).date()
        if not days or days[-1][0] != day:
            days.append((day, {"at": item["at"], "items": []}))
        days[-1][1]["items"].append(item)
    days = [it for _, it in days]
    author = ed.all[0]["byline"][0] if ed.all[0]["byline"] else {"name": name, "role": None, "bio": None}
    corrections = [it | {"story": {"headline": story["headline"], "url": story["url"]}} for story in ed.all for it in story["corrections"]]

    yield f"front-{code}", "front.html", ed.common("front", f"{name} – {ed.raw.get('tagline')}") | {"front": front, "newsfeed": {"items": feed[:14]}}
    context = ed.common("section", f"{section['name']} | {name}") | {"section": heading(section)} | first
    context["nav"]["sections"][0]["current"] = True
    yield f"section-{code}", "section.html", context
    yield f"topic-{code}", "topic.html", ed.common("topic", f"Topic | {name}") | {"topic": heading(next(iter(ed.topics.values())))} | listing
    yield f"author-{code}", "author.html", ed.common("author", f"{author['name']} | {name}") | {"author": {"name": author["name"], "slug": "a", "url": "#", "title": author["role"], "bio": author["bio"], "picture": None}} | first
    yield f"index-{code}", "index.html", ed.common("index", f"Topics | {name}") | {"index": {"of": "topics", "items": [heading(it) | {"about": None, "count": 7 + i * 1217} for i, it in enumerate(ed.topics.values())]}}
    wanted = [("story", pick("news", lambda it: it["corrections"] and it["picture"])), ("live", pick("live")), ("gallery", pick("gallery")), ("opinion", pick("opinion")), ("feature", pick("feature", lambda it: it["sources"])), ("analysis", pick("analysis", lambda it: it["picture"]))]
    for shape, story in wanted:
        context = story_context(ed, story, others)
        if shape == "analysis":
            context["story"]["age_months"] = 26
        yield f"{shape}-{code}", "story.html", context
        if shape == "story":
            yield f"fragment-{code}", "fragments/story.html", context
            yield f"lite-story-{code}", "lite/story.html", context
    changed = [it for it in ed.all if it["changes"]] or ed.all[:1]
    yield f"versions-{code}", "versions.html", ed.common("versions", f"{changed[0]['headline']} | {name}") | {"story": changed[0], "versions": versions(changed[0])}
    yield f"corrections-{code}", "corrections.html", ed.common("corrections", f"{name}") | {"corrections": corrections, "pagination": None}
    yield f"newsfeed-{code}", "newsfeed.html", ed.common("newsfeed", f"{name}") | {"newsfeed": {"days": days}, "pagination": {"page": 1, "pages": None, "prev_url": None, "next_url": f"newsfeed-{code}.html"}}
    results = [it | {"snippet_html": f"… {it['standfirst'][:60]} <mark>{it['headline'].split()[0]}</mark> {it['standfirst'][60:160]} …"} for it in ed.cards[:6] if it["standfirst"]]
    search = {"q": ed.cards[0]["headline"].split()[0], "total": 1243, "results": results, "error": None}
    yield f"search-{code}", "search.html", ed.common("search", f"{name}") | {"search": search, "pagination": {"page": 1, "pages": 63, "prev_url": None, "next_url": "#"}}
    standing = {"title": ed.common("standing", "")["nav"]["pages"][1]["name"], "body_html": ed.all[1]["body_html"], "updated_at": ed.all[3]["published_at"]}
    yield f"page-{code}", "page.html", ed.common("standing", f"{standing['title']} | {name}") | {"standing": standing}
    for status in (403, 404, 410, 429, 500, 503):
        error = {"status": status, "code": "x", "message": "x", "retry_after_s": 30 if status in (429, 503) else None, "request_id": "01JD3X" if status == 500 else None, "withdrawn": None, "latest": ed.cards[:5] if status in (404, 410) else []}
        if status == 410:
            error["withdrawn"] = {"headline": ed.cards[4]["headline"], "at": ed.cards[4]["published_at"], "reason": ed.cards[4]["standfirst"]}
        yield f"error-{status}-{code}", "error.html", ed.common("error", f"{status} | {name}", canonical=None, og=None, json_ld=None, robots="noindex") | {"error": error}
    form = lambda **more: {"action": "#", "error": None, "errors": {}, "values": {}, "token": None, "next": None} | more
    quiet = {"canonical": None, "og": None, "json_ld": None, "robots": "noindex", "alternates": [], "feeds": [], "lite_url": None}
    texts = TEXTS[ed.lang]
    yield f"setup-{code}", "setup.html", ed.common("form", name, **quiet) | {"form": form(token="abc")}
    yield f"sign-in-{code}", "sign-in.html", ed.common("form", name, **quiet) | {"form": form(error=texts.say("error-other-title"), errors={"email": texts.say("error-other-text")}, values={"email": "ruth@courier.example"}, next="/desk/")}
    totp = {"mode": "enrol", "secret": "JBSW Y3DP EHPK 3PXP", "otpauth_url": "otpauth://totp/Courier:ruth?secret=JBSWY3DPEHPK3PXP&issuer=Courier", "qr_path": "M4 4h7v7h-7zM18 4h7v7h-7zM4 18h7v7h-7zM13 5h1v3h2v2h-3zM14 14h3v1h2v4h-3v-2h-2z", "qr_size": 29}
    yield f"totp-enrol-{code}", "totp.html", ed.common("form", name, **quiet) | {"totp": totp, "form": form()}
    yield f"totp-renew-{code}", "totp.html", ed.common("form", name, **quiet) | {"totp": totp | {"asks_password": True}, "form": form(errors={"present": texts.say("wrong-present"), "code": texts.say("wrong-code")})}
    yield f"totp-verify-{code}", "totp.html", ed.common("form", name, **quiet) | {"totp": totp | {"mode": "verify"}, "form": form()}
    for asks in ("invitation", "reset", "change"):
        yield f"password-{asks}-{code}", "password.html", ed.common("form", name, **quiet) | {"password": {"asks": asks}, "form": form(token=None if asks == "change" else "abc", values={"email": "ruth@courier.example"}, errors={"password": texts.say("wrong-password-short", count=12)})}
    yield f"link-{code}", "link.html", ed.common("form", name, **quiet) | {"link": {"why": texts.say("link-used"), "sign_in_url": "#"}}
    sessions = [{"device": "Firefox, Linux", "current": True, "started_at": ago("2d 4h"), "last_seen_at": ago("1m"), "end_url": "#1"}, {"device": "Safari, iPhone", "current": False, "started_at": ago("9d 1h"), "last_seen_at": ago("20h"), "end_url": "#2"}]
    tokens = [{"name": "wire desk", "scope": "desk", "made_at": ago("40d"), "last_used_at": ago("3m"), "end_url": "#3"}, {"name": "archive", "scope": "read", "made_at": ago("300d"), "last_used_at": None, "end_url": "#4"}]
    account = {"name": author["name"], "email": "ruth@courier.example", "role": "owner", "notice": None, "desk_url": "/desk/", "totp": True, "totp_url": "#", "password_url": "#", "recovery_left": 10, "recovery_codes": [f"{it}bcd-efgh-ijkl-mnop-qrst-uv{n}7" for n, it in enumerate("abcdefghij", 10)], "sign_out_url": "#", "new_token": "wr_3f0d9a7c5b1e4f60_kept_by_you", "sessions": sessions, "tokens": tokens}
    yield f"account-{code}", "account.html", ed.common("account", name, **quiet) | {"account": account, "form": form()}
    lite = {"full_url": f"front-{code}.html"}
    yield f"lite-front-{code}", "lite/front.html", ed.common("front", name, **lite) | {"front": front}
    yield f"lite-section-{code}", "lite/section.html", ed.common("section", name, **lite) | {"section": heading(section)} | listing
    yield f"lite-newsfeed-{code}", "lite/newsfeed.html", ed.common("newsfeed", name, **lite) | {"newsfeed": {"days": days}, "pagination": None}
    yield f"lite-search-{code}", "lite/search.html", ed.common("search", name, **lite) | {"search": search, "pagination": None}


def versions(story):
    """The corrections of a story as what changed, with the first publication at the end."""
    listed = [
        {"number": len(story["changes"]) + 1 - i, "at": ago(it.get("ago"), story["published_at"]), "kind": it["kind"], "note": it["note"], "headline_before": None, "headline_after": None,
         "diff_html": f"<p>… <del>{it['before']}</del> <ins>{it['after']}</ins> …</p>" if it.get("before") else None}
        for i, it in enumerate(story["changes"])
    ]
    if listed:
        listed[0] |= {"headline_before": story["headline"] + "?", "headline_after": story["headline"]}
    return [*listed, {"number": 1, "at": story["published_at"], "kind": "publication", "note": None, "headline_before": None, "headline_after": None, "diff_html": None}]


def borrowed(ed):
    """The English front as an edition whose language has no interface texts."""
    other = copy.copy(ed)
    other.raw = ed.raw | {"language": "sw", "code": "sw"}
    other.lang = "sw"
    return other


def render():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    (OUT / "assets").symlink_to(THEME)
    (OUT / "pictures").symlink_to(ROOT / "sample/pictures")
    sample = Sample()
    editions = [Edition(sample, it["code"]) for it in sample.newsroom["edition"] if it["code"] in ("en", "ru", "ar")]
    made = {}
    for ed in editions:
        env = environment(ed.lang, ed.raw["timezone"])
        for name, template, context in pages_of(ed, editions):
            made[name] = env.render_template(template, **context)
        made[f"manifest-{ed.code}.webmanifest"] = env.render_template("manifest.webmanifest", **ed.common("front", ""))
        json.loads(made[f"manifest-{ed.code}.webmanifest"])
        made[f"card-{ed.code}.svg"] = env.render_template("card.svg", card=link_card(ed))
    env = environment("en", "Africa/Nairobi")
    made["front-sw"] = env.render_template("front.html", **borrowed(editions[0]).common("front", "Habari") | {"front": front_of(editions[0]), "newsfeed": None})
    # The other interface languages, on the English stories.
    for lang in TEXTS:
        if lang not in ("en", "ru", "ar"):
            other = copy.copy(editions[0])
            other.raw, other.lang = editions[0].raw | {"language": lang}, lang
            context = story_context(other, next(it for it in other.all if it["sources"]), editions)
            made[f"story-{lang}"] = environment(lang, "Europe/Berlin").render_template("story.html", **context)
    for ed in editions:
        items = [it | {"at": moment(it["at"]).isoformat()} for it in ed.feed()]
        (OUT / f"newsfeed-{ed.code}.json").write_text(json.dumps({"items": items, "next": None}), "utf-8")
    for name, text in made.items():
        (OUT / (name if "." in name else f"{name}.html")).write_text(text, "utf-8")
    return made


def link_card(ed):
    """Breaks the headline as the program would, by a rough width."""
    story, lines = ed.all[0], []
    for word in story["headline"].split():
        if lines and len(lines[-1]) + len(word) < 27:
            lines[-1] += " " + word
        else:
            lines.append(word)
    script = {"ru": "cyrillic", "ar": "arabic"}.get(ed.code, "latin")
    names = ", ".join(it["name"] for it in story["byline"])
    date = written(story["published_at"], "date", TEXTS[ed.lang], ed.raw["timezone"])
    return {"lines": lines[:4], "font_size": 66, "dir": ed.raw.get("direction", "ltr"), "script": script, "name": ed.raw["name"], "section": story["section"]["name"], "byline": names, "date": date, "live": False, "rule": None}


# ---- Checks ---------------------------------------------------------------------------------------------------------


def check(made):
    wrong = []
    wrong += check_texts()
    wrong += check_pages(made)
    wrong += check_sizes(made)
    for line in wrong:
        print("wrong:", line)
    print(f"{len(made)} pages, {len(TEXTS)} languages, {len(wrong)} faults")
    return not wrong


def check_texts():
    """Same keys everywhere, with every plural form of the language; templates use only keys that are there."""
    plurals = {"en": {"one", "other"}, "de": {"one", "other"}, "ru": {"one", "few", "many", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}, "es": {"one", "many", "other"}, "fr": {"one", "many", "other"}, "zh": {"other"}}
    wrong = [f"texts/{lang}.ftl is missing" for lang in UI_LANGUAGES if lang not in TEXTS]
    keys = {lang: TEXTS[lang].keys() for lang in TEXTS}
    for lang, own in keys.items():
        wrong += [f"{lang}: {key} twice" for key in set(own) if own.count(key) > 1]
        wrong += [f"{lang}: no {key}" for key in sorted(set(keys["en"]) - set(own))]
        wrong += [f"{lang}: {key} is not in English" for key in sorted(set(own) - set(keys["en"]))]
        for key, forms in re.findall(r"^([a-z0-9-]+) = \{ \$count ->(.*?)^  \}", TEXTS[lang].source, re.M | re.S):
            has = set(re.findall(r"^\s+\*?\[(\w+)\]", forms, re.M))
            if has != plurals[lang]:
                wrong.append(f"{lang}: {key} has the forms {sorted(has)}, not {sorted(plurals[lang])}")
    sources = {path: path.read_text("utf-8") for path in (THEME / "templates").rglob("*.html")}
    for path, source in sources.items():
        for key in re.findall(r"\bt\(\s*[\"']([a-z0-9-]+)[\"']\s*[,)]|forms\([\"']([a-z0-9-]+)[\"']\)", source):
            key = key[0] or key[1]
            if key not in keys["en"]:
                wrong.append(f"{path.name}: no text {key}")
    used = " ".join([*sources.values(), *(it.read_text("utf-8") for it in (ROOT / "crates").glob("*/src/**/*.rs"))])
    stems = set(re.findall(r"t\([\"']([a-z-]+-)[\"'] ~", used)) | {"date-", "month-", "weekday-", "number-", "error-"}
    for key in keys["en"]:
        if f'"{key}"' not in used and f"'{key}'" not in used and not any(key.startswith(stem) for stem in stems):
            wrong.append(f"text {key} is used nowhere")
    return wrong


def check_pages(made):
    """What the Content-Security-Policy would refuse, and texts that never got an answer."""
    wrong = []
    for name, text in made.items():
        if "." in name:
            continue
        for bad in (r"<style", r"\sstyle=", r"\son[a-z]+=", r"javascript:", r"<script(?![^>]*(src=|type=\"application/))", r"\bundefined\b", r">\s*none\b", r"\bnone\s*<"):
            if re.search(bad, text):
                wrong.append(f"{name}: {bad} {re.search(bad, text)[0]!r}")
        ids = re.findall(r'\sid="([^"]+)"', text)
        wrong += [f"{name}: id {it} twice" for it in set(ids) if ids.count(it) > 1]
    styles = (THEME / "styles/ledger.css").read_text("utf-8")
    physical = re.findall(r"[\s;{](margin|padding|border)-(left|right|top|bottom)|[\s;{](left|right|top|bottom|width|height|min-width|max-width):", re.sub(r"\(.*?\)", "", styles))
    wrong += [f"ledger.css: {it} is not logical" for it in physical]
    return wrong


def check_sizes(made):
    press = lambda data: len(brotli.compress(data))
    read = lambda path: (THEME / path).read_bytes()
    sizes = {
        "ledger.css, brotli": (press(read("styles/ledger.css")), 14_000),
        "scripts, gzip": (sum(len(gzip.compress(it.read_bytes())) for it in (THEME / "scripts").glob("*.js")), 25_000),
        "story HTML and CSS, brotli": (max(press(text.encode()) for name, text in made.items() if name.split("-")[0] in ("story", "live", "feature")) + press(read("styles/ledger.css")), 40_000),
        "front HTML and CSS, brotli": (max(press(made[f"front-{it}"].encode()) for it in ("en", "ru", "ar")) + press(read("styles/ledger.css")), 40_000),
        "lite page and its CSS, plain": (max(len(text.encode()) for name, text in made.items() if name.startswith("lite-")) + len(read("styles/lite.css")), 15_000),
        "Latin fonts": (len(read("fonts/source-serif-4-latin.woff2")) + len(read("fonts/source-sans-3-latin.woff2")), 80_000),
        "card fonts": (sum(it.stat().st_size for it in (THEME / "fonts/card").glob("*.ttf")), 600_000),
    }
    for name, (size, limit) in sizes.items():
        print(f"{size:>8} of {limit:>7}  {name}")
    return [f"{name}: {size} bytes, the limit is {limit}" for name, (size, limit) in sizes.items() if size > limit]


# ---- Tools from npm -------------------------------------------------------------------------------------------------


def npm(path):
    folder = Path(os.environ.get("WIREROOM_NPM", ".")) / "node_modules"
    return folder / path


def check_html():
    jar = npm("vnu-jar/build/dist/vnu.jar")
    pages = sorted(str(it) for it in OUT.glob("*.html") if not it.name.startswith("fragment"))
    return subprocess.run(["java", "-jar", str(jar), "--errors-only", *pages]).returncode == 0


def browse(task, only):
    script = Path(__file__).with_name("preview.mjs")
    env = os.environ | {"NODE_PATH": str(npm("")), "PREVIEW_OUT": str(OUT), "PREVIEW_NPM": str(npm("").resolve())}
    return subprocess.run(["node", str(script), task, *only], env=env).returncode == 0


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("check", "html", "axe", "act"):
        asked.add_argument(f"--{flag}", action="store_true")
    asked.add_argument("--shots", nargs="*", metavar="NAME")
    asked = asked.parse_args()
    made = render()
    good = [True]
    if asked.check:
        good.append(check(made))
    if asked.html:
        good.append(check_html())
    if asked.axe:
        good.append(browse("axe", []))
    if asked.act:
        good.append(browse("act", []))
    if asked.shots is not None:
        good.append(browse("shots", asked.shots))
    print(OUT)
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
