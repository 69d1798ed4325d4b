// A story's room: two readers talk, a tunnel loses and doubles nothing, nothing that somebody writes runs, and a keyboard is enough.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { ask, at, desk, pathOf, publish, read, tidy } from "./newsroom.mjs";
import { DESKTOP, PHONE, device, open, visit, waitForLive, watched } from "./reader.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PASSWORD = `${randomUUID()} ${randomUUID()}`;

let browser;
before(async () => { browser = await open(); });
after(async () => { await tidy(); await browser?.close(); });

/** A device on which a new reader is signed in. */
async function reader(name, options = {}) {
  const email = `reader-${randomUUID().slice(0, 8)}@example.org`;
  execFileSync(process.env.WIREROOM_BINARY, ["person", "add", "--email", email, "--name", name, "--role", "reader", "--password-stdin"], { input: `${PASSWORD}\n` });
  const context = await device(browser, options);
  const { page, complaints } = await watched(context);
  await visit(page, "/sign-in");
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(PASSWORD);
  await page.locator("main form button[type=submit], main form button:not([type])").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return { context, page, complaints };
}

/** A new story with its empty room. */
async function newRoom() {
  const story = await publish();
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
const bodies = (page) => page.locator("[data-messages] > li[data-seq] .message-body").allInnerTexts();
const waitForText = (page, text) => page.waitForFunction((words) => [...document.querySelectorAll("[data-messages] > li[data-seq] .message-body")].some((it) => it.innerText.includes(words)), text);
const stored = async (room) => (await read(`/api/v1/rooms/${room.id}/messages?limit=100`)).items.toReversed();

test("two readers talk, and each sees what the other writes, changes and takes back", async () => {
  const room = await newRoom();
  const [ann, ben] = [await reader("Ann Waters"), await reader("Ben Okafor")];
  await enter(ann.page, room);
  await enter(ben.page, room);
  await say(ann.page, "Is the **bridge** open?");
  await waitForText(ben.page, "Is the bridge open?");
  assert.equal(await ben.page.locator(".message-body strong").innerText(), "bridge");
  await ben.page.locator("[data-messages] .message-tools > button").first().click();
  await say(ben.page, "Since noon.");
  await waitForText(ann.page, "Since noon.");
  assert.match(await ann.page.locator(".message-reply").innerText(), /Ann Waters.*Is the bridge open/s);
  await ben.page.locator(".message-menu summary").first().click();
  await ben.page.locator(".message-menu-sheet button", { hasText: "Agree" }).click();
  await ann.page.locator(".message-reactions", { hasText: "Agree 1" }).waitFor();
  const own = ann.page.locator("[data-messages] > li[data-seq]").first();
  await own.locator(".message-menu summary").click();
  await own.locator(".message-menu-sheet button", { hasText: "Edit" }).click();
  await own.locator("textarea").fill("Is the old bridge open?");
  await own.locator("textarea").press("Enter");
  await waitForText(ben.page, "Is the old bridge open?");
  ann.page.once("dialog", (dialog) => dialog.accept());
  await ann.page.locator("[data-messages] > li[data-seq]").first().locator(".message-menu summary").click();
  await ann.page.locator(".message-menu-sheet button", { hasText: "Remove" }).click();
  await ben.page.locator(".message-gone").waitFor();
  assert.ok(!(await ben.page.locator("[data-messages]").innerText()).includes("old bridge"), "also not in the reply");
  assert.deepEqual([...ann.complaints, ...ben.complaints], []);
  await ann.context.close();
  await ben.context.close();
});

test("through a tunnel nothing is missing and nothing is double", async () => {
  const room = await newRoom();
  const [ann, ben] = [await reader("Ann Waters"), await reader("Ben Okafor")];
  await enter(ann.page, room);
  await enter(ben.page, room);
  await say(ann.page, "before");
  await waitForText(ben.page, "before");
  await ann.context.setOffline(true);
  await say(ann.page, "from the tunnel");
  await ann.page.locator(".message-failed").waitFor();
  for (let n = 1; n <= 5; n += 1) {
    await say(ben.page, `meanwhile ${n}`);
    await ben.page.waitForFunction((count) => document.querySelectorAll("[data-messages] > li[data-seq]").length === count + 1, n);
  }
  await ann.context.setOffline(false);
  await waitForText(ann.page, "meanwhile 5");
  await waitForText(ann.page, "from the tunnel");
  await waitForText(ben.page, "from the tunnel");
  await ann.page.waitForFunction(() => !document.querySelector(".message-own"));
  const expected = (await stored(room)).map((message) => message.text);
  assert.equal(expected.length, 7);
  assert.equal(new Set(expected).size, 7);
  await ann.page.waitForFunction(() => document.querySelectorAll("[data-messages] > li[data-seq]").length === 7);
  assert.deepEqual((await bodies(ann.page)).map((it) => it.trim()), expected);
  assert.deepEqual((await bodies(ben.page)).map((it) => it.trim()), expected);
  await ann.context.close();
  await ben.context.close();
});

test("an answer that is lost does not double the message", async () => {
  const room = await newRoom();
  const { page, context } = await reader("Ann Waters");
  await enter(page, room);
  let lost = 0;
  await page.route("**/messages", async (route) => {
    if (route.request().method() !== "POST" || lost) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort();
  });
  await say(page, "only once");
  await page.waitForFunction(() => document.querySelectorAll("[data-messages] > li[data-seq]").length === 1);
  const retry = page.locator(".message-failed button").first();
  if (await retry.count()) await retry.click();
  await page.waitForFunction(() => !document.querySelector(".message-own"));
  assert.equal(lost, 1, "the subject exists");
  assert.equal((await stored(room)).length, 1);
  assert.equal((await bodies(page)).length, 1);
  await context.close();
});

test("a draft and an unsent message survive a reload", async () => {
  const room = await newRoom();
  const { page, context } = await reader("Ann Waters");
  await enter(page, room);
  await page.locator("#room-text").fill("half a thought");
  await page.reload();
  await page.locator(".room-open [data-room-form]").waitFor();
  await page.waitForFunction(() => document.querySelector("#room-text").value === "half a thought");
  await page.route("**/messages", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await say(page, "not yet");
  await page.locator(".message-failed").waitFor();
  await page.unroute("**/messages");
  await page.reload();
  await waitForText(page, "not yet");
  assert.equal((await stored(room)).length, 1);
  await context.close();
});

test("nothing that somebody writes runs", async () => {
  const room = await newRoom();
  const { page, context, complaints } = await reader("<img src=x onerror=alert(1)>");
  await page.addInitScript(() => { globalThis.ran = []; globalThis.alert = (what) => globalThis.ran.push(String(what)); });
  const strings = hostile();
  assert.ok(strings.length > 30, "the subject exists");
  await enter(page, room);
  const dialogs = [];
  page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
  const refused = [];
  for (const text of strings) {
    const { status } = await page.evaluate(async ([id, words, key]) => {
      const answer = await fetch(`/api/v1/rooms/${id}/messages`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ text: words, idempotency_key: key }) });
      return { status: answer.status };
    }, [room.id, text, randomUUID()]);
    if (status !== 201) refused.push([status, text.slice(0, 60)]);
  }
  assert.ok(refused.length < strings.length / 4, JSON.stringify(refused.slice(0, 5)));
  const looksClean = async (where) => {
    const found = await page.evaluate(() => ({
      ran: globalThis.ran,
      bad: [...document.querySelectorAll(".messages *")].filter((it) => /^(script|img|svg|iframe|object|embed|form|input|style|link|meta|base|video|audio|math)$/i.test(it.localName) && !it.closest(".message-tools, .message-report, .message-edit") || [...it.attributes].some((a) => /^on/i.test(a.name) || /^\s*(javascript|data|vbscript):/i.test(a.value))).map((it) => it.outerHTML.slice(0, 120)),
    }));
    assert.deepEqual(found, { ran: [], bad: [] }, where);
  };
  await page.waitForTimeout(500);
  await looksClean("told live");
  await page.reload();
  await page.locator(".room-open [data-room-form]").waitFor();
  await looksClean("from the list");
  const plain = await device(browser, { javaScriptEnabled: false });
  const scriptless = await plain.newPage();
  await visit(scriptless, room.path);
  const { text: html } = await ask(room.path);
  assert.ok(!/<(script|img|svg|iframe)[^>]*>[^<]*alert/i.test(html.split('class="messages"')[1].split("</ol>")[0]));
  await plain.close();
  assert.deepEqual(dialogs, []);
  assert.deepEqual(complaints.filter((it) => /CSP|left the origin/.test(it)), []);
  await context.close();
});

/** The corpus of attacks on sanitizers, where it is there, and the classics. */
function hostile() {
  const own = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
    "![x](x\"onerror=\"alert(1))", "[x](data:text/html,<script>alert(1)</script>)", "<a href=\"javascript:alert(1)\">x</a>", "<javascript:alert(1)>",
    "```\n</code></pre><script>alert(1)</script>\n```", "`<img src=x onerror=alert(1)>`", "**<b onmouseover=alert(1)>x**", "> <iframe srcdoc='<script>alert(1)</script>'>",
    "[a](https://x.example/\"onmouseover=alert(1))", "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "</textarea><script>alert(1)</script>", "<template><script>alert(1)</script></template>", "<base href=//evil.example/>", "<style>@import '//evil.example/x.css'</style>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<meta http-equiv=refresh content=0;url=//evil.example>", "<form action=//evil.example><input autofocus onfocus=alert(1)>",
    "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>", "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>", "<isindex action=javascript:alert(1)>", "\u202e<script>alert(1)</script>", "[x](https://a.example@evil.example/)", "&lt;script&gt;alert(1)&lt;/script&gt;", "<!--><script>alert(1)</script>-->",
  ];
  const folder = process.env.WIREROOM_SANITIZER ?? new URL("../../../../shared/corpus/sanitizer", import.meta.url).pathname;
  if (!existsSync(folder)) return own;
  const found = [];
  const walk = (value) => {
    if (typeof value === "string" && /[<:]/.test(value) && value.length < 5000) found.push(value);
    else if (value && typeof value === "object") Object.values(value).forEach(walk);
  };
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = `${folder}/${name}`;
    if (/\.json$/.test(name)) { try { walk(JSON.parse(readFileSync(path, "utf8"))); } catch { /* not one document */ } }
    else if (/\.(txt|html)$/.test(name)) found.push(...readFileSync(path, "utf8").split("\n").filter((line) => line.length > 3 && line.length < 5000));
  }
  const each = Math.max(1, Math.floor(found.length / 150));
  return [...own, ...found.filter((_, at) => at % each === 0)];
}

test("a keyboard is enough, and Escape takes a reply back", async () => {
  const room = await newRoom();
  const { page, context } = await reader("Ann Waters");
  await enter(page, room);
  await page.locator("#room-text").focus();
  await page.keyboard.type("first");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("second line");
  await page.keyboard.press("Enter");
  await waitForText(page, "second line");
  assert.equal(await page.locator("[data-messages] .message-body br").count(), 1);
  await page.locator("[data-messages] .message-tools > button").first().focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("[data-answering]").isVisible());
  assert.ok(await page.locator("#room-text").evaluate((it) => it === document.activeElement));
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("[data-answering]").isHidden());
  await page.locator(".message-menu summary").first().focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator(".message-reactions").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".message-menu[open]").count(), 0);
  await context.close();
});

test("the log is polite, has a name, and says a number when it is busy", async () => {
  const room = await newRoom();
  const [ann, ben] = [await reader("Ann Waters"), await reader("Ben Okafor")];
  await enter(ann.page, room);
  await enter(ben.page, room);
  const log = ann.page.locator("[role=log]");
  assert.ok(await log.getAttribute("aria-label"));
  assert.equal(await ann.page.locator("[aria-live=assertive], [role=alert]").count(), 0);
  await ann.page.waitForFunction(() => document.querySelector("[role=log]").getAttribute("aria-live") === "polite");
  for (let n = 1; n <= 8; n += 1) await say(ben.page, `quick ${n}`);
  await waitForText(ann.page, "quick 8");
  assert.equal(await log.getAttribute("aria-live"), "off");
  await ann.page.waitForFunction(() => /\d/.test(document.querySelector("[data-room-status]").textContent), undefined, { timeout: 15_000 });
  await ann.context.close();
  await ben.context.close();
});

test("who reads further up is not moved, and a button tells how many came", async () => {
  const room = await newRoom();
  const [ann, ben] = [await reader("Ann Waters"), await reader("Ben Okafor")];
  await enter(ben.page, room);
  for (let n = 1; n <= 45; n += 1) await ben.page.evaluate(([id, text]) => fetch(`/api/v1/rooms/${id}/messages`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ text }) }), [room.id, `number ${n} ${"and more ".repeat(20)}`]);
  await enter(ann.page, room);
  await waitForText(ann.page, "number 45");
  const log = ann.page.locator("[data-log]");
  await log.evaluate((it) => { it.scrollTop = 300; });
  const top = () => ann.page.evaluate(() => {
    const box = document.querySelector("[data-log]").getBoundingClientRect();
    const row = [...document.querySelectorAll("[data-messages] > li[data-seq]")].find((it) => it.getBoundingClientRect().top >= box.top);
    return [row.dataset.seq, Math.round(row.getBoundingClientRect().top)];
  });
  const before = await top();
  await say(ben.page, "one more");
  const pill = ann.page.locator("[data-room-held] button");
  await pill.waitFor();
  assert.match(await pill.innerText(), /1/);
  assert.deepEqual(await top(), before);
  await ann.page.locator("[data-older] a").evaluate((it) => it.click());
  await waitForText(ann.page, "number 1 ");
  assert.deepEqual(await top(), before, "older rows came in above");
  await pill.click();
  await ann.page.waitForFunction(() => { const it = document.querySelector("[data-log]"); return it.scrollHeight - it.scrollTop - it.clientHeight < 5; });
  await ann.context.close();
  await ben.context.close();
});

test("without script a room is read and written in", async () => {
  const room = await newRoom();
  const { page, context } = await reader("Ann Waters", { javaScriptEnabled: false });
  await visit(page, room.path);
  await page.locator("#room-text").fill("by the form");
  await page.locator("[data-room-form] button[type=submit]").click();
  await page.waitForURL(/#message-/);
  assert.match(await page.locator("[data-messages]").innerText(), /by the form/);
  assert.equal((await stored(room)).length, 1);
  await context.close();
});

test("a closed room is read, and says why it is closed", async () => {
  const room = await newRoom();
  const ann = await reader("Ann Waters");
  await enter(ann.page, room);
  await say(ann.page, "the last word");
  await waitForText(ann.page, "the last word");
  await desk("PATCH", `rooms/${room.id}`, { state: "closed", reason: "The story has moved on." });
  await ann.page.waitForFunction(() => document.querySelector("[data-room-notice]").textContent === "The story has moved on.");
  assert.ok(await ann.page.locator("[data-room-form]").isHidden());
  await ann.context.close();
});

test("axe finds nothing in a room that is in use, on a phone and beside a story", async () => {
  const room = await newRoom();
  for (const viewport of [PHONE, DESKTOP]) {
    const { page, context } = await reader("Ann Waters", { viewport, bypassCSP: true });
    if (viewport === DESKTOP) {
      await visit(page, room.path.replace(/\/room$/, ""));
      await waitForLive(page);
      await page.locator(".join a").click();
      await page.locator(".room-panel.room-open [data-room-form]").waitFor();
    } else await enter(page, room);
    await say(page, "Hello there");
    await page.locator("[data-messages] > li[data-seq]", { hasText: "Hello there" }).last().locator(".message-menu summary").click();
    await page.evaluate(AXE);
    const wrong = await page.evaluate(async () => {
      const { violations } = await axe.run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }, resultTypes: ["violations"] });
      return violations.map((it) => `${it.id}: ${it.nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join(" and ")}`);
    });
    assert.deepEqual(wrong, []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the window");
    await context.close();
  }
});
