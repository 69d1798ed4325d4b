// The whole scene: a reporter writes, pictures, sources and notes travel, an editor schedules and publishes; by mouse and by keyboard.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { ask, at, heading, kill } from "./newsroom.mjs";
import { device, open, visit, watched } from "./reader.mjs";
import { begin, faults, ready, saved, staff } from "./staff.mjs";

const pictures = new URL("../../sample/pictures/", import.meta.url);
let browser, reporter, editor;
before(async () => {
  browser = await open();
  reporter = await staff(browser, "reporter", "Tomas Vey");
  editor = await staff(browser, "editor", "Ilse Marant");
});
after(async () => {
  const wrong = faults([...reporter.complaints, ...editor.complaints]);
  assert.deepEqual(wrong, []);
  await browser.close();
});

const body = (page) => page.locator(".ProseMirror");
const pane = (page, words) => page.locator(`.side > details > summary:has-text("${words}")`);
const openPane = async (page, words) => { if (!(await pane(page, words).evaluate((it) => it.parentElement.open))) await pane(page, words).click(); };
const act = (page, name) => Promise.all([page.waitForEvent("load"), page.click(`[data-act="${name}"] button`)]).then(() => ready(page));

test("from the reporter's pen to the readers, with picture, sources and a note", async () => {
  const { page } = reporter, headline = heading("Bridge closes for a night"), secret = `Mr ${heading("Nobody")}`;
  const id = await begin(page);
  await page.fill("#f-headline", headline);
  await body(page).click();
  await page.keyboard.type("The bridge closes at ten. The tests take until dawn.");
  await openPane(page, "Lead picture");
  const file = readdirSync(pictures).find((name) => /\.(jpe?g|png)$/.test(name));
  await page.setInputFiles("#lead-file", new URL(file, pictures).pathname);
  await page.waitForSelector("[data-lead] img");
  await page.fill("[data-lead-part=alt]", "A bridge at dusk with its lamps lit");
  await page.fill("[data-lead-part=caption]", "The bridge on Monday.");
  await page.fill("[data-lead-part=credit]", "Nell Arden");
  await openPane(page, "Sources");
  for (const [at, name] of [[0, "The port office"], [1, secret]]) {
    await page.click("[data-add-source]");
    await page.locator("[data-sources] li").nth(at).locator("[data-part=name]").fill(name);
    await page.locator("[data-sources] li").nth(at).locator("[data-part=text]").fill("That the bridge closes.");
  }
  await page.locator("[data-sources] li").nth(1).locator("input[type=checkbox]").check();
  await saved(page);
  await openPane(page, "Notes");
  await page.fill("#note-text", "Ask again about the hour.");
  await page.click("[data-note-form] button");
  await page.waitForSelector("[data-notes] li:has-text('Ask again about the hour.')");
  assert.equal(await page.locator('[data-act="publish"]').count(), 0, "a reporter does not publish");
  await page.selectOption("#stage", "desk");
  await act(page, "stage");

  const desk = editor.page;
  await desk.goto(at("/desk/?at=desk"));
  await desk.click(`tr[data-id="${id}"] a.title`);
  await ready(desk);
  await openPane(desk, "Notes");
  await desk.click("[data-notes] li button");
  await desk.waitForSelector("[data-notes] li.resolved");
  // The reporter's page still has the pen.
  await desk.click("[data-pen] button");
  await desk.fill("#f-standfirst", "Cars go round by the old ford.");
  await saved(desk);
  await act(desk, "publish");

  const reader = await watched(await device(browser));
  const path = await desk.locator('a:has-text("As readers see it")').getAttribute("href");
  await visit(reader.page, path);
  assert.equal(await reader.page.locator("h1").innerText(), headline);
  assert.equal(await reader.page.locator("main figure img").first().getAttribute("alt"), "A bridge at dusk with its lamps lit");
  const shown = await reader.page.locator("main").textContent();
  assert.match(shown, /Nell Arden/);
  assert.match(shown, /The port office/);
  for (const where of [path, `/api/v1/stories/${id}`]) {
    const { text } = await ask(where);
    assert.ok(text.includes("The port office"), "the subject exists");
    assert.ok(!text.includes(secret) && !text.includes("Ask again"), `${where} tells what is confidential`);
  }
  await reader.page.context().close();
  await kill(id, "A story of the tests.");
  await page.goto(at("/desk/"));
});

test("a story is scheduled on the edition's clock, held, taken up and spiked", async () => {
  const { page } = editor;
  const id = await begin(page);
  await page.fill("#f-headline", heading("For tomorrow"));
  await body(page).click();
  await page.keyboard.type("Text for tomorrow.");
  await openPane(page, "Details");
  await page.fill("#f-byline", "Ilse Marant");
  await saved(page);
  await page.click('summary:text-is("Schedule")');
  await page.fill("#at", "2031-07-01T12:00");
  const zone = await page.inputValue("#zone");
  await act(page, "schedule");
  assert.equal(await page.locator("[data-at]").getAttribute("data-at"), "scheduled");
  const goes = await page.locator("time[datetime^='2031']").getAttribute("datetime");
  const there = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(new Date(goes));
  assert.equal(there, "12:00");
  for (const [name, then] of [["hold", "hold"], ["take-up", "writing"], ["spike", "spiked"]]) {
    await act(page, name);
    assert.equal(await page.locator("[data-at]").getAttribute("data-at"), then);
  }
  await page.goto(at("/desk/?at=spiked"));
  assert.equal(await page.locator(`tr[data-id="${id}"]`).count(), 1);
});

test("a story is begun, written and published without a mouse", async () => {
  const { page } = editor, headline = heading("Written by hand");
  const tabTo = async (selector, back = false) => {
    for (let pressed = 0; pressed < 90; pressed++) {
      if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
      await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    }
    throw new Error(`${selector} cannot be reached`);
  };
  await page.goto(at("/desk/"));
  await page.keyboard.press("g");
  await Promise.all([page.waitForURL("**/desk/write"), page.keyboard.press("w")]);
  await tabTo("main button.first");
  await page.keyboard.press("Enter");
  await ready(page);
  await tabTo("#f-headline");
  await page.keyboard.type(headline);
  await tabTo(".ProseMirror");
  await page.keyboard.type("A first paragraph.\n/quot");
  await page.waitForSelector(".slash:not([hidden]) li");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Said without hands.");
  await page.keyboard.press("Control+Enter");
  await page.keyboard.type("Then **strong** words.");
  await saved(page);
  assert.equal(await body(page).locator("blockquote").innerText().then((text) => text.trim()), "Said without hands.");
  assert.equal(await body(page).locator("strong").innerText(), "strong");
  await tabTo("details:nth-of-type(3) > summary");
  await page.keyboard.press("Enter");
  await tabTo("#f-byline");
  await page.keyboard.type("Ilse Marant");
  await saved(page);
  await tabTo('[data-act="publish"] button', true);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  await ready(page);
  assert.equal(await page.locator("[data-at]").getAttribute("data-at"), "published");
  await kill(page.url().split("/").at(-1), "A story of the tests.");
});

test("Arabic is written from right to left, with its own quotation marks", async () => {
  const { page } = editor;
  await page.goto(at("/desk/write"));
  const place = await page.locator('#place option[value^="ar/"]').first().getAttribute("value").catch(() => null);
  if (!place) return;
  await begin(page, place);
  await body(page).click();
  await page.keyboard.type('قال "نعم" ثم مضى');
  await saved(page);
  assert.equal(await body(page).getAttribute("dir"), "rtl");
  assert.equal(await body(page).innerText(), "قال «نعم» ثم مضى");
});
