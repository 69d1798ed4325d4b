// The keyboard reaches everything in a sensible order, and one always sees where it is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { at, pathOf, stories } from "./newsroom.mjs";
import { PHONE, device, open, visit, waitForLive, watched } from "./reader.mjs";

let browser;
before(async () => { browser = await open(); });
after(() => browser?.close());

/** Where the focus is, and whether a reader can see it. */
const focused = (page) => page.evaluate(() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const [box, style] = [[...it.getClientRects()].find((rect) => rect.width > 0) ?? it.getBoundingClientRect(), getComputedStyle(it)];
  const [x, y] = [Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1), box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  return {
    name: `${it.localName}.${it.className} "${(it.innerText ?? "").trim().slice(0, 40)}"`,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: y >= 0 && y <= innerHeight,
    uncovered: Boolean(top && (top === it || it.contains(top) || top.contains(it))),
  };
});

for (const [name, path, viewport] of [["front", "/en/", undefined], ["story", null, undefined], ["front on a phone", "/en/", PHONE], ["Arabic front", "/ar/", undefined]])
  test(`every stop is visible, outlined and not covered (${name})`, async () => {
    const context = await device(browser, viewport ? { viewport } : {});
    const { page } = await watched(context);
    await visit(page, path ?? pathOf((await stories("en"))[1]));
    const wrong = [];
    let stops = 0;
    for (; stops < 400; stops += 1) {
      await page.keyboard.press("Tab");
      const stop = await focused(page);
      if (!stop) break;
      if (!stop.outlined || !stop.inside || !stop.uncovered) wrong.push(stop);
    }
    assert.deepEqual(wrong, []);
    assert.ok(stops > 30, `only ${stops} stops`);
    await context.close();
  });

test("the first stop skips to the content", async () => {
  const context = await device(browser);
  const { page } = await watched(context);
  await visit(page, "/en/");
  await page.keyboard.press("Tab");
  assert.ok(await page.locator(".skip").isVisible());
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "main");
  await context.close();
});

test("the menu opens by Enter, and / leads to the search unless it is switched off", async () => {
  const context = await device(browser);
  const { page } = await watched(context);
  await visit(page, "/en/");
  await page.locator(".menu summary").focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator(".menu-sheet a").first().isVisible());
  await page.keyboard.press("/");
  await page.waitForURL(at("/en/search"));
  await visit(page, "/en/");
  await page.locator("[data-shortcuts]").uncheck();
  await page.locator("h1").click();
  await page.keyboard.press("/");
  await waitForLive(page);
  assert.equal(page.url(), at("/en/"));
  await context.close();
});
