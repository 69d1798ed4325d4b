// A printed story is a story: headline, byline, times, text, credits and its address; nothing of the screen around it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathOf, stories } from "./newsroom.mjs";
import { device, open, visit, watched } from "./reader.mjs";

let browser;
before(async () => { browser = await open(); });
after(() => browser?.close());

const KEPT = [".story-headline", ".story-body p", ".times time"];
const LEFT_OUT = [".bar", ".rail", ".footer", ".next-story", ".share", ".related", ".newsfeed"];

for (const edition of ["en", "ar"])
  test(`a story prints (${edition})`, async () => {
    const context = await device(browser, { colorScheme: "dark" });
    const { page } = await watched(context);
    await visit(page, pathOf((await stories(edition)).find((it) => it.kind === "news" && it.words > 100)));
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const part of KEPT) assert.ok(await page.locator(part).first().isVisible(), `${part} is printed`);
    for (const part of LEFT_OUT) assert.equal(await page.locator(`${part}:visible`).count(), 0, `${part} is not printed`);
    const { ink, address, url } = await page.evaluate(() => ({
      ink: getComputedStyle(document.querySelector(".story-body p")).color,
      address: getComputedStyle(document.querySelector("article.story"), "::after").content,
      url: document.querySelector("article.story").dataset.url,
    }));
    assert.equal(ink, "rgb(0, 0, 0)", "black on white, also for a reader in the dark");
    assert.ok(address.includes(url), "the address is printed");
    const pdf = await page.pdf({ format: "A4" });
    const pages = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
    assert.ok(pages >= 1 && pages <= 6, `${pages} sheets`);
    await context.close();
  });
