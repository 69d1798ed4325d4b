// The desk's pages: who gets in, what axe finds, what the keyboard does, what changes by itself.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { ask, at, heading } from "./newsroom.mjs";
import { device, open, PHONE, watched } from "./reader.mjs";
import { begin, faults, ready, saved, staff } from "./staff.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser, owner, story;
before(async () => {
  browser = await open();
  owner = await staff(browser, "owner", "Rasmus Okell");
  story = await begin(owner.page);
  await owner.page.fill("#f-headline", heading("A story for the pages"));
  await owner.page.locator(".ProseMirror").click();
  await owner.page.keyboard.type("A paragraph.\nAnother, TK.");
  await saved(owner.page);
});
after(async () => { await browser.close(); assert.deepEqual(faults(owner.complaints), []); });

const pages = () => ["/desk/", "/desk/?at=killed&q=nothing", "/desk/write", `/desk/stories/${story}`, `/desk/stories/${story}/versions`, `/desk/stories/${story}/versions?view=sides`, "/desk/people", "/desk/house"];

test("whoever is not signed in is led to the sign-in and comes back; a reader is refused", async () => {
  for (const path of pages()) {
    const stranger = await ask(path, { headers: { accept: "text/html" } });
    assert.equal(stranger.status, 303, path);
    assert.equal(stranger.headers.get("location"), `/sign-in?next=${encodeURIComponent(path).replace(/%20/g, "+")}`);
    assert.match(stranger.headers.get("cache-control"), /no-store/);
  }
  const { page } = await staff(browser, "photo", "Nell Arden");
  assert.equal(await page.locator("h1").innerText(), "Queue");
  assert.equal((await page.goto(at("/desk/people"))).status(), 403);
  await page.context().close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing on any page of the desk, ${colorScheme}`, async () => {
    const { page } = owner;
    await page.emulateMedia({ colorScheme });
    for (const path of pages()) {
      await page.goto(at(path));
      if (path.endsWith(story)) { await ready(page); await page.evaluate(() => document.querySelectorAll(".side details").forEach((it) => { it.open = true; })); }
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      assert.deepEqual(found.violations.map((it) => `${path} ${it.id}: ${it.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(" | ")}`), []);
    }
    await page.emulateMedia({ colorScheme: null });
  });
}

test("nothing sticks out of a phone", async () => {
  const { page } = owner;
  await page.setViewportSize(PHONE);
  for (const path of pages()) {
    await page.goto(at(path));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
});

test("the queue by keyboard: down, select, move, open; and it changes by itself", async () => {
  const { page } = owner;
  await page.goto(at("/desk/?at=writing"));
  await page.waitForFunction(() => document.documentElement.dataset.live === "open");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  assert.equal(await page.locator('tr[aria-selected="true"]').count(), 1);
  const id = await page.locator("tr.current").getAttribute("data-id");
  await page.selectOption("[data-move]", "subs");
  await page.waitForFunction((id) => !document.querySelector(`tr[data-id="${id}"]`), id);
  await page.goto(at("/desk/?at=subs"));
  await page.waitForFunction(() => document.documentElement.dataset.live === "open");
  const other = await watched(owner.context);
  const made = await begin(other.page), headline = heading("Seen without a reload");
  await other.page.fill("#f-headline", headline);
  await saved(other.page);
  await other.page.selectOption("#stage", "subs");
  await other.page.click('[data-act="stage"] button');
  await page.waitForSelector(`tr[data-id="${made}"]`);
  await other.page.close();
  await page.locator(`tr[data-id="${made}"] a.title`).focus();
  await page.keyboard.press("Enter");
  await ready(page);
  assert.equal(await page.inputValue("#f-headline"), headline);
});

test("single keys can be switched off, and the help says which there are", async () => {
  const { page } = owner;
  await page.goto(at("/desk/"));
  await page.keyboard.press("?");
  await page.waitForSelector("#keys[open]");
  await page.keyboard.press("Escape");
  await page.click(".menu summary");
  await page.click('form:has(input[value="keys"]) button[value="off"]');
  await page.keyboard.press("?");
  assert.equal(await page.locator("#keys[open]").count(), 0);
  await page.click(".menu summary");
  await page.click('form:has(input[value="keys"]) button[value="on"]');
});

test("the desk in Russian is Russian throughout", async () => {
  const russian = await device(browser, { locale: "ru-RU", storageState: await owner.context.storageState() });
  await russian.clearCookies({ name: "wireroom-desk" });
  const page = await russian.newPage();
  for (const path of pages()) {
    await page.goto(at(path));
    assert.equal(await page.locator("html").getAttribute("lang"), "ru");
    const keys = (await page.locator("body").innerText()).match(/\b(script|check|at|field|kind|level|why|role)-[a-z-]+\b/g);
    assert.equal(keys, null, path);
  }
  await russian.close();
});

test("an invited reporter takes the link up", async () => {
  const { page } = owner;
  await page.goto(at("/desk/people"));
  await page.fill("#name", "Wanda Ferrel");
  await page.fill("#email", `wanda-${Date.now()}@example.org`);
  await page.click("form.panel button.first");
  const link = new URL(await page.inputValue("#link"));
  const guest = await device(browser), there = await guest.newPage();
  await there.goto(at(link.pathname + link.search));
  assert.equal(await there.locator("input[type=password]").count() > 0, true);
  await guest.close();
});
