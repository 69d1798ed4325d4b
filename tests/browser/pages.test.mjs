// Every kind of page, in every edition: no complaint of the browser, one h1, the right language and direction, nothing
// wider than the window, and nothing fetched from elsewhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { kinds } from "./kinds.mjs";
import { device, open, visit, watched } from "./reader.mjs";

const WIDTHS = [320, 390, 1440];
let browser, all;
before(async () => { browser = await open(); all = await kinds(); });
after(() => browser?.close());

/** What a page says about itself. */
const facts = () => {
  const overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const wide = overflow > 0 ? [...document.body.querySelectorAll("*")].filter((it) => it.getBoundingClientRect().right > innerWidth + 1 || it.getBoundingClientRect().left < -1).slice(0, 3).map((it) => `${it.localName}.${it.className}`) : [];
  const ids = [...document.querySelectorAll("[id]")].map((it) => it.id);
  return {
    overflow, wide, headings: document.querySelectorAll("h1").length, main: document.querySelectorAll("main").length,
    lang: document.documentElement.lang, dir: document.documentElement.dir, title: document.title,
    twice: ids.filter((id, at) => ids.indexOf(id) !== at),
  };
};

async function judge(page, complaints, kind) {
  const wrong = [];
  const status = await visit(page, kind.path);
  if (![kind.status].flat().includes(status)) wrong.push(`answers ${status}`);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const { overflow, wide } = await page.evaluate(facts);
    if (overflow > 0) wrong.push(`${overflow} px too wide at ${width}: ${wide}`);
  }
  const it = await page.evaluate(facts);
  if (it.headings !== 1) wrong.push(`${it.headings} h1`);
  if (it.main !== 1) wrong.push(`${it.main} main`);
  if (it.lang !== kind.edition.language || it.dir !== kind.edition.dir) wrong.push(`is ${it.lang} ${it.dir}`);
  if (!it.title.trim()) wrong.push("has no title");
  if (it.twice.length) wrong.push(`has ids twice: ${it.twice}`);
  return [...wrong, ...complaints.splice(0)].map((what) => `${kind.name} ${what}`);
}

test("there are pages of every kind to judge", () => {
  for (const kind of ["front", "live", "gallery", "versions", "lite story", "404", "search with results"])
    assert.ok(all.some((it) => it.name.endsWith(kind)), kind);
});

for (const scheme of ["light", "dark"])
  test(`every kind of page is clean (${scheme})`, async () => {
    const context = await device(browser, { colorScheme: scheme });
    const { page, complaints } = await watched(context);
    const wrong = [];
    for (const kind of all) if (scheme === "light" || kind.edition.code === "en") wrong.push(...await judge(page, complaints, kind));
    assert.deepEqual(wrong, []);
    await context.close();
  });
