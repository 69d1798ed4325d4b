// Lighthouse on the sample's front, section and story, as a phone sees them: the scores as JSON lines, and what cost points.
// It measures time, so it is a bench and no test: `cargo xtask bench lighthouse` runs it on a release build.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse from "lighthouse";
import { chromium } from "playwright-core";
import { at, pathOf, stories } from "./browser/newsroom.mjs";

const RUNS = Number(process.env.LIGHTHOUSE_RUNS ?? 3);
const PORT = Number(process.env.LIGHTHOUSE_PORT ?? 9377);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const WANTED = 100;

const story = (await stories("en")).find((it) => it.kind === "news" && it.words > 200 && it.topics.length);
const pages = { front: "/en/", section: `/en/${story.section.slug}/`, story: pathOf(story) };

/** One run in a Chromium of its own, so that no cache of another run helps. */
async function measure(url) {
  const profile = await mkdtemp(join(tmpdir(), "wireroom-lighthouse-"));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium", headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", `--remote-debugging-port=${PORT}`],
  });
  try {
    const { lhr } = await lighthouse(url, { port: PORT, output: "json", logLevel: "error", onlyCategories: CATEGORIES, maxWaitForLoad: 20_000 });
    return lhr;
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/** Waits until the pictures of a page are there as AVIF, which the newsroom makes when there is time. */
async function settled(path) {
  const html = await (await fetch(at(path))).text();
  const pictures = new Set([...html.matchAll(/\/media\/[a-z0-9]+\/\d+\.jpg/g)].map(([address]) => address));
  const until = Date.now() + 15 * 60_000;
  for (const address of pictures) {
    while (!(await fetch(at(address), { headers: { accept: "image/avif" } })).headers.get("content-type").includes("avif")) {
      if (Date.now() > until) throw new Error(`${address} never becomes an AVIF`);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

const score = (lhr, category) => Math.round((lhr.categories[category].score ?? 0) * 100);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
/** What was not perfect, and weighs. */
const lost = (lhr) => CATEGORIES.flatMap((category) => lhr.categories[category].auditRefs
  .filter((it) => it.weight > 0 && lhr.audits[it.id].score !== null && lhr.audits[it.id].score < 0.995)
  .map((it) => `${it.id} ${lhr.audits[it.id].displayValue ?? lhr.audits[it.id].score}`));

let short = false;
for (const path of Object.values(pages)) await settled(path);
for (const [name, path] of Object.entries(pages)) {
  const runs = [];
  for (let n = 0; n < RUNS; n += 1) runs.push(await measure(at(path)));
  const scores = Object.fromEntries(CATEGORIES.map((category) => [category, median(runs.map((lhr) => score(lhr, category)))]));
  short ||= Object.values(scores).some((it) => it < WANTED);
  console.log(JSON.stringify({ bench: "lighthouse", page: name, ...scores, lost: [...new Set(runs.flatMap(lost))] }));
}
process.exitCode = short ? 1 : 0;
