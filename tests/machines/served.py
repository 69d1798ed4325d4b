"""The site under test as a program sees it: answers, the lists that have feeds, the stories."""

import json
import os
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

ORIGIN = os.environ.get("WIREROOM", "http://127.0.0.1:8080").rstrip("/")


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


_opener = urllib.request.build_opener(_Stay)


def ask(path, **headers):
    """Asks for a path or an address of the site; redirects are answers like others."""
    address = urljoin(ORIGIN, path)
    assert address.startswith(ORIGIN), f"{address} is not of this site"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, headers=named)
    try:
        with _opener.open(request, timeout=30) as answer:
            return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
    except urllib.error.HTTPError as answer:
        return Answer(answer.code, {k.lower(): v for k, v in answer.headers.items()}, answer.read())


def editions():
    return ask("/api/v1/editions").json["items"]


def stories(edition):
    """All public stories of an edition, newest first."""
    found, cursor = [], None
    while True:
        after = f"&cursor={cursor}" if cursor else ""
        page = ask(f"/api/v1/stories?edition={edition}&limit=50{after}").json
        found += page["items"]
        cursor = page["next"]
        if not cursor:
            return found


def path_of(story):
    return urlsplit(story["url"]).path


def links(path, prefix):
    """The addresses under `prefix` that a page links to."""
    hrefs = (unescape(href) for href in re.findall(r'<a\b[^>]*?\shref="([^"]*)"', ask(path).text))
    return sorted({href for href in hrefs if href.startswith(prefix)})


def lists():
    """Every list that has feeds: editions, sections, topics, authors."""
    for edition in editions():
        home = f"/{edition['code']}"
        yield f"{home}/"
        yield from (f"{home}/{section['slug']}/" for section in edition["sections"])
        for kind in ("topics", "authors"):
            yield from (f"{href}/" for href in links(f"{home}/{kind}", f"{home}/{kind}/"))
