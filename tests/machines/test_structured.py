"""What machines read in a page: JSON-LD, Open Graph with its card, and translations that name each other."""

import io
import json
import unittest
from collections import defaultdict
from datetime import datetime

from lxml import html
from PIL import Image

import served


def page(path):
    answer = served.ask(path)
    assert answer.status == 200, (path, answer.status)
    return html.fromstring(answer.body)


def blocks(tree):
    """All JSON-LD objects of a page; a graph is taken apart."""
    found = []
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        value = json.loads(script.text)
        for item in value if isinstance(value, list) else [value]:
            found += item.get("@graph", [item])
    return found


def kinds(block):
    value = block.get("@type", [])
    return value if isinstance(value, list) else [value]


def properties(tree):
    found = defaultdict(list)
    for meta in tree.iterfind(".//meta"):
        name = meta.get("property") or meta.get("name")
        if name:
            found[name].append(meta.get("content"))
    return found


def moment(text):
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    assert at.tzinfo is not None, text
    return at


class Structured(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stories = [(edition, story) for edition in served.editions() for story in served.stories(edition["code"])]
        cls.pages = {story["url"]: page(served.path_of(story)) for _, story in cls.stories}

    def test_every_story_is_a_news_article(self):
        for edition, story in self.stories:
            with self.subTest(story["url"]):
                found = [block for block in blocks(self.pages[story["url"]]) if any(kind.endswith("NewsArticle") for kind in kinds(block))]
                self.assertEqual(len(found), 1)
                article = found[0]
                self.assertIn("schema.org", article.get("@context", "https://schema.org"))
                self.assertEqual(article["headline"], story["headline"])
                self.assertEqual(moment(article["datePublished"]), moment(story["published_at"]).replace(microsecond=0))
                self.assertGreaterEqual(moment(article["dateModified"]), moment(article["datePublished"]))
                self.assertEqual(article["inLanguage"], story["language"])
                self.assertEqual(article["articleSection"], story["section"]["name"])
                self.assertEqual(article["publisher"]["name"], edition["name"])
                self.assertTrue(article["author"])
                for author in article["author"] if isinstance(article["author"], list) else [article["author"]]:
                    self.assertTrue(author["name"])
                    self.assertTrue(author.get("url", served.ORIGIN).startswith(served.ORIGIN))
                self.assertIs(article["isAccessibleForFree"], True)
                self.assertEqual(article.get("url") or article["mainEntityOfPage"], story["url"])

    def test_a_live_coverage_is_a_live_blog_with_its_entries(self):
        for _, story in self.stories:
            if story["kind"] != "live":
                continue
            with self.subTest(story["url"]):
                blog = next(block for block in blocks(self.pages[story["url"]]) if "LiveBlogPosting" in kinds(block))
                moment(blog["coverageStartTime"])
                self.assertTrue(blog["liveBlogUpdate"])
                for update in blog["liveBlogUpdate"]:
                    moment(update["datePublished"])
                    self.assertTrue(update["articleBody"])

    def test_corrections_are_carried(self):
        told = 0
        for _, story in self.stories:
            tree = self.pages[story["url"]]
            if not tree.find_class("notice-correction") and not tree.find_class("notice-retraction"):
                continue
            article = next(block for block in blocks(tree) if any(kind.endswith("NewsArticle") for kind in kinds(block)))
            self.assertTrue(article.get("correction"), story["url"])
            told += 1
        self.assertGreater(told, 2, "the sample has corrections")

    def test_the_front_is_a_news_organization_whose_policies_are_real_pages(self):
        for edition in served.editions():
            found = [block for block in blocks(page(f"/{edition['code']}/")) if "NewsMediaOrganization" in kinds(block)]
            self.assertEqual(len(found), 1)
            policies = {name: value for name, value in found[0].items() if name.endswith(("Policy", "Principles", "Info")) and isinstance(value, str)}
            self.assertTrue(policies, edition["code"])
            for address in policies.values():
                self.assertEqual(served.ask(address).status, 200, address)

    def test_open_graph_is_complete_and_its_card_is_a_picture_of_the_size_it_says(self):
        for edition, story in self.stories:
            with self.subTest(story["url"]):
                meta = properties(self.pages[story["url"]])
                self.assertEqual(meta["og:type"], ["article"])
                self.assertEqual(meta["og:url"], [story["url"]])
                self.assertEqual(meta["og:title"], [story["headline"]])
                self.assertEqual(meta["og:site_name"], [edition["name"]])
                self.assertTrue(meta["og:locale"][0] and meta["og:image:alt"][0])
                self.assertEqual(meta["twitter:card"], ["summary_large_image"])
                moment(meta["article:published_time"][0])
                self.assertEqual((meta["og:image:width"], meta["og:image:height"]), (["1200"], ["630"]))
                self.assertTrue(meta["og:image"][0].startswith(served.ORIGIN))

    def test_cards_are_png_of_1200_by_630_and_differ(self):
        seen = set()
        for _, story in self.stories[:: max(1, len(self.stories) // 12)]:
            answer = served.ask(properties(self.pages[story["url"]])["og:image"][0])
            self.assertEqual((answer.status, answer.headers["content-type"]), (200, "image/png"))
            picture = Image.open(io.BytesIO(answer.body))
            picture.verify()
            self.assertEqual((picture.format, picture.size), ("PNG", (1200, 630)))
            self.assertLess(len(answer.body), 300_000)
            words = Image.open(io.BytesIO(answer.body)).convert("L").crop((64, 140, 1136, 540)).histogram()
            self.assertGreater(sum(words[:100]) / sum(words), 0.02, "the headline is written on it")
            seen.add(answer.body)
        self.assertGreater(len(seen), 5)

    def test_translations_name_each_other_and_themselves(self):
        alternates = {}
        for _, story in self.stories:
            links = {link.get("hreflang"): link.get("href") for link in self.pages[story["url"]].iterfind(".//link[@hreflang]")}
            if links:
                alternates[story["url"]] = links
        self.assertTrue(alternates, "the sample has translations")
        for own, links in alternates.items():
            named = {code: href for code, href in links.items() if code != "x-default"}
            self.assertIn(own, named.values(), "a page names itself")
            self.assertGreater(len(named), 1)
            for href in named.values():
                self.assertEqual(alternates.get(href), links, f"{own} and {href} differ")

    def test_every_page_has_one_address_and_describes_itself(self):
        for _, story in self.stories:
            with self.subTest(story["url"]):
                tree = self.pages[story["url"]]
                self.assertEqual([link.get("href") for link in tree.iterfind(".//link[@rel='canonical']")], [story["url"]])
                self.assertTrue(properties(tree)["description"][0].strip())
                self.assertIn("max-image-preview:large", (properties(tree)["robots"] or [""])[0])


if __name__ == "__main__":
    unittest.main()
