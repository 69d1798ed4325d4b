// A story that is published shows everywhere in the same second, and on a page that is open without a reload.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, heading, publish, read, tidy, stories, pathOf, word } from "./newsroom.mjs";
import { device, open, unseen, visit, waitForLive, waitForUnseen, watched } from "./reader.mjs";

let browser;
before(async () => { browser = await open(); });
after(async () => { await tidy(); await browser?.close(); });

/** Where the story must be found, each with what it answers. */
const surfaces = (query) => ({
  front: "/en/", section: "/en/world/", newsfeed: "/en/newsfeed", "lite front": "/lite/en/",
  "edition RSS": "/en/feed.rss", "edition Atom": "/en/feed.atom", "edition JSON Feed": "/en/feed.json",
  "section RSS": "/en/world/feed.rss", "section Atom": "/en/world/feed.atom", "section JSON Feed": "/en/world/feed.json",
  "search page": `/en/search?q=${query}`, "search API": `/api/v1/search?q=${query}&edition=en`,
  "stories API": "/api/v1/stories?edition=en", "newsfeed API": "/api/v1/newsfeed?edition=en",
  "news sitemap": "/sitemap-news.xml",
});

/** The story's part of the sitemap is named by the index. */
async function sitemap() {
  const { text } = await ask("/sitemap.xml");
  const parts = [...text.matchAll(/<loc>([^<]*\/sitemaps\/en\/[^<]*)<\/loc>/g)].map(([, url]) => url);
  return (await Promise.all(parts.map((url) => ask(url)))).map((it) => it.text).join("");
}

test("the open page counts it, moves nothing, and every surface has it in the same second", async () => {
  const context = await device(browser);
  const { page, complaints } = await watched(context);
  const reading = (await stories("en")).find((it) => it.kind === "news" && it.words > 200);
  await visit(page, pathOf(reading));
  await waitForLive(page);
  assert.equal(await unseen(page), "", "a new device starts at nought");
  await page.evaluate(() => { window.marked = true; scrollTo(0, 500); });
  const place = () => page.evaluate(() => document.querySelector(".story-body p").getBoundingClientRect().top);
  const before = await place();

  const query = word();
  const story = await publish({ headline: `${heading("Pilots agree night rules")} ${query}` });
  const from = Date.now();
  const late = [];
  for (const [name, path] of Object.entries(surfaces(query))) {
    const { status, text } = await ask(path);
    if (status !== 200 || !text.includes(query)) late.push(`${name} (${status})`);
  }
  if (!(await sitemap()).includes(story.id)) late.push("sitemap");
  const took = Date.now() - from;
  assert.deepEqual(late, [], `asked in the ${took} ms after the answer`);

  await waitForUnseen(page, "1");
  assert.equal(await place(), before, "what is being read stays where it is");
  assert.ok(await page.evaluate(() => window.marked), "without a reload");
  assert.match(await page.title(), /^\(1\) /);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a second story makes it two, and one that is withdrawn makes it one again", async () => {
  const context = await device(browser);
  const { page } = await watched(context);
  await visit(page, "/en/");
  await waitForLive(page);
  const first = await publish();
  await waitForUnseen(page, "1");
  await publish();
  await waitForUnseen(page, "2");
  const { kill } = await import("./newsroom.mjs");
  await kill(first.id, "Sent too early.");
  await waitForUnseen(page, "1");
  await context.close();
});

test("a story for another edition is not counted here", async () => {
  const context = await device(browser);
  const { page } = await watched(context);
  await visit(page, "/ru/");
  await waitForLive(page);
  await publish({ headline: heading("Only the English edition hears of it") });
  await publish({ edition: "ru", section: (await read("/api/v1/editions")).items.find((it) => it.code === "ru").sections[0].slug, language: "ru", headline: heading("Ночные правила лоцманов") });
  await waitForUnseen(page, "1");
  await context.close();
});
