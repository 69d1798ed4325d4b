// Moderation: a moderator with nothing but a keyboard lets through, holds, takes out, times out and undoes; the readers' open
// pages follow at once, and whoever is concerned is told why. Without script the same forms do the same.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { ask, at, desk, pathOf, publish, tidy } from "./newsroom.mjs";
import { DESKTOP, PHONE, device, open, visit, waitForLive, watched } from "./reader.mjs";
import { staff } from "./staff.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PASSWORD = `${randomUUID()} ${randomUUID()}`;

let browser;
before(async () => { browser = await open(); });
after(async () => { await tidy(); await browser?.close(); });

/** A device on which a new reader is signed in. */
async function reader(name) {
  const email = `reader-${randomUUID().slice(0, 8)}@example.org`;
  execFileSync(process.env.WIREROOM_BINARY, ["person", "add", "--email", email, "--name", name, "--role", "reader", "--password-stdin"], { input: `${PASSWORD}\n` });
  const context = await device(browser);
  const { page, complaints } = await watched(context);
  await visit(page, "/sign-in");
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(PASSWORD);
  await page.locator("main form button[type=submit], main form button:not([type])").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return { context, page, complaints, email };
}

/** A new story's room in which one word is watched. */
async function watchedRoom() {
  const story = await publish();
  await desk("PUT", `rooms/rules/room:${story.id}`, { version: 0, layer: { watched: ["dolt*"] } });
  return { id: story.id, path: `${pathOf(story)}/room` };
}

async function enter(page, room) {
  await visit(page, room.path);
  await waitForLive(page);
  await page.locator(".room-open [data-room-form]").waitFor();
}

const say = async (page, text) => {
  await page.locator("#room-text").fill(text);
  await page.locator("#room-text").press("Enter");
};
const shows = (page, text) => page.waitForFunction((words) => [...document.querySelectorAll("[data-messages] > li[data-seq] .message-body")].some((it) => it.innerText.includes(words)), text);
const showsNot = (page, text) => page.waitForFunction((words) => ![...document.querySelectorAll("[data-messages] > li[data-seq]")].some((it) => it.innerText.includes(words)), text);
const status = (page, text) => page.waitForFunction((words) => document.querySelector("[data-status]").textContent.includes(words), text);
const opened = (page, text) => page.waitForFunction((words) => document.querySelector("[data-detail] .this")?.innerText.includes(words), text);

/** What was pressed is done, and the next message is open. */
const idle = (page) => page.locator("[data-beside][aria-busy=false]").waitFor();
/** Presses a key when the page can take it. */
const press = async (page, key) => { await idle(page); await page.keyboard.press(key); };

/** The queue of one room, live. */
async function queue(page, room, kind) {
  await page.goto(at(`/desk/rooms?kind=${kind}&room=${room.id}`));
  await waitForLive(page);
}

test("a moderator decides by keyboard alone, and every open page follows", async () => {
  const room = await watchedRoom();
  const [ann, ben, mo] = [await reader("Ann Waters"), await reader("Ben Okafor"), await staff(browser, "moderator", "Mo Haddad")];
  await enter(ann.page, room);
  await enter(ben.page, room);
  await queue(mo.page, room, "held");
  await say(ben.page, "Was the ferry late again?");
  await shows(ann.page, "Was the ferry late again?");

  // Held: the queue shows it by itself, with rule and word; nobody else has it.
  await say(ann.page, "The captain is a d0lt.");
  await opened(mo.page, "The captain is a d0lt.");
  assert.match(await mo.page.locator("[data-why]").innerText(), /Watched word.*d0lt/s);
  assert.equal(await mo.page.locator(".this mark").innerText(), "d0lt");
  assert.ok(!(await ben.page.locator("[data-messages]").innerText()).includes("d0lt"));

  await press(mo.page, "a");
  await shows(ben.page, "The captain is a d0lt.");
  await press(mo.page, "u");
  await showsNot(ben.page, "d0lt");
  await opened(mo.page, "The captain is a d0lt.");
  await press(mo.page, "r");
  await status(mo.page, "once more");
  await press(mo.page, "r");
  await status(mo.page, "Not shown");
  await mo.page.locator(".empty").waitFor();

  // Everything: j and k move, h holds, u puts it back where it stood, r r takes it out.
  await say(ben.page, "And the harbour is closed.");
  await shows(ann.page, "And the harbour is closed.");
  await queue(mo.page, room, "all");
  await opened(mo.page, "And the harbour is closed.");
  await press(mo.page, "j");
  await opened(mo.page, "Was the ferry late again?");
  await press(mo.page, "k");
  await opened(mo.page, "And the harbour is closed.");
  await press(mo.page, "h");
  await showsNot(ann.page, "And the harbour is closed.");
  await press(mo.page, "u");
  await shows(ann.page, "And the harbour is closed.");
  await queue(mo.page, room, "all");
  await opened(mo.page, "And the harbour is closed.");
  const begun = Date.now();
  await press(mo.page, "r");
  await press(mo.page, "r");
  await showsNot(ann.page, "And the harbour is closed.");
  assert.ok(Date.now() - begun < 3_000, "at once");
  await visit(ann.page, room.path);
  assert.ok(!(await ann.page.content()).includes("And the harbour is closed."), "nor is it in the page or the backfill");

  // A timeout: the dialog opens with its length in focus, Enter is enough. Its person is told why, and free when it is undone.
  await queue(mo.page, room, "all");
  await opened(mo.page, "Was the ferry late again?");
  await press(mo.page, "t");
  await mo.page.locator("dialog[open] #d-seconds").waitFor();
  assert.equal(await mo.page.evaluate(() => document.activeElement.id), "d-seconds");
  await mo.page.keyboard.press("Tab");
  await mo.page.keyboard.press("Tab");
  await mo.page.keyboard.type("Please keep to the story");
  await mo.page.keyboard.press("Enter");
  await status(mo.page, "Timed out");
  await say(ben.page, "Then I say it here.");
  await ben.page.waitForFunction(() => document.querySelector(".room-open").innerText.includes("Please keep to the story"));
  await press(mo.page, "u");
  await status(mo.page, "Undone");

  assert.deepEqual(mo.complaints, []);
  for (const it of [ann, ben, mo]) await it.context.close();
});

test("without script the same forms decide, and the decision can be undone", async () => {
  const room = await watchedRoom();
  const [ann, mo] = [await reader("Ann Waters"), await staff(browser, "moderator", "Mo Haddad")];
  await enter(ann.page, room);
  await say(ann.page, "Such dolts!");
  const state = await mo.context.storageState();
  const plain = await device(browser, { javaScriptEnabled: false, storageState: state });
  const page = await plain.newPage();
  const waits = async () => { await page.goto(at(`/desk/rooms?kind=held&room=${room.id}`)); return page.locator(".cases li").count(); };
  while (!(await waits())) await new Promise((go) => setTimeout(go, 100));
  await page.locator("[data-decide] button[value=approve]").click();
  await shows(ann.page, "Such dolts!");
  assert.equal(await page.locator(".cases li").count(), 0);
  await page.locator(".undo button").click();
  await showsNot(ann.page, "Such dolts!");
  await page.goto(at(`/desk/rooms/rules?place=room:${room.id}`));
  assert.equal(await page.locator("[name=watched]").inputValue(), "dolt*");
  await page.locator("[name=watched]").fill("dolt*\nsuch");
  await page.locator("button[value=try]").click();
  assert.match(await page.locator("main").innerText(), /Of \d+ messages?, \d+ would be held/);
  await page.locator("button[value=save]").click();
  await page.locator(".note[role=status]").waitFor();
  for (const it of [ann.context, mo.context, plain]) await it.close();
});

test("nobody but moderators gets there", async () => {
  const ben = await reader("Ben Okafor");
  for (const path of ["/desk/rooms", "/desk/rooms/rules", "/desk/rooms/decisions", "/desk/rooms/notices"]) {
    assert.equal((await ben.page.goto(at(path))).status(), 403, path);
    assert.equal((await ask(path, { headers: { accept: "text/html" } })).status, 303, path);
  }
  for (const path of ["queue", "decisions", "rules", "notices", "appeals"]) assert.equal((await ask(`/api/v1/desk/rooms/${path}`)).status, 401, path);
  await ben.context.close();
});

const judge = (page) => page.evaluate(async () => {
  const { violations } = await axe.run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }, resultTypes: ["violations"] });
  return violations.map((it) => `${it.id}: ${it.nodes.slice(0, 2).map((node) => node.target).join(" and ")}`);
});

test("axe finds nothing on the moderators' pages", async () => {
  const room = await watchedRoom();
  const ann = await reader("Ann Waters");
  await enter(ann.page, room);
  await say(ann.page, "Such dolts, all of them!");
  await ann.page.locator(".message-held, [data-messages] li").first().waitFor();
  for (const viewport of [PHONE, DESKTOP]) {
    const mo = await staff(browser, "moderator", "Mo Haddad", { viewport, bypassCSP: true });
    const wrong = [];
    let who = "";
    for (const path of [`/desk/rooms?kind=held&room=${room.id}`, "/desk/rooms?kind=all", "/desk/rooms?kind=reported", "/desk/rooms/rules", "/desk/rooms/decisions", "/desk/rooms/notices", "person"]) {
      await mo.page.goto(at(path === "person" ? who : path));
      if (await mo.page.locator("#who-title a").count()) who = await mo.page.locator("#who-title a").first().getAttribute("href");
      await mo.page.evaluate(AXE);
      for (const colorScheme of ["light", "dark"]) {
        await mo.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        wrong.push(...(await judge(mo.page)).map((it) => `${viewport.width} ${colorScheme} ${path} ${it}`));
      }
      if (process.env.SHOTS) await mo.page.screenshot({ path: `${process.env.SHOTS}/${viewport.width}-${path.replace(/\W+/g, "-")}.png` });
    }
    assert.deepEqual(wrong, []);
    await mo.context.close();
  }
  await ann.context.close();
});
