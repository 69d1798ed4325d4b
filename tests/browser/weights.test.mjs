// What a reader's phone has to fetch stays within the budgets, counted as it goes over the wire.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, test } from "node:test";
import { at, pathOf, stories } from "./newsroom.mjs";
import { editions } from "./kinds.mjs";
import { PHONE, device, open, visit } from "./reader.mjs";

const KB = 1024;
let browser;
before(async () => { browser = await open(); });
after(() => browser?.close());

/** An answer as it goes over the wire. */
const answer = (path, coding) => new Promise((resolve, reject) => {
  http.get(at(path), { headers: { "accept-encoding": coding } }, (it) => {
    const parts = [];
    it.on("data", (part) => parts.push(part)).on("error", reject).on("end", () => resolve({ status: it.statusCode, coding: it.headers["content-encoding"], body: Buffer.concat(parts) }));
  }).on("error", reject);
});

/** A body as it is sent once the page store has squeezed it; who asks first gets it as it is, so that nobody waits. */
async function sent(path, coding) {
  for (let n = 0; n < 200; n += 1) {
    const it = await answer(path, coding);
    if (it.status !== 200) throw new Error(`${path}: ${it.status}`);
    if (it.coding === coding) return it.body;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`${path} is never sent as ${coding}`);
}
const text = async (path) => (await fetch(at(path))).text();

/** The theme's files that a page names, by the end of their names. */
const named = (html, end) => [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path).filter((path) => path.endsWith(end));

test("the pages and styles of every story fit into 40 KB, of its lite twin into 15 KB", async () => {
  const heavy = [];
  const styles = new Map();
  for (const { code } of await editions())
    for (const story of await stories(code))
      for (const [path, budget] of [[pathOf(story), 40], [`/lite${pathOf(story)}`, 15]]) {
        let bytes = (await sent(path, "br")).length;
        for (const style of named(await text(path), ".css")) {
          if (!styles.has(style)) styles.set(style, (await sent(style, "br")).length);
          bytes += styles.get(style);
        }
        if (bytes > budget * KB) heavy.push(`${path}: ${bytes}`);
      }
  assert.deepEqual(heavy, []);
});

test("all scripts together are at most 25 KB", async () => {
  const seen = new Map();
  const fetchAll = async (path) => {
    if (seen.has(path)) return;
    seen.set(path, 0);
    seen.set(path, (await sent(path, "gzip")).length);
    for (const [, name] of (await text(path)).matchAll(/(?:from|import)\s*"(\.\/[^"]+)"/g)) await fetchAll(new URL(name, at(path)).pathname);
  };
  for (const path of named(await text("/en/"), ".js")) await fetchAll(path);
  assert.ok(seen.size > 1, "the modules were found");
  const bytes = [...seen.values()].reduce((a, b) => a + b);
  assert.ok(bytes <= 25 * KB, `${bytes} bytes`);
});

/** Everything that a phone fetches for a page that is scrolled to its end of the story. */
async function fetched(path) {
  const context = await device(browser, { viewport: PHONE, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  const requests = [];
  page.on("requestfinished", (request) => requests.push(request));
  await visit(page, path);
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(async () => {
    for (const image of document.querySelectorAll("article.story img")) {
      image.scrollIntoView();
      await image.decode().catch(() => {});
    }
  });
  const sizes = [];
  for (const request of requests) sizes.push({ url: request.url(), type: request.resourceType(), bytes: (await request.sizes()).responseBodySize });
  await context.close();
  return sizes;
}
const sum = (all) => all.reduce((bytes, it) => bytes + it.bytes, 0);

test("a story on a phone is at most 300 KB in all, its letters 80 KB, its first picture 100 KB", async () => {
  const all = await stories("en");
  const chosen = ["news", "analysis", "opinion", "live"].map((kind) => all.find((it) => it.kind === kind)).filter(Boolean);
  for (const story of chosen) {
    const sizes = await fetched(pathOf(story));
    const fonts = sizes.filter((it) => it.type === "font");
    const [upright, italic] = [fonts.filter((it) => !it.url.includes("italic")), fonts.filter((it) => it.url.includes("italic"))].map(sum);
    assert.ok(upright > 0 && upright <= 80 * KB, `${story.kind}: letters ${upright}`);
    assert.ok(italic <= 22 * KB, `${story.kind}: italics, fetched only where a story has some: ${italic}`);
    const picture = sizes.find((it) => it.type === "image" && it.url.includes("/media/"));
    if (picture) assert.ok(picture.bytes <= 100 * KB, `${story.kind}: ${picture.url} ${picture.bytes}`);
    assert.ok(sum(sizes) <= 300 * KB, `${story.kind}: ${sum(sizes)} bytes\n${sizes.map((it) => `${it.bytes} ${it.url}`).join("\n")}`);
  }
});
