// Arabic reads from right to left: the page is the mirror image of the English one, letters and digits are right.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathOf, stories } from "./newsroom.mjs";
import { DESKTOP, device, open, visit, watched } from "./reader.mjs";

let browser;
before(async () => { browser = await open(); });
after(() => browser?.close());

const boxes = (page, selectors) => page.evaluate((all) => all.map((selector) => {
  const { left, right } = document.querySelector(selector).getBoundingClientRect();
  return [left, right];
}), selectors);

const mirrored = ([left, right]) => [DESKTOP.width - right, DESKTOP.width - left];
const PARTS = [".front-lead", ".rail", ".menu", ".today", ".footer-name"];

test("the Arabic front is the mirror image of the English one", async () => {
  const context = await device(browser, { locale: "ar" });
  const { page, complaints } = await watched(context);
  await visit(page, "/en/");
  const english = await boxes(page, PARTS);
  await visit(page, "/ar/");
  const arabic = await boxes(page, PARTS);
  for (const [at, part] of PARTS.entries()) {
    const [start] = mirrored(arabic[at]);
    assert.ok(Math.abs(start - english[at][0]) < 3, `${part} begins at ${english[at][0]} and, mirrored, at ${start}`);
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an Arabic story is set in the Arabic letters of the theme, aligned right, with the words joined", async () => {
  const context = await device(browser);
  const { page } = await watched(context);
  await visit(page, pathOf((await stories("ar")).find((it) => it.words > 100)));
  await page.evaluate(() => document.fonts.ready);
  const it = await page.evaluate(() => {
    const text = document.querySelector(".story-body p");
    const style = getComputedStyle(text);
    const headline = getComputedStyle(document.querySelector("h1"));
    return { direction: style.direction, align: style.textAlign, spacing: headline.letterSpacing, loaded: [...document.fonts].filter((font) => font.status === "loaded").map((font) => font.family.replaceAll('"', "")), line: parseFloat(style.lineHeight) / parseFloat(style.fontSize) };
  });
  assert.equal(it.direction, "rtl");
  assert.ok(["start", "right"].includes(it.align));
  assert.ok(it.loaded.includes("Vazirmatn"), it.loaded.join());
  assert.ok(it.line >= 1.7, `lines are ${it.line} apart`);
  assert.ok(["normal", "0px"].includes(it.spacing), `letters that join must not be pulled apart: ${it.spacing}`);
  await context.close();
});

test("what is left in another language says so", async () => {
  const context = await device(browser);
  const { page } = await watched(context);
  await visit(page, "/ar/");
  const bare = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { parentElement: it, textContent: text } = walker.currentNode;
      if (!it.closest("script, [lang]:not([lang^=ar], html)") && /[A-Za-z]{4,}/.test(text)) found.push(text.trim().slice(0, 60));
    }
    return found.filter((text) => !/^RSS$/.test(text));
  });
  assert.deepEqual(bare, []);
  await context.close();
});
