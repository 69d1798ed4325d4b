// Everything reads without script: the words are there, the ways lead on, and no button stands that would do nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { kinds } from "./kinds.mjs";
import { at, pathOf, read, stories } from "./newsroom.mjs";
import { PHONE, device, open, visit } from "./reader.mjs";

let browser, context, page;
before(async () => {
  browser = await open();
  context = await device(browser, { javaScriptEnabled: false });
  page = await context.newPage();
});
after(() => browser?.close());

test("every kind of page shows its heading and its words", async () => {
  const wrong = [];
  for (const kind of await kinds()) {
    await visit(page, kind.path);
    const main = page.locator("main");
    if (!(await page.locator("h1").first().isVisible())) wrong.push(`${kind.name}: the heading is hidden`);
    if ((await main.innerText()).trim().length < 12) wrong.push(`${kind.name}: main is empty`);
    for (const button of await page.locator("button:visible").all())
      if (!(await button.evaluate((it) => it.form))) wrong.push(`${kind.name}: a dead button, ${await button.innerText()}`);
  }
  assert.deepEqual(wrong, []);
});

test("a story has its whole text, its byline, its time and its sources", async () => {
  const story = (await stories("en")).find((it) => it.sources.length && it.words > 150);
  await visit(page, pathOf(story));
  const { words } = await read(`/api/v1/stories/${story.id}`);
  const shown = (await page.locator(".story-body").innerText()).split(/\s+/).length;
  assert.ok(shown >= words * 0.95, `${shown} words of ${words}`);
  assert.ok(await page.locator(".times time").first().isVisible());
  await page.locator(".sources summary").click();
  assert.ok(await page.locator(".sources li").first().isVisible());
});

test("the menu opens, the search finds, and the older pages are reached", async () => {
  const phone = await device(browser, { javaScriptEnabled: false, viewport: PHONE });
  const narrow = await phone.newPage();
  await visit(narrow, "/en/");
  await narrow.locator(".menu summary").click();
  await narrow.locator(".menu-sheet a", { hasText: "Politics" }).click();
  await narrow.waitForURL(at("/en/politics/"));
  await visit(narrow, "/en/search");
  await narrow.locator("main input[type=search]").fill("river");
  await narrow.locator("main form button").click();
  assert.ok(await narrow.locator(".result").first().isVisible());
  await visit(narrow, "/en/newsfeed");
  const older = narrow.locator("a[rel=next]");
  assert.ok(await older.isVisible(), "the newsfeed has older pages");
  const newest = await narrow.locator("main li a").first().innerText();
  await older.click();
  await narrow.waitForURL(/page=2/);
  assert.notEqual(await narrow.locator("main li a").first().innerText(), newest);
  await phone.close();
});

test("the next story is a link", async () => {
  const story = (await stories("en"))[3];
  await visit(page, pathOf(story));
  await page.locator(".next-story .next-headline a").click();
  await page.waitForURL((url) => url.pathname !== pathOf(story));
  assert.ok(await page.locator("h1.story-headline").isVisible());
});
