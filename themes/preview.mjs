// Pictures of the previews, and axe-core over them. Called by preview.py; serves the folder itself, with the site's headers.
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

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://x").pathname);
  if (path.startsWith("/api/")) return response.writeHead(404).end();
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

await { shots, axe }[task]();
await browser.close();
server.close();
process.exit(faults ? 1 : 0);
