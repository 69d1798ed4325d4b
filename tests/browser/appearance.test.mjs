// Light and dark: the system's wish, the reader's own choice that is remembered; and no movement for who wants none.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathOf, stories } from "./newsroom.mjs";
import { device, open, visit, watched } from "./reader.mjs";

let browser;
before(async () => { browser = await open(); });
after(() => browser?.close());

const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const [LIGHT, DARK] = ["rgb(255, 255, 255)", "rgb(18, 20, 22)"];

test("the page follows the system", async () => {
  for (const [colorScheme, colour] of [["light", LIGHT], ["dark", DARK]]) {
    const context = await device(browser, { colorScheme });
    const { page } = await watched(context);
    await visit(page, "/en/");
    assert.equal(await paper(page), colour);
    await context.close();
  }
});

test("the reader's choice is remembered, on every page, and can be given back to the system", async () => {
  const context = await device(browser, { colorScheme: "light" });
  const { page, complaints } = await watched(context);
  await visit(page, "/en/");
  await page.getByLabel("Dark", { exact: true }).check();
  assert.equal(await paper(page), DARK);
  await visit(page, "/ar/");
  assert.equal(await paper(page), DARK);
  await visit(page, "/en/");
  assert.ok(await page.getByLabel("Dark", { exact: true }).isChecked());
  await page.locator("input[name=appearance][value=system]").check();
  assert.equal(await paper(page), LIGHT);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("nothing moves for a reader who wants less motion, and the live dot pulses for others", async () => {
  const live = (await stories("en")).find((it) => it.kind === "live");
  for (const reducedMotion of ["reduce", "no-preference"]) {
    const context = await device(browser, { reducedMotion });
    const { page } = await watched(context);
    await visit(page, pathOf(live));
    const moving = await page.evaluate(() => document.getAnimations().length);
    assert.equal(moving > 0, reducedMotion === "no-preference", reducedMotion);
    await context.close();
  }
});
