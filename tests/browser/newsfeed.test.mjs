// The newsfeed panel: an exact count kept on the device, the same in all tabs, and nothing that is being read ever moves.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { kill, pathOf, publish, stories, tidy } from "./newsroom.mjs";
import { PHONE, device, open, unseen, visit, waitForLive, waitForUnseen, watched } from "./reader.mjs";

let browser, context, page, complaints;
before(async () => { browser = await open(); });
after(() => browser?.close());
beforeEach(async () => {
  context = await device(browser);
  ({ page, complaints } = await watched(context));
  await visit(page, "/en/");
  await waitForLive(page);
});
afterEach(async () => {
  await tidy();
  await context.close();
});

const second = async (path = "/en/politics/") => {
  const { page } = await watched(context);
  await visit(page, path);
  await waitForLive(page);
  return page;
};

test("the count is exact and stays on the device until all is marked read", async () => {
  for (let n = 1; n <= 3; n += 1) {
    await publish();
    await waitForUnseen(page, String(n));
  }
  await visit(page, "/en/world/");
  await waitForUnseen(page, "3");
  await page.locator("[data-mark-read]").click();
  await waitForUnseen(page, "");
  assert.doesNotMatch(await page.title(), /^\(/);
  await visit(page, "/en/");
  await waitForLive(page);
  await publish();
  await waitForUnseen(page, "1");
  assert.deepEqual(complaints, []);
});

test("what a new device finds is not called unseen", async () => {
  await publish();
  await waitForUnseen(page, "1");
  const other = await device(browser);
  const { page: fresh } = await watched(other);
  await visit(fresh, "/en/");
  await waitForLive(fresh);
  await publish();
  await waitForUnseen(fresh, "1");
  await waitForUnseen(page, "2");
  await other.close();
});

test("all tabs of a device show the same", async () => {
  const other = await second();
  await publish();
  await waitForUnseen(page, "1");
  await waitForUnseen(other, "1");
  await other.locator("[data-mark-read]").click();
  await waitForUnseen(other, "");
  await waitForUnseen(page, "");
});

test("a paused panel is still, and tells everything when it goes on", async () => {
  const pause = page.locator("[data-newsfeed] [data-pause]");
  await pause.click();
  assert.equal(await pause.getAttribute("aria-pressed"), "true");
  const witness = await second();
  await publish();
  await publish();
  await waitForUnseen(witness, "2");
  await witness.close();
  assert.equal(await unseen(page), "");
  assert.ok(await page.locator("[data-held]").isHidden());
  await pause.click();
  await waitForUnseen(page, "2");
});

test("a tab that slept knows what it missed, also what was withdrawn meanwhile", async () => {
  const session = await context.newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await publish();
  const early = await publish();
  await publish();
  await kill(early.id, "Sent too early.");
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await waitForUnseen(page, "2");
});

test("a reader who went away and came back by the back button has the count", async () => {
  await visit(page, "/en/sport/");
  await visit(page, "/en/pages/about");
  await publish();
  await page.goBack();
  await waitForUnseen(page, "1");
});

test("a panel that is being read holds new rows behind a button, and no row moves", async () => {
  const list = page.locator("[data-items]");
  const places = () => list.evaluate((it) => [...it.children].slice(0, 5).map((row) => Math.round(row.getBoundingClientRect().top)));
  const before = await places();
  const story = await publish();
  const pill = page.locator("[data-held] button");
  await pill.waitFor();
  assert.deepEqual(await places(), before);
  assert.equal(await list.locator(`[data-story="${story.id}"]`).count(), 0);
  await pill.click();
  const row = list.locator("li").first();
  assert.equal(await row.getAttribute("data-story"), story.id);
  assert.ok(await row.locator("a").evaluate((it) => it === document.activeElement), "focus is on the newest");
  assert.ok(await pill.isHidden());
  assert.deepEqual(complaints, []);
});

test("the count is said politely, the rows are not", async () => {
  const said = page.locator("#announcer");
  assert.equal(await said.getAttribute("role"), "status");
  assert.equal(await page.locator("[data-newsfeed]").evaluate((it) => Boolean(it.closest("[aria-live], [role=log], [role=feed], [role=status]") ?? it.querySelector("[aria-live], [role=log], [role=status]"))), false);
  await publish();
  await page.waitForFunction(() => /1/.test(document.getElementById("announcer").textContent));
});

test("on a phone it opens as a sheet that the keyboard can leave, and what was shown is seen", async () => {
  const phone = await device(browser, { viewport: PHONE, hasTouch: true });
  const { page: narrow, complaints } = await watched(phone);
  await visit(narrow, pathOf((await stories("en"))[2]));
  await waitForLive(narrow);
  const story = await publish();
  await waitForUnseen(narrow, "1");
  await narrow.locator(".newsfeed-opener").click();
  const sheet = narrow.locator("dialog.sheet[aria-labelledby=newsfeed-title]");
  assert.ok(await sheet.locator(`[data-story="${story.id}"]`).isVisible());
  await narrow.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
  await waitForUnseen(narrow, "");
  assert.ok(await narrow.locator(".newsfeed-opener").evaluate((it) => it === document.activeElement), "focus is back");
  assert.deepEqual(complaints, []);
  await phone.close();
});
