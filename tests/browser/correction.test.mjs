// A correction is visible: on the story, on the page of what changed, on the list of corrections and in the feeds.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, desk, heading, pathOf, publish, tidy, word } from "./newsroom.mjs";
import { device, open, visit, watched } from "./reader.mjs";

let browser;
before(async () => { browser = await open(); });
after(async () => { await tidy(); await browser?.close(); });

test("a corrected story says what was wrong and shows the change word by word", async () => {
  const [wrong, right, note] = [word(), word(), `The number of berths was wrong ${word()}.`];
  const story = await publish({ headline: heading("Harbour counts its berths"), body_html: `<p>The harbour has ${wrong} berths.</p>` });
  await desk("POST", `stories/${story.id}/corrections`, { kind: "correction", note, body_html: `<p>The harbour has ${right} berths.</p>` });
  const path = pathOf(story);

  const context = await device(browser);
  const { page, complaints } = await watched(context);
  await visit(page, path);
  assert.ok(await page.getByText(note).first().isVisible(), "the note stands on the story");
  const text = await page.locator(".story-body").innerText();
  assert.ok(text.includes(right) && !text.includes(wrong), "the text is the corrected one");

  await visit(page, `${path}/versions`);
  assert.equal(await page.locator("del", { hasText: wrong }).count(), 1);
  assert.equal(await page.locator("ins", { hasText: right }).count(), 1);
  assert.ok(await page.locator("del", { hasText: wrong }).isVisible(), "the newest change is open");
  assert.ok(await page.getByText(note).first().isVisible());

  await visit(page, "/en/corrections");
  assert.ok(await page.getByText(note).isVisible(), "it is on the list of corrections");
  assert.deepEqual(complaints, []);
  for (const feed of ["/en/feed.rss", "/en/feed.atom", "/en/feed.json"]) {
    const { text } = await ask(feed);
    assert.ok(text.includes(right) && text.includes(note) && !text.includes(wrong), feed);
  }
  await context.close();
});
