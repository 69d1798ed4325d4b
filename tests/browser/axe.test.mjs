// axe finds nothing on any kind of page: light and dark, on a phone and on a desk.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { kinds } from "./kinds.mjs";
import { DESKTOP, PHONE, device, open, visit } from "./reader.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let browser, all;
before(async () => { browser = await open(); all = await kinds(); });
after(() => browser?.close());

const judge = (page, only) => page.evaluate(async (runOnly) => {
  const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
  return violations.map((it) => `${it.id}: ${it.nodes.slice(0, 2).map((node) => `${node.target} (${node.any[0]?.message ?? node.all[0]?.message ?? ""})`).join(" and ")}`);
}, only);

/** Dark differs from light in nothing but colours. */
const ALL = { type: "tag", values: RULES };
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** One page at one size, light then dark: the page is loaded once. */
async function both(page, kind) {
  await visit(page, kind.path);
  await page.evaluate(AXE);
  const found = [];
  for (const [colorScheme, rules] of [["light", ALL], ["dark", COLOURS]]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    found.push(...(await judge(page, rules)).map((it) => `${kind.name} ${colorScheme} ${it}`));
  }
  return found;
}

/** The other editions share the templates; their own are the letters, so a few kinds tell. */
const chosen = (kind) => kind.edition.code === "en" || / (front|story|live|search with results|lite story)$/.test(kind.name);

for (const [name, viewport] of [["phone", PHONE], ["desk", DESKTOP]])
  test(`every kind of page passes on a ${name}`, async () => {
    // Trusted Types would refuse axe's own frames; the pages' scripts run under the policy in the other tests.
    const context = await device(browser, { viewport, bypassCSP: true });
    const page = await context.newPage();
    const wrong = [];
    for (const kind of all.filter(chosen)) wrong.push(...await both(page, kind));
    assert.deepEqual(wrong, []);
    await context.close();
  });
