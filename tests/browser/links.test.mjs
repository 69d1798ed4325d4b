// No link inside the site leads nowhere: a crawl from the fronts, the sitemaps and the menus, bounded.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, origin } from "./newsroom.mjs";
import { editions, plain } from "./kinds.mjs";

const MOST_PAGES = 1500;
const AT_ONCE = 6;
/** Links that need a key or a person, and what only a browser sends. */
const NOT_OURS = /^\/(desk|me)\//;

/** Addresses that a page or a style sheet asks for; of a picture's sizes the largest, since each is made when it is first asked for. */
function addresses(text, base, type) {
  const found = type.startsWith("text/css")
    ? [...text.matchAll(/url\(["']?([^)"']+)["']?\)/g)].map(([, url]) => url)
    : [...text.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, url]) => plain(url)).filter((url) => /^(\/|https?:)/.test(url))
      .concat([...text.matchAll(/\ssrcset="([^"]*)"/g)].flatMap(([, set]) => plain(set).split(",").at(-1).trim().split(" ")[0]));
  return found.map((url) => new URL(url, new URL(base, origin))).filter((url) => url.origin === origin && !NOT_OURS.test(url.pathname)).map((url) => url.pathname + url.search);
}

test("every address that the site links to answers", async () => {
  const from = new Map((await editions()).map((it) => [`/${it.code}/`, "the start"]));
  from.set("/sitemap.xml", "the start");
  const queue = [...from.keys()];
  const broken = [];
  let asked = 0;
  const worker = async () => {
    while (queue.length && asked < MOST_PAGES) {
      const path = queue.shift();
      asked += 1;
      const { status, headers, text } = await ask(path, { headers: { accept: "text/html,*/*" }, redirect: "follow" });
      if (status !== 200) broken.push(`${status} ${path}, linked from ${from.get(path)}`);
      const type = headers.get("content-type") ?? "";
      if (!/^(text\/html|text\/css)/.test(type) || status !== 200) continue;
      for (const next of addresses(text, path, type)) if (!from.has(next)) { from.set(next, path); queue.push(next); }
    }
  };
  while (queue.length && asked < MOST_PAGES) await Promise.all(Array.from({ length: AT_ONCE }, worker));
  assert.deepEqual(broken, []);
  assert.ok(asked > 200, `only ${asked} addresses were found`);
});
