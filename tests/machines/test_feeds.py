"""Every list has an RSS, an Atom and a JSON feed that foreign readers take without a complaint."""

import re
import unittest
from datetime import datetime
from email.utils import parsedate_to_datetime

import feedparser
from lxml import etree, html

import served

ATOM = "{http://www.w3.org/2005/Atom}"
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


def feeds(kind):
    for place in served.lists():
        yield f"{place}feed.{kind}"


def relative(content):
    """The addresses in an item's HTML that a reader elsewhere could not follow."""
    if not content.strip():
        return []
    tree = html.fragment_fromstring(content, create_parent="div")
    found = [value for element in tree.iter() for name, value in element.items() if name in ("href", "src")]
    return [value for value in found if not re.match(r"(https?|mailto):", value)]


class Feeds(unittest.TestCase):
    def test_feedparser_takes_every_rss_and_atom_feed(self):
        count = 0
        for kind in ("rss", "atom"):
            for path in feeds(kind):
                with self.subTest(path):
                    answer = served.ask(path)
                    self.assertEqual(answer.status, 200)
                    self.assertTrue(answer.headers["content-type"].startswith(TYPES[kind]))
                    parsed = feedparser.parse(answer.body, response_headers={"content-type": answer.headers["content-type"]})
                    self.assertEqual(parsed.bozo, 0, parsed.get("bozo_exception"))
                    self.check_entries(parsed)
                    count += 1
        self.assertGreater(count, 100)

    def check_entries(self, parsed):
        self.assertTrue(parsed.feed.title and parsed.feed.link.startswith(served.ORIGIN))
        ids = [entry.id for entry in parsed.entries]
        self.assertEqual(len(ids), len(set(ids)), "ids are unique")
        for entry in parsed.entries:
            self.assertTrue(entry.title and entry.link.startswith(served.ORIGIN), entry.id)
            self.assertTrue(entry.get("published_parsed"), entry.id)
            for content in entry.get("content", []):
                self.assertEqual(relative(content.value), [], entry.id)

    def test_rss_has_what_the_profile_asks_for(self):
        for path in feeds("rss"):
            with self.subTest(path):
                channel = etree.fromstring(served.ask(path).body).find("channel")
                for name in ("title", "link", "description", "language"):
                    self.assertTrue((channel.findtext(name) or "").strip(), name)
                self.assertEqual(channel.find(f"{ATOM}link[@rel='self']").get("href"), served.ORIGIN + path)
                for item in channel.findall("item"):
                    parsedate_to_datetime(item.findtext("pubDate"))
                    self.assertEqual(item.find("guid").get("isPermaLink"), "false")
                    self.assertLessEqual(len(item.findall("enclosure")), 1)
                    names = [child.tag for child in item]
                    encoded = "{http://purl.org/rss/1.0/modules/content/}encoded"
                    if encoded in names and "description" in names:
                        self.assertLess(names.index("description"), names.index(encoded))
                    for name in ("title", "description"):
                        self.assertNotRegex(item.findtext(name) or "", r"</?(p|a|b|i|br|em|strong)\b", "plain text")

    def test_atom_has_what_rfc_4287_asks_for(self):
        for path in feeds("atom"):
            with self.subTest(path):
                feed = etree.fromstring(served.ask(path).body)
                self.assertEqual(feed.find(f"{ATOM}link[@rel='self']").get("href"), served.ORIGIN + path)
                self.assertTrue(feed.find(f"{ATOM}link[@rel='alternate']").get("href").startswith(served.ORIGIN))
                for element in [feed, *feed.findall(f"{ATOM}entry")]:
                    self.assertTrue(element.findtext(f"{ATOM}id") and element.findtext(f"{ATOM}title") is not None)
                    datetime.fromisoformat(element.findtext(f"{ATOM}updated").replace("Z", "+00:00"))
                for entry in feed.findall(f"{ATOM}entry"):
                    self.assertTrue(entry.find(f"{ATOM}author") is not None or feed.find(f"{ATOM}author") is not None)

    def test_json_feed_is_version_1_1(self):
        for path in feeds("json"):
            with self.subTest(path):
                answer = served.ask(path)
                self.assertTrue(answer.headers["content-type"].startswith(TYPES["json"]))
                feed = answer.json
                self.assertEqual(feed["version"], "https://jsonfeed.org/version/1.1")
                self.assertTrue(feed["title"] and feed["language"])
                self.assertEqual(feed["feed_url"], served.ORIGIN + path)
                for item in feed["items"]:
                    self.assertIsInstance(item["id"], str)
                    self.assertTrue(item["url"].startswith(served.ORIGIN))
                    self.assertTrue(item.get("content_html") or item.get("content_text"))
                    self.assertEqual(relative(item.get("content_html", "")), [])
                    datetime.fromisoformat(item["date_published"].replace("Z", "+00:00"))
                    for author in item.get("authors", []):
                        self.assertTrue(author["name"])

    def test_the_three_formats_tell_the_same_stories(self):
        for edition in served.editions():
            home = f"/{edition['code']}"
            links = []
            for kind in ("rss", "atom"):
                links.append([entry.link for entry in feedparser.parse(served.ask(f"{home}/feed.{kind}").body).entries])
            links.append([item["url"] for item in served.ask(f"{home}/feed.json").json["items"]])
            self.assertEqual(links[0], links[1])
            self.assertEqual(links[0], links[2])
            self.assertTrue(links[0])

    def test_a_feed_that_did_not_change_is_not_sent_again(self):
        for kind in TYPES:
            first = served.ask(f"/en/feed.{kind}")
            again = served.ask(f"/en/feed.{kind}", if_none_match=first.headers["etag"])
            self.assertEqual((again.status, again.body), (304, b""))
            self.assertEqual(again.headers["etag"], first.headers["etag"])
            other = served.ask(f"/en/feed.{kind}", if_none_match='"another"')
            self.assertEqual((other.status, other.body), (200, first.body))

    def test_older_stories_are_on_the_next_pages(self):
        """RFC 5005 §3: `next` leads through all stories of the list, each once, and `previous` leads back."""
        for kind in ("rss", "atom"):
            path, found, before = f"/en/feed.{kind}", [], None
            while path:
                tree = etree.fromstring(served.ask(path).body)
                rel = {link.get("rel"): link.get("href") for link in tree.iter(f"{ATOM}link") if link.getparent().tag in (f"{ATOM}feed", "channel")}
                self.assertEqual(rel.get("previous"), before)
                found += [entry.link for entry in feedparser.parse(etree.tostring(tree)).entries]
                before, path = rel["self"], rel.get("next")
            self.assertEqual(sorted(found), sorted(story["url"] for story in served.stories("en")))

    def test_every_list_page_names_its_feeds(self):
        for place in served.lists():
            with self.subTest(place):
                page = html.fromstring(served.ask(place.rstrip("/") if "/topics/" in place or "/authors/" in place else place).text)
                named = {link.get("type"): link.get("href") for link in page.iter("link") if link.get("rel") == "alternate" and link.get("type")}
                self.assertEqual(named, {media: f"{place}feed.{kind}" for kind, media in TYPES.items()})


if __name__ == "__main__":
    unittest.main()
