// A document goes through the editor without loss: what is read is written again as it was.
import { test } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const file = join(mkdtempSync(join(tmpdir(), "desk-")), "made.mjs");
await build({
  stdin: { contents: 'export { read, write } from "./document"; export { momentIn } from "./panes"; export { counts } from "./typing";', resolveDir: fileURLToPath(new URL("../src", import.meta.url)), loader: "ts" },
  bundle: true, format: "esm", outfile: file,
});
const { read, write, momentIn, counts } = await import(file);

const marks = [[], [{ type: "strong" }], [{ type: "note", id: "n1" }, { type: "link", href: "https://example.org/" }, { type: "lang", lang: "fr", dir: "ltr" }], [{ type: "source", name: "The port" }, { type: "emphasis" }]];
const text = (words) => marks.map((on, at) => ({ text: `${words} ${at}${at === 2 ? "\nnext line" : ""} `, ...(on.length ? { marks: on } : {}) }));
const every = {
  version: 1,
  blocks: [
    { id: "a", type: "paragraph", text: text("words") },
    { id: "b", type: "heading", level: 3, text: [{ text: "Heading" }] },
    { id: "c", ordered: true, items: [{ text: text("one") }, { text: [{ text: "two" }], list: { items: [{ text: [{ text: "deeper" }] }] } }], type: "list" },
    { id: "d", type: "quote", text: [{ text: "Said\n\nSo" }], cite: [{ text: "Somebody" }], url: "https://example.org/" },
    { id: "e", type: "pull_quote", text: [{ text: "Large" }] },
    { id: "f", type: "picture", asset: "x1", alt: "A quay", credit: "N. Arden", width: 30, height: 20, caption: [{ text: "The quay" }] },
    { id: "g", type: "gallery", pictures: [{ asset: "x2" }] },
    { id: "h", type: "embed", url: "https://video.example/1", provider: "Video", title: "Film" },
    { id: "i", type: "table", rows: [[{ text: [{ text: "cell" }], columns: 2 }]] },
    { id: "j", type: "callout", title: [{ text: "Box" }], blocks: [{ id: "k", type: "paragraph", text: [{ text: "in it" }] }] },
    { id: "l", type: "related", story: "s1", headline: "Another" },
    { id: "m", type: "entry", at: "2026-11-24T08:00:00Z", headline: "Now", key_event: true, blocks: [{ id: "n", type: "paragraph", text: [{ text: "entry" }] }] },
    { id: "o", type: "file", url: "/x.pdf", name: "Report", size_bytes: 7 },
    { id: "p", type: "divider" },
    { id: "q", type: "storyline", storyline: "flood" },
    { id: "r", type: "code", text: "let x = 1;\n", language: "rust" },
    { id: "s", type: "hologram", depth: { metres: [1, 2.5] } },
  ],
};

test("every block comes out as it went in", () => {
  const out = write(read(every));
  assert.deepEqual(out.blocks, every.blocks);
});

test("a block that did not change is not written anew", () => {
  const doc = read(every), first = write(doc).blocks;
  write(doc).blocks.forEach((block, at) => assert.equal(block, first[at]));
});

test("words are counted as people count them, and TK is seen only by itself", () => {
  const doc = read({ blocks: [{ type: "paragraph", text: [{ text: "It's TK: a well-known TKTK, not TKMAXX." }] }] });
  assert.deepEqual(counts(doc), { words: 7, characters: 39, gaps: 2 });
});

test("a wall-clock time is the moment when the clock there shows it", () => {
  assert.equal(momentIn("2026-07-01T12:00", "Europe/London"), "2026-07-01T11:00:00.000Z");
  assert.equal(momentIn("2026-12-01T12:00", "Europe/London"), "2026-12-01T12:00:00.000Z");
  assert.equal(momentIn("2026-03-29T12:00", "Europe/Moscow"), "2026-03-29T09:00:00.000Z");
  assert.equal(momentIn("2026-10-25T12:00", "Europe/London"), "2026-10-25T12:00:00.000Z");
});
