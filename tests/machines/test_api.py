"""The OpenAPI document is valid, and every route in it answers as it says."""

import re
import unittest

from openapi_spec_validator import validate

import served


# A stream does not end, the metrics may be shut, and some things are nothing without the key in a link.
KEYED = ("/api/v1/live", "/metrics", "/setup", "/invitation", "/reset", "/api/v1/rooms/notices/{id}")


def example(path, known):
    """An address for a path of the document; nothing when it needs what only a person or a browser has."""
    filled = re.sub(r"\{(\w+)\}", lambda match: known.get(match.group(1), match.group(0)), path)
    return None if "{" in filled else filled


class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.document = served.ask("/api/v1/openapi.json").json
        cls.story = served.stories("en")[0]
        cls.room = served.ask("/api/v1/rooms?edition=en").json["items"][0]

    def test_the_document_is_valid(self):
        validate(self.document)
        self.assertTrue(self.document["openapi"].startswith("3.1"))

    def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(self):
        names = []
        for path, item in self.document["paths"].items():
            for verb, operation in item.items():
                if verb == "parameters":
                    continue
                names.append(operation["operationId"])
                self.assertTrue(operation.get("summary") or operation.get("description"), f"{verb} {path}")
                self.assertTrue(operation["responses"], f"{verb} {path}")
        self.assertEqual(len(names), len(set(names)))

    def test_the_contract_is_in_it(self):
        for path in (
            "/api/v1/editions", "/api/v1/stories", "/api/v1/stories/{id}", "/api/v1/newsfeed", "/api/v1/search", "/api/v1/live",
            "/api/v1/desk/stories", "/api/v1/desk/stories/{id}", "/api/v1/desk/stories/{id}/publication",
            "/api/v1/desk/stories/{id}/corrections", "/api/v1/desk/flashes",
        ):
            self.assertIn(path, self.document["paths"])

    def test_every_public_route_that_can_be_read_answers(self):
        parts = served.path_of(self.story).strip("/").split("/")
        known = {
            "edition": "en", "section": parts[1], "year": parts[2], "month": parts[3], "day": parts[4], "story": parts[5],
            "id": self.story["id"], "file": "feed.rss",
        }
        asked = 0
        for path, item in self.document["paths"].items():
            if "get" not in item or path in KEYED or path.startswith(("/api/v1/desk", "/desk", "/me")):
                continue
            slug = next((topic["slug"] for topic in self.story["topics"]), "") if "/topics/" in path else self.author() if "/authors/" in path else "about"
            own = {**known, "slug": slug, **self.files(path)}
            if path.startswith("/api/"):
                # A page's address ends in words and the id; programs have the id alone.
                own["story"] = self.story["id"]
            if path.startswith("/api/v1/rooms/"):
                own.update(story=self.room["id"], id=self.room["last"]["id"])
            address = example(path, own)
            if address is None:
                continue
            named = [it["name"] for it in item["get"].get("parameters", []) if it["in"] == "query"]
            wanted = {"q": "river", "edition": "en"}
            query = "&".join(f"{name}={wanted[name]}" for name in named if name in wanted)
            address += f"?{query}" if query else ""
            answer = served.ask(address, accept="*/*")
            self.assertIn(answer.status, (200, 302, 303, 308, 401, 403, 410) if self.needs_somebody(item) else (200, 302, 303), f"{path} as {address}")
            asked += 1
        self.assertGreater(asked, 30)

    @staticmethod
    def needs_somebody(item):
        return bool(item["get"].get("security")) or "401" in item["get"]["responses"] or "403" in item["get"]["responses"]

    @staticmethod
    def author():
        return served.links("/en/authors", "/en/authors/")[0].rsplit("/", 1)[-1]

    @staticmethod
    def files(path):
        front = served.ask("/en/").text
        asset = re.search(r"/assets/([0-9a-f]+)/(\w+)/([\w.-]+)", front).groups()
        if path.startswith("/assets/"):
            return dict(zip(("hash", "folder", "file"), asset))
        if path.startswith("/cards/"):
            return {"file": re.search(r"/cards/([\w.-]+)", front).group(1)}
        if path.startswith("/sitemaps/"):
            return {"file": re.search(r"/sitemaps/en/(\d+\.xml)", served.ask("/sitemap.xml").text).group(1)}
        media = re.search(r"/media/([^\"' ,]+)", front)
        if path.startswith("/media/") and media:
            names = re.findall(r"\{(\w+)\}", path)
            return dict(zip(names, media.group(1).split("/")))
        return {}

    def test_desk_routes_are_shut_to_who_has_no_key(self):
        shut = 0
        for path, item in self.document["paths"].items():
            if not path.startswith("/api/v1/desk"):
                continue
            address = example(path, {"id": self.story["id"], "edition": "en"})
            if address and "get" in item:
                answer = served.ask(address)
                self.assertIn(answer.status, (401, 403), address)
                self.assertTrue(answer.headers["content-type"].startswith("application/problem+json"))
                self.assertTrue(answer.json["code"])
                shut += 1
        self.assertGreater(shut, 1)

    def test_lists_are_paged_by_cursor(self):
        first = served.ask("/api/v1/stories?edition=en&limit=5").json
        self.assertEqual((len(first["items"]), set(first)), (5, {"items", "next"}))
        second = served.ask(f"/api/v1/stories?edition=en&limit=5&cursor={first['next']}").json
        self.assertFalse({it["id"] for it in first["items"]} & {it["id"] for it in second["items"]})

    def test_errors_are_problem_documents(self):
        for path, status in (("/api/v1/stories/nothing", 404), ("/api/v1/stories?limit=many", 422), ("/api/v1/nothing", 404)):
            answer = served.ask(path)
            self.assertEqual(answer.status, status, path)
            self.assertTrue(answer.headers["content-type"].startswith("application/problem+json"), path)
            self.assertTrue(answer.json["code"], path)


if __name__ == "__main__":
    unittest.main()
