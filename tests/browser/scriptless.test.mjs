// Everything reads without script: the words are there, the ways lead on, and no button stands that would do nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { kinds } from "./kinds.mjs";
import { at, pathOf, publish, read, stories, tidy } from "./newsroom.mjs";
import { PHONE, device, open, visit } from "./reader.mjs";

let browser, context, page;
before(async () => {
  browser = await open();
  context = await device(browser, { javaScriptEnabled: false });
  page = await context.newPage();
});
after(async () => { await tidy(); await browser?.close(); });

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

test("the menu opens and the search finds", async () => {
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
  await phone.close();
});

test("the older pages of a section are links", async () => {
  const section = "/en/world/";
  const shown = async () => (await page.locator(".listing .headline a").evaluateAll((all) => all.map((it) => it.pathname)));
  const there = (await stories("en")).filter((it) => it.section.slug === "world").length;
  for (let n = there; n <= 21; n += 1) await publish();
  await visit(page, section);
  const newest = await shown();
  await page.locator(".pages a[rel=next]").click();
  await page.waitForURL(/page=2/);
  const older = await shown();
  assert.ok(newest.length && older.length && !older.some((it) => newest.includes(it)), "no story is on both");
  await page.locator(".pages a[rel=prev]").click();
  await page.waitForURL((url) => url.pathname === section);
});

test("the next story is a link", async () => {
  const story = (await stories("en"))[3];
  await visit(page, pathOf(story));
  await page.locator(".next-story .next-headline a").click();
  await page.waitForURL((url) => url.pathname !== pathOf(story));
  assert.ok(await page.locator("h1.story-headline").isVisible());
});
