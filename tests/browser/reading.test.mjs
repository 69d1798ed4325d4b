// Continuous reading: the next story comes below when it is asked for; address and title follow; back and footer work.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { at, pathOf, stories } from "./newsroom.mjs";
import { device, open, visit, waitForLive, watched } from "./reader.mjs";

let browser, start;
before(async () => {
  browser = await open();
  start = longestWay(await stories("en"));
});
after(() => browser?.close());

/** The newest story of the fullest section: it has the longest way to go on. */
function longestWay(all) {
  const size = (story) => all.filter((it) => it.section.slug === story.section.slug).length;
  return all.filter((it) => it.kind !== "live").reduce((best, it) => (size(it) > size(best) ? it : best));
}

const articles = (page) => page.locator(".story-flow > article.story");
const toTheEnd = (page) => page.evaluate(() => scrollTo(0, document.body.scrollHeight));

/** The front, then a story from it, as a reader comes. */
async function begin() {
  const context = await device(browser);
  const { page, complaints } = await watched(context);
  await visit(page, "/en/");
  await visit(page, pathOf(start));
  await waitForLive(page);
  return { context, page, complaints };
}

test("nothing is loaded before it is asked for, and the footer is reached", async () => {
  const { context, page } = await begin();
  await toTheEnd(page);
  assert.ok(await page.locator("footer.footer").evaluate((it) => it.getBoundingClientRect().top < innerHeight));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.equal(await articles(page).count(), 1);
  await context.close();
});

test("the next story comes below, and address and title follow the reading", async () => {
  const { context, page, complaints } = await begin();
  const [url, title] = [page.url(), await page.title()];
  await page.locator("[data-next-load]").click();
  const next = articles(page).nth(1);
  await next.waitFor();
  const { url: nextUrl, title: nextTitle } = await next.evaluate((it) => ({ url: new URL(it.dataset.url, location.href).href, title: it.dataset.title }));
  await page.waitForURL(nextUrl);
  await page.waitForFunction((it) => document.title.endsWith(it), nextTitle);
  assert.ok(await next.locator(".story-headline").evaluate((it) => it === document.activeElement), "focus is on its headline");
  assert.equal(await page.locator("h1").count(), 1, "a page has one h1");
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("[id]")].map((it) => it.id).filter((id, at, all) => all.indexOf(id) !== at)), []);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForURL(url);
  await page.waitForFunction((it) => document.title.endsWith(it), title);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("reloading keeps the story that is being read, and back leads where the reader came from", async () => {
  const { context, page } = await begin();
  await page.locator("[data-next-load]").click();
  await page.waitForURL((url) => url.pathname !== pathOf(start));
  const reading = page.url();
  await page.reload();
  assert.equal(page.url(), reading);
  await page.goBack();
  assert.equal(page.url(), at("/en/"));
  await context.close();
});

test("it goes on by itself only a few times, so the footer can always be reached", async () => {
  const { context, page } = await begin();
  await page.locator("[data-next-load]").click();
  await articles(page).nth(1).waitFor();
  for (let n = 2; n <= 4; n += 1) {
    // Where the story ends, as a reader comes there; the end of the page may lie far below it.
    await articles(page).nth(n - 1).locator("[data-next]").scrollIntoViewIfNeeded();
    await articles(page).nth(n).waitFor();
  }
  await toTheEnd(page);
  assert.ok(await page.locator("footer.footer").evaluate((it) => it.getBoundingClientRect().top < innerHeight), "the footer is in sight");
  const last = articles(page).nth(4);
  assert.ok(await last.locator("[data-next-load]").isVisible(), "and a button leads on");
  const ids = await articles(page).evaluateAll((all) => all.map((it) => it.dataset.story));
  assert.equal(new Set(ids).size, ids.length, "no story comes twice");
  await context.close();
});
