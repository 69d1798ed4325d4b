// A story that is withdrawn is gone from everywhere at once, and its address explains why.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, heading, kill, pathOf, publish, read, tidy, word } from "./newsroom.mjs";
import { device, open, visit, waitForLive, waitForUnseen, watched } from "./reader.mjs";

let browser;
before(async () => { browser = await open(); });
after(async () => { await tidy(); await browser?.close(); });

const everywhere = (query) => [
  "/en/", "/en/world/", "/en/newsfeed", "/lite/en/", "/lite/en/world/", "/lite/en/newsfeed",
  "/en/feed.rss", "/en/feed.atom", "/en/feed.json", "/en/world/feed.rss", "/en/world/feed.atom", "/en/world/feed.json",
  `/api/v1/search?q=${query}&edition=en`, "/api/v1/stories?edition=en", "/api/v1/newsfeed?edition=en", "/sitemap-news.xml",
];

test("a withdrawn story is nowhere any more, and its page says why", async () => {
  const [query, secret, reason] = [word(), word(), `A source asked us to ${word()}.`];
  const story = await publish({ headline: `${heading("Berth plan")} ${query}`, standfirst: `Stand ${query}`, body_html: `<p>The ${secret} text.</p>` });
  const path = pathOf(story);
  for (const place of everywhere(query)) assert.ok((await ask(place)).text.includes(story.id), `${place} has it first`);

  const context = await device(browser);
  const { page, complaints } = await watched(context);
  await visit(page, "/en/");
  await waitForLive(page);
  await kill(story.id, reason);

  const left = [];
  for (const place of everywhere(query)) {
    const { text } = await ask(place);
    if (text.includes(story.id) || text.includes(secret)) left.push(place);
  }
  assert.deepEqual(left, []);
  const { text: index } = await ask("/sitemap.xml");
  for (const [, url] of index.matchAll(/<loc>([^<]*\/sitemaps\/en\/[^<]*)<\/loc>/g)) assert.ok(!(await ask(url)).text.includes(story.id), url);
  assert.equal((await read(`/api/v1/search?q=${query}&edition=en`)).items.length, 0);

  assert.equal(await visit(page, path), 410);
  assert.ok(await page.getByText(reason).isVisible(), "the reason is told");
  assert.ok(!(await page.content()).includes(secret));
  for (const twin of [`/lite${path}`, `${path}/versions`, `/api/v1/stories/${story.id}`]) {
    const { status, text } = await ask(twin);
    assert.equal(status, 410, twin);
    assert.ok(!text.includes(secret), twin);
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an open page drops it", async () => {
  const context = await device(browser);
  const { page } = await watched(context);
  await visit(page, "/en/");
  await waitForLive(page);
  const story = await publish();
  await waitForUnseen(page, "1");
  await kill(story.id, "Sent too early.");
  await waitForUnseen(page, "");
  assert.equal(await page.locator(`[data-newsfeed] [data-story="${story.id}"]`).count(), 0);
  await context.close();
});
