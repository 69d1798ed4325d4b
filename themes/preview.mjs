// Pictures of the previews, axe-core over them, and what their scripts do. Called by preview.py; serves the folder itself, with the site's headers.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { readFile, readdir, mkdir } from "node:fs/promises";
import { join, extname, normalize } from "node:path";

const [task, ...only] = process.argv.slice(2);
const out = process.env.PREVIEW_OUT;
const require = createRequire(join(process.env.PREVIEW_NPM, "/"));
const { chromium } = require("playwright-core");

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types wireroom";
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".jpg": "image/jpeg", ".png": "image/png", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json" };

// A stand-in for the two addresses that the scripts ask: the newsfeed as preview.py wrote it, and a live stream.
const readers = new Set();
const later = []; // what was published after the newsfeed was written
async function api(path, query, response) {
  if (path === "/api/v1/newsfeed") {
    const feed = JSON.parse(await readFile(join(out, `newsfeed-${query.get("edition")}.json`), "utf8"));
    feed.items.unshift(...later);
    return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(feed));
  }
  if (path !== "/api/v1/live") return response.writeHead(404).end();
  response.writeHead(200, { "content-type": "text/event-stream" }).write(": here\n\n");
  readers.add(response);
  response.on("close", () => readers.delete(response));
}
const send = (kind, data) => { for (const it of readers) it.write(`id: e.${data.seq}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`); };

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://x").pathname);
  if (path.startsWith("/api/")) return api(path, new URL(request.url, "http://x").searchParams, response);
  try {
    const body = await readFile(join(out, path));
    response.writeHead(200, { "content-type": types[extname(path)] ?? "text/plain", "content-security-policy": policy }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const home = `http://127.0.0.1:${server.address().port}/`;
const names = (await readdir(out)).filter((it) => it.endsWith(".html") && !it.startsWith("fragment")).map((it) => it.slice(0, -5)).sort();
const wanted = only.length ? names.filter((it) => only.some((part) => it.startsWith(part))) : names;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
let faults = 0;

async function page(width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: task === "axe", deviceScaleFactor: 1 });
  const made = await context.newPage();
  made.on("console", (it) => { if (it.type() === "error" && !it.text().includes("404")) { console.log(`${made.url()}: ${it.text()}`); faults += 1; } });
  made.on("pageerror", (it) => { console.log(`${made.url()}: ${it.message}`); faults += 1; });
  return made;
}

async function shots() {
  await mkdir(join(out, "shots"), { recursive: true });
  for (const width of [390, 1440])
    for (const scheme of ["light", "dark"]) {
      const tab = await page(width, scheme);
      for (const name of wanted) {
        if (scheme === "dark" && !only.length && !/^(front|story|live)-(en|ar)/.test(name)) continue;
        await tab.goto(`${home}${name}.html`, { waitUntil: "load" });
        await tab.evaluate(() => { for (const it of document.images) it.loading = "eager"; return Promise.all([document.fonts.ready, ...[...document.images].map((it) => it.decode().catch(() => {}))]); });
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) { console.log(`${name} at ${width}: ${wide} px too wide`); faults += 1; }
        await tab.screenshot({ path: join(out, "shots", `${name}-${width}-${scheme}.png`), fullPage: true });
      }
      await tab.context().close();
    }
}

async function axe() {
  const source = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  for (const [width, scheme] of [[1440, "light"], [1440, "dark"], [390, "light"], [390, "dark"]]) {
    const tab = await page(width, scheme);
    for (const name of wanted) {
      await tab.goto(`${home}${name}.html`, { waitUntil: "load" });
      await tab.evaluate(source);
      const { violations } = await tab.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      for (const it of violations) {
        faults += 1;
        console.log(`${name} ${width} ${scheme}: ${it.id} (${it.impact}) ${it.nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
      }
    }
    await tab.context().close();
  }
  console.log(`axe: ${wanted.length} pages, ${faults} faults`);
}

/** What a reader does and sees, step by step. */
async function act() {
  const holds = async (what, test) => {
    for (let i = 0; i < 40; i += 1) { if (await test()) return; await new Promise((go) => setTimeout(go, 50)); }
    faults += 1;
    console.log(`not so: ${what}`);
  };
  const story = (n) => ({ id: `new${n}`, url: "/story-en.html", headline: `Headline ${n}`, section: "World", kicker: null });
  const publish = (seq, level) => {
    const item = { seq, at: new Date().toISOString(), level, story: story(seq), text: null };
    later.unshift(item);
    send("story.published", { stream: "edition:en", ...item });
  };
  const tab = await page(1440, "light");
  const badge = () => tab.locator("#newsfeed-title [data-unseen]");
  const count = async () => ((await badge().isVisible()) ? (await badge().locator("[aria-hidden]").textContent()) : "0");
  await tab.goto(`${home}front-en.html`);
  await holds("a first visit has nothing unseen", async () => readers.size === 1 && (await count()) === "0");
  const top = await tab.locator("[data-items] > li").first().textContent();
  publish(902, "routine");
  await holds("one unseen after one story", async () => (await count()) === "1");
  await holds("the title says it", async () => (await tab.title()).startsWith("(1) "));
  await holds("the list has not moved", async () => (await tab.locator("[data-items] > li").first().textContent()) === top);
  await holds("a button offers the row", async () => (await tab.locator("[data-held]").isVisible()));
  await holds("the count is announced", async () => (await tab.locator("#announcer").textContent()).includes("1"));
  publish(903, "urgent");
  await holds("an urgent story is in the bar, as an alert", async () => (await tab.locator("#flash-bar [role=alert]").count()) === 1);
  await holds("two unseen", async () => (await count()) === "2");
  send("story.published", { stream: "edition:en", seq: 903, at: new Date().toISOString(), level: "routine", story: story(903) });
  later.splice(later.findIndex((it) => it.seq === 902), 1);
  send("story.killed", { stream: "edition:en", seq: 904, at: new Date().toISOString(), story: { id: "new902" } });
  await holds("a killed story is not counted, a repeated one only once", async () => (await count()) === "1");
  await tab.locator("[data-held] button").click();
  await holds("the held row is shown", async () => (await tab.locator("[data-items] > li").first().textContent()).includes("Headline 903"));
  await tab.locator("#flash-bar button").click();
  await tab.reload();
  await holds("the count survives a reload", async () => (await count()) === "1");
  await tab.locator("[data-mark-read]").click();
  await holds("mark all read", async () => (await count()) === "0" && !(await tab.title()).startsWith("("));
  await tab.locator("[data-newsfeed] [data-pause]").click();
  publish(905, "routine");
  await new Promise((go) => setTimeout(go, 300));
  await holds("paused: nothing changes", async () => (await count()) === "0");
  await tab.locator("[data-newsfeed] [data-pause]").click();
  await holds("resumed: it is counted", async () => (await count()) === "1");
  await tab.locator("[name=appearance][value=dark]").check();
  await tab.reload();
  await holds("dark is kept", async () => (await tab.evaluate(() => getComputedStyle(document.body).backgroundColor)) === "rgb(18, 20, 22)");
  await holds("the mark is kept", async () => (await count()) === "1");
  await tab.keyboard.press("/");
  await holds("/ leads to the search", async () => tab.url().includes("search-en"));
  await tab.goto(`${home}feature-en.html`);
  const url = tab.url();
  const shift = await tab.evaluate(() => new Promise((done) => { let sum = 0; new PerformanceObserver((list) => { for (const it of list.getEntries()) sum += it.value; }).observe({ type: "layout-shift", buffered: true }); setTimeout(() => done(sum), 800); }));
  await holds(`nothing shifts while it loads (${shift})`, async () => shift < 0.02);
  await tab.locator("[data-next-load]").first().click();
  await holds("the next story is appended", async () => (await tab.locator("article.story").count()) === 2);
  await holds("with one h1 on the page", async () => (await tab.locator("h1").count()) === 1);
  await holds("the address follows", async () => tab.url() !== url);
  await holds("focus is on its headline", async () => (await tab.evaluate(() => document.activeElement.className)) === "story-headline");
  await tab.goto(`${home}live-en.html`);
  await holds("the live page is connected", async () => readers.size === 1);
  const entries = tab.locator("[data-entries] > li");
  const first = await entries.first().locator("[data-entry]").getAttribute("data-entry");
  const second = await entries.nth(1).locator("[data-entry]").getAttribute("data-entry");
  await tab.evaluate(() => document.querySelector("[data-entries] > li").remove());
  send("entry.posted", { stream: "live:x", seq: 1, at: new Date().toISOString(), entry: { id: first } });
  await holds("a new entry waits behind the pill", async () => (await tab.locator("[data-held-entries] button").textContent()) === "1 new update");
  await tab.locator("[data-held-entries] button").click();
  await holds("the pill brings it", async () => (await entries.first().locator("[data-entry]").getAttribute("data-entry")) === first && !(await tab.locator("[data-held-entries]").isVisible()));
  send("entry.removed", { stream: "live:x", seq: 2, at: new Date().toISOString(), entry: { id: second } });
  await holds("a removed entry goes", async () => (await tab.locator(`[data-entries] #entry-${second}`).count()) === 0);
  await tab.context().close();
  await holds("closed pages leave the stream", async () => readers.size === 0);
  const phone = await page(390, "light");
  await phone.goto(`${home}front-en.html`);
  await holds("connected, and the first list is there", async () => readers.size === 1 && (await phone.evaluate(() => localStorage.getItem("wireroom:seen:en"))) !== null);
  publish(906, "routine");
  await holds("the phone's badge", async () => (await phone.locator(".newsfeed-opener [data-unseen]").isVisible()));
  await phone.locator(".newsfeed-opener").click();
  await holds("the sheet opens with the row in it", async () => (await phone.locator("dialog[open] [data-items] > li").first().textContent()).includes("Headline 906"));
  await phone.keyboard.press("Escape");
  await holds("closing it makes what it showed seen", async () => !(await phone.locator(".newsfeed-opener [data-unseen]").isVisible()));
  await phone.context().close();
  console.log(`act: ${faults} faults`);
}

await { shots, axe, act }[task]();
await browser.close();
server.close();
server.closeAllConnections();
process.exit(faults ? 1 : 0);
