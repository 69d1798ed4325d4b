// A story from the first word to its correction in public: written, kept, checked, published, corrected.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { at, heading, kill } from "./newsroom.mjs";
import { device, open, unseen, visit, waitForLive, waitForUnseen, watched } from "./reader.mjs";
import { begin, faults, ready, saved, staff } from "./staff.mjs";

let browser, editor;
before(async () => { browser = await open(); editor = await staff(browser, "editor", "Ilse Marant"); });
after(async () => { await browser.close(); assert.deepEqual(faults(editor.complaints), []); });

const body = (page) => page.locator(".ProseMirror");
const type = async (page, text) => { await body(page).click(); await page.keyboard.type(text); };

test("what was typed is there after a reload, and the headline with it", async () => {
  const { page } = editor, headline = heading("Pilots sign the rules");
  await begin(page);
  await page.fill("#f-headline", headline);
  await type(page, "The pilots said \"yes\" on Tuesday.\n## What follows\nMore -- later.");
  await saved(page);
  await page.reload();
  await ready(page);
  assert.equal(await page.inputValue("#f-headline"), headline);
  assert.deepEqual(await body(page).locator("p, h2").allTextContents(), ["The pilots said “yes” on Tuesday.", "What follows", "More — later."]);
});

test("one Ctrl+Z takes a quotation mark back and nothing else", async () => {
  const { page } = editor;
  await begin(page);
  await type(page, "They said \"");
  assert.equal(await body(page).innerText(), "They said “");
  await page.keyboard.press("Control+z");
  assert.match(await body(page).innerText(), /^They said "?$/);
});

test("without a connection the text waits on the device and is sent when there is one", async () => {
  const { page, context, complaints } = editor;
  await begin(page);
  await page.fill("#f-headline", heading("Typed without a line"));
  await saved(page);
  await context.setOffline(true);
  await type(page, "Typed in a tunnel.");
  await page.waitForFunction(() => document.querySelector("[data-saved]").dataset.standing === "offline");
  await context.setOffline(false);
  await saved(page);
  await page.reload();
  await ready(page);
  assert.equal(await body(page).innerText(), "Typed in a tunnel.");
  // The browser complains of what it could not load meanwhile; nothing else is forgiven.
  for (const complaint of complaints.splice(0)) assert.match(complaint, /ERR_INTERNET_DISCONNECTED|Failed to load resource|EventSource/);
});

test("what was typed without a connection outlives the closing of the page", async () => {
  const { context, complaints } = editor;
  const page = await context.newPage();
  const id = await begin(page);
  await page.fill("#f-headline", heading("Closed in a tunnel"));
  await saved(page);
  await context.setOffline(true);
  await type(page, "Still here.");
  await page.waitForFunction(() => document.querySelector("[data-saved]").dataset.standing === "offline");
  await page.close({ runBeforeUnload: false });
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(at(`/desk/stories/${id}`));
  await ready(again);
  await saved(again);
  assert.equal(await body(again).innerText(), "Still here.");
  await again.close();
  complaints.splice(0);
});

test("a page from Word comes in as a story: lists, headings and emphasis stay, everything else goes", async () => {
  const { page } = editor;
  const html = "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p.MsoNormal{font-family:Calibri}</style></head><body><!--StartFragment-->" +
    "<h1 style='color:red'>Night rules</h1><p class=MsoNormal style='mso-margin-top-alt:auto'>The <b style='mso-bidi-font-weight:normal'>pilots</b> and the <i>port</i> signed.<o:p></o:p></p>" +
    "<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>first<o:p></o:p></p>" +
    "<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>second<o:p></o:p></p>" +
    "<p class=MsoNormal><a href=\"https://example.org/rules\" onclick=\"alert(1)\">the rules</a><script>alert(2)</script></p><!--EndFragment--></body></html>";
  await begin(page);
  await paste(page, html);
  const shown = await page.evaluate(() => {
    const root = document.querySelector(".ProseMirror").cloneNode(true);
    root.querySelectorAll("br.ProseMirror-trailingBreak").forEach((it) => it.remove());
    return root.innerHTML;
  });
  assert.equal(shown, "<h2>Night rules</h2><p>The <strong>pilots</strong> and the <em>port</em> signed.</p><ul><li><p>first</p></li><li><p>second</p></li></ul><p><a href=\"https://example.org/rules\">the rules</a></p>");
});

test("a page that Word itself wrote comes in without its styles", async (t) => {
  const file = await readFile(new URL("../../../shared/corpus/sanitizer/paste/msword.html", import.meta.url), "utf8").catch(() => null);
  if (!file) return t.skip("the corpus is not here");
  const { page } = editor;
  await begin(page);
  await paste(page, file);
  const seen = await page.evaluate(() => {
    const root = document.querySelector(".ProseMirror");
    return { words: root.innerText.length, styled: root.querySelectorAll("[style],[class*=Mso],font,script,style").length, text: root.innerText };
  });
  assert.ok(seen.words > 5, seen.text);
  assert.equal(seen.styled, 0);
  assert.doesNotMatch(seen.text, /mso-|MsoNormal|@font-face|supportLists/);
});

/** Pastes as a browser does when the clipboard has HTML. */
async function paste(page, html) {
  await body(page).click();
  await page.evaluate((html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, html);
  await saved(page);
}

test("the checklist keeps an unfinished story in; done, it is in every open newsfeed; corrected, readers see what changed", async () => {
  const { page } = editor, headline = heading("Ferry runs again");
  const id = await begin(page);
  await page.fill("#f-headline", headline);
  await type(page, "The ferry carries TK people.");
  await saved(page);
  await page.click('[data-act="publish"] button');
  await page.waitForFunction(() => document.querySelector("[data-act-said]").textContent !== "");
  const wrong = await page.locator("[data-checks] li.blocks").evaluateAll((items) => items.map((item) => item.dataset.what).sort());
  assert.deepEqual(wrong, ["byline", "tk"]);
  editor.complaints.splice(0).forEach((complaint) => assert.match(complaint, /409/));

  await body(page).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("The ferry carries ninety people.");
  await page.click('summary:has-text("Details")');
  await page.fill("#f-byline", "Ilse Marant");
  await saved(page);

  const reader = await watched(await device(browser));
  await visit(reader.page, "/en/");
  await waitForLive(reader.page);
  const before = await unseen(reader.page);
  await Promise.all([page.waitForEvent("load"), page.click('[data-act="publish"] button')]);
  await ready(page);
  assert.equal(await page.locator("[data-at]").getAttribute("data-at"), "published");
  await waitForUnseen(reader.page, String(Number(before || 0) + 1));
  const path = await page.locator('a:has-text("As readers see it")').getAttribute("href");
  await visit(reader.page, path);
  assert.equal(await reader.page.locator("h1").innerText(), headline);

  await body(page).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("The ferry carries eighty people.");
  await saved(page);
  await page.selectOption("#kind-of", "correction");
  await page.fill("#note-of", "The ferry carries eighty people, not ninety.");
  await Promise.all([page.waitForEvent("load"), page.click('[data-act="correct"] button')]);
  await visit(reader.page, path);
  assert.match(await reader.page.locator("main").innerText(), /The ferry carries eighty people, not ninety\./);
  await visit(reader.page, `${path}/versions`);
  assert.match(await reader.page.locator("main").innerText(), /ninety[\s\S]*eighty/);

  await page.goto(at(`/desk/stories/${id}/versions`));
  assert.match(await page.locator(".changes").innerText(), /eighty/);
  await page.selectOption("#from", await page.locator("#from option").last().getAttribute("value"));
  await page.selectOption("#view", "sides");
  await page.click("main form.filters button");
  assert.ok(await page.locator("ins.new, del.old").count() > 0);
  await kill(id, "A story of the tests.");
  await reader.page.context().close();
});

test("of two who write at once the second reads along, and after taking over both texts are kept", async () => {
  const one = editor.page, other = await staff(browser, "reporter", "Tomas Vey");
  const id = await begin(one);
  await one.fill("#f-headline", heading("Two at one story"));
  await type(one, "From the first.");
  await saved(one);
  await other.page.goto(at(`/desk/stories/${id}`));
  await ready(other.page);
  assert.match(await other.page.locator("[data-pen]").innerText(), /Ilse Marant/);
  assert.equal(await body(other.page).getAttribute("contenteditable"), "false");
  await editor.context.setOffline(true);
  await type(one, " Typed where nobody heard.");
  await one.waitForFunction(() => document.querySelector("[data-saved]").dataset.standing === "offline");
  await other.page.click("[data-pen] button");
  await other.page.waitForFunction(() => document.querySelector(".ProseMirror")?.getAttribute("contenteditable") === "true");
  await type(other.page, " From the second.");
  await saved(other.page);
  await editor.context.setOffline(false);
  await one.waitForSelector("[data-both]:not([hidden])");
  const texts = await one.locator("[data-both] pre").allInnerTexts();
  assert.match(texts[0], /Typed where nobody heard/);
  assert.match(texts[1], /From the second/);
  await one.click("[data-both] button >> nth=0");
  await one.waitForSelector("[data-both]", { state: "hidden" });
  await one.goto(at(`/desk/stories/${id}/versions`));
  const versions = await one.locator("#from option").count();
  assert.ok(versions >= 2, `${versions} versions`);
  const said = await one.locator(".changes").innerText();
  assert.match(said, /Typed where nobody heard/);
  assert.match(said, /From the second/);
  editor.complaints.splice(0);
  await other.context.close();
});
