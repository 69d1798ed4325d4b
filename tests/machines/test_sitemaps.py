"""The sitemaps are valid by schema, name every story once and nothing else, and the news of two days."""

import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

from lxml import etree

import served

HERE = Path(__file__).parent
CORPUS = HERE / "../../../shared/corpus/schemas/sitemap/sitemap.xsd"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def schemas():
    """Our own reading of the protocol, and the protocol's own file where the corpus is."""
    yield etree.XMLSchema(etree.parse(HERE / "schemas/sitemap.xsd"))


def fetch(path):
    answer = served.ask(path)
    assert answer.status == 200, (path, answer.status)
    return etree.fromstring(answer.body)


def parts():
    index = fetch("/sitemap.xml")
    return [loc.text for loc in index.iter(f"{MAP}loc") if "/sitemap-news" not in loc.text]


class Sitemaps(unittest.TestCase):
    def test_all_are_valid_by_schema(self):
        for schema in schemas():
            for path in ["/sitemap.xml", "/sitemap-news.xml", *parts()]:
                with self.subTest(path):
                    schema.assertValid(fetch(path))

    @unittest.skipUnless(CORPUS.exists(), "the corpus is not here")
    def test_the_protocols_own_schema_takes_the_lists(self):
        schema = etree.XMLSchema(etree.parse(CORPUS))
        for path in ["/sitemap-news.xml", *parts()]:
            tree = fetch(path)
            for extension in [element for element in tree.iter() if not element.tag.startswith(MAP)]:
                if extension.getparent() is not None and extension.getparent().tag.startswith(MAP):
                    extension.getparent().remove(extension)
            schema.assertValid(tree)

    def test_they_name_every_story_once_and_nothing_else(self):
        named = [url.findtext(f"{MAP}loc") for part in parts() for url in fetch(part).iter(f"{MAP}url")]
        public = [story["url"] for edition in served.editions() for story in served.stories(edition["code"])]
        self.assertEqual(sorted(named), sorted(public))

    def test_the_news_are_those_of_two_days(self):
        since = datetime.now(timezone.utc) - timedelta(days=2)
        fresh = set()
        for edition in served.editions():
            for story in served.stories(edition["code"]):
                if datetime.fromisoformat(story["published_at"].replace("Z", "+00:00")) > since:
                    fresh.add(story["url"])
        named = [url.findtext(f"{MAP}loc") for url in fetch("/sitemap-news.xml").iter(f"{MAP}url")]
        self.assertEqual(sorted(named), sorted(fresh))
        self.assertTrue(fresh)
        names = {edition["name"] for edition in served.editions()}
        for name in fetch("/sitemap-news.xml").iter(f"{NEWS}name"):
            self.assertIn(name.text, names)

    def test_translations_name_each_other(self):
        groups = {}
        for part in parts():
            for url in fetch(part).iter(f"{MAP}url"):
                links = {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
                if links:
                    groups[url.findtext(f"{MAP}loc")] = links
        self.assertTrue(groups, "the sample has translations")
        for loc, links in groups.items():
            self.assertIn(loc, links.values(), "a page names itself")
            for href in links.values():
                self.assertEqual(groups.get(href), links, f"{loc} and {href} differ")

    def test_robots_name_the_sitemaps_and_keep_private_rooms_shut(self):
        answer = served.ask("/robots.txt")
        self.assertEqual(answer.status, 200)
        self.assertTrue(answer.headers["content-type"].startswith("text/plain"))
        lines = answer.text.splitlines()
        for path in ("/sitemap.xml", "/sitemap-news.xml"):
            self.assertIn(f"Sitemap: {served.ORIGIN}{path}", lines)
        for path in ("/desk/", "/me/", "/api/"):
            self.assertIn(f"Disallow: {path}", lines)


if __name__ == "__main__":
    unittest.main()
