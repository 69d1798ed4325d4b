// The reader's side: Chromium, and a page that writes down everything a reader's browser would complain about.
import { chromium } from "playwright-core";
import { origin, at } from "./newsroom.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1440, height: 900 };

/** Chromium with a new, empty profile of its own. */
export const open = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS });

/** A new device: nothing is kept on it yet. */
export async function device(browser, options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-GB", ...options });
  context.setDefaultTimeout(20_000);
  return context;
}

/** Opens a page that notes console errors, violations of the CSP, failed loads, and requests to other origins. */
export async function watched(context) {
  const page = await context.newPage();
  const complaints = [];
  const note = (what) => complaints.push(`${new URL(page.url()).pathname}: ${what}`);
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`));
  });
  page.on("pageerror", (error) => note(`error ${error.message}`));
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type()) || ownStatus(page, message)) return;
    note(`${message.type()} ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin) note(`left the origin: ${request.url()}`);
  });
  page.on("response", (answer) => {
    if (answer.status() >= 400 && !answer.request().isNavigationRequest()) note(`${answer.status()} for ${answer.url()}`);
  });
  return { page, complaints };
}

/** Chromium calls it an error that a page which is meant to answer 404 or 410 does so. */
const ownStatus = (page, message) =>
  message.text().startsWith("Failed to load resource") && message.location().url === page.url();

/** Goes to a path of the site and waits until its scripts have started. */
export async function visit(page, path) {
  const answer = await page.goto(at(path), { waitUntil: "load" });
  return answer.status();
}

/** The unseen count in the first badge that shows one: "" while it is nought. */
export const unseen = (page) => page.evaluate(() => {
  const badge = [...document.querySelectorAll("[data-unseen]")].find((it) => !it.hidden);
  return badge?.querySelector("[aria-hidden]")?.textContent ?? "";
});

/** Waits until the count shows exactly this. */
export const waitForUnseen = (page, text) => page.waitForFunction((expected) => {
  const badges = [...document.querySelectorAll("[data-unseen]")];
  return badges.length > 0 && badges.every((badge) => (badge.hidden ? "" : badge.querySelector("[aria-hidden]")?.textContent) === expected);
}, text);

/** Waits until the newsfeed has its list and the live stream is open, so that nothing that follows can be missed. */
export const waitForLive = (page) => page.waitForFunction(() => document.documentElement.dataset.live === "open");
