// The newsfeed panel: how many items are unseen, and the rows themselves. Rows that arrive while someone may be reading
// wait behind a button; nothing that is being read ever moves.
import { site, kept, make, counted, number, announce } from "./page.js";
import { clock } from "./theme.js";
import { storyOf } from "./live.js";
import { sheetFor } from "./sheet.js";

const MOST_PAGES = 10;
const MOST_ROWS = 200;
const ANNOUNCE_EVERY_MS = 10_000;

export function startNewsfeed(live) {
  const panel = document.querySelector("[data-newsfeed]");
  if (!site.newsfeed || (!panel && !document.querySelector("[data-unseen]"))) return;
  const feed = new Newsfeed(panel);
  live.on((kind, data) => feed.receive(kind, data));
  feed.load();
}

class Newsfeed {
  constructor(panel) {
    this.panel = panel;
    this.mark = `seen:${site.edition}`;
    this.seen = Number(kept.read(this.mark) ?? NaN);
    this.unseen = new Map(); // seq → story id
    this.items = new Map(); // seq → item, shown or waiting
    this.waiting = []; // items that are not shown yet
    this.early = []; // events that came before the first list
    this.ready = this.more = this.paused = false;
    this.title = document.title;
    this.spoken = 0;
    this.newest = 0; // the highest seq that is known
    addEventListener("storage", (event) => { if (event.key === `wireroom:${this.mark}`) this.moveMark(Number(event.newValue)); });
    document.addEventListener("wireroom:title", () => { this.title = document.title; this.showCount(); });
    if (panel) this.prepare();
  }

  prepare() {
    this.list = this.panel.querySelector("[data-items]");
    this.held = this.panel.querySelector("[data-held]");
    this.panel.querySelector("[data-mark-read]").addEventListener("click", () => this.markRead());
    this.held.querySelector("button").addEventListener("click", () => this.release(true));
    const pause = this.panel.querySelector("[data-pause]");
    pause.addEventListener("click", () => {
      this.paused = !this.paused;
      pause.setAttribute("aria-pressed", this.paused);
      pause.textContent = this.paused ? site.texts.resume : site.texts.pause;
      if (!this.paused) { this.showCount(); this.showWaiting(); }
    });
    const opener = document.querySelector(".newsfeed-opener");
    // What stood in the open sheet has been seen when it is closed; what still waited has not.
    if (opener) sheetFor(this.panel, opener, { opened: () => this.release(false), closed: () => this.markShown() });
  }

  /** The newest items from the server, back to the mark; several pages when somebody was away for long. */
  async load() {
    const found = [];
    let cursor = null;
    this.ready = false;
    try {
      for (let page = 0; page < MOST_PAGES; page += 1) {
        // After "back" a browser would answer from its cache, and what came meanwhile would never be counted.
        const answer = await fetch(cursor ? `${site.newsfeed}&cursor=${encodeURIComponent(cursor)}` : site.newsfeed, { cache: "no-cache" });
        if (!answer.ok) throw new Error(`${answer.status}`);
        const { items, next } = await answer.json();
        found.push(...items);
        cursor = next;
        if (!cursor || Number.isNaN(this.seen) || !(items.at(-1)?.seq > this.seen)) break;
      }
    } catch {
      // The server's own rows stay; live events still count.
    }
    this.more = Boolean(cursor) && found.at(-1)?.seq > this.seen;
    this.adopt(found);
  }

  adopt(found) {
    const newest = Math.max(0, ...found.map((item) => item.seq));
    if (Number.isNaN(this.seen) && found.length) this.keepMark(newest);
    this.newest = Math.max(this.newest, newest);
    if (found.length) this.dropWithdrawn(found);
    for (const item of found) if (item.seq > this.seen) this.unseen.set(item.seq, item.story?.id);
    if (this.list && found.length) {
      const first = !this.items.size;
      const fresh = found.filter((item) => !this.items.has(item.seq));
      for (const item of fresh) this.items.set(item.seq, item);
      if (first) this.fill(found);
      else this.waiting = [...fresh, ...this.waiting].sort((a, b) => b.seq - a.seq);
    }
    this.ready = true;
    for (const [kind, data] of this.early.splice(0)) this.receive(kind, data);
    const page = document.querySelector("[data-newsfeed-page]");
    if (page && newest) this.moveMark(Math.max(this.seen || 0, Number(page.firstElementChild?.dataset.seq ?? 0)), true);
    this.showCount();
    this.showWaiting();
  }

  /** What the server does not list any more, within the stretch that it listed. */
  dropWithdrawn(found) {
    const listed = new Set(found.map((item) => item.seq));
    const oldest = Math.min(...listed);
    this.unseen.clear();
    this.waiting = this.waiting.filter((item) => listed.has(item.seq));
    for (const seq of [...this.items.keys()]) {
      if (seq < oldest || listed.has(seq)) continue;
      this.items.delete(seq);
      this.list?.querySelector(`[data-seq="${seq}"]`)?.remove();
    }
  }

  fill(found) {
    this.list.replaceChildren(...found.slice(0, MOST_ROWS).map((item) => this.row(item)));
  }

  receive(kind, data) {
    if (kind === "reset") return void this.load();
    if (!this.ready) return void this.early.push([kind, data]);
    if (kind === "story.published" || kind === "flash") this.add(kind, data);
    else if (kind === "story.killed") this.remove(storyOf(data));
    else if (kind === "story.updated" || kind === "story.corrected") this.retitle(data);
  }

  add(kind, data) {
    // A resumed stream may repeat what the list already answered for; an old number that is not in it was withdrawn.
    if (!(data.seq > this.newest)) return;
    this.newest = data.seq;
    const level = data.level ?? (kind === "flash" ? "flash" : "routine");
    const item = { seq: data.seq, at: data.at, level, story: data.story?.id ? data.story : null, text: data.text ?? data.headline };
    this.items.set(item.seq, item);
    if (item.seq > this.seen || Number.isNaN(this.seen)) this.unseen.set(item.seq, item.story?.id);
    this.waiting.unshift(item);
    if (this.paused) return;
    this.showCount();
    this.showWaiting();
    this.speak();
  }

  remove(story) {
    if (!story) return;
    for (const [seq, id] of this.unseen) if (id === story) this.unseen.delete(seq);
    for (const [seq, item] of this.items) if (item.story?.id === story) this.items.delete(seq);
    this.waiting = this.waiting.filter((item) => item.story?.id !== story);
    for (const row of this.list?.querySelectorAll(`[data-story="${CSS.escape(story)}"]`) ?? []) row.remove();
    this.showCount();
    this.showWaiting();
  }

  retitle(data) {
    const { id, headline } = data.story ?? {};
    if (!id || !headline) return;
    for (const item of this.items.values()) if (item.story?.id === id) item.story.headline = headline;
    for (const link of this.list?.querySelectorAll(`[data-story="${CSS.escape(id)}"] a`) ?? []) link.textContent = headline;
  }

  row(item) {
    const time = make("time", { datetime: item.at }, clock(item.at));
    const words = make("span");
    if (item.level && item.level !== "routine") words.append(make("strong", { lang: site.lang }, site.texts[item.level] ?? item.level), " ");
    words.append(item.story ? make("a", { href: item.story.url }, item.story.headline) : (item.text ?? ""));
    const row = make("li", { "data-seq": item.seq, "data-story": item.story?.id }, time, " ", words);
    if (item.level && item.level !== "routine") row.classList.add(`level-${item.level}`);
    row.classList.toggle("unseen", this.unseen.has(item.seq));
    return row;
  }

  /** Rows go in by themselves only where that moves nothing: the panel is out of sight, or is not being read. */
  showWaiting() {
    if (!this.list || this.paused) return;
    if (this.waiting.length && !this.beingRead()) return this.release(false);
    this.held.hidden = !this.waiting.length;
    if (this.waiting.length) this.held.querySelector("button").textContent = counted("held", this.waiting.length);
  }

  beingRead() {
    const box = this.list.getBoundingClientRect();
    const visible = box.height > 0 && box.bottom > 0 && box.top < innerHeight && !document.hidden;
    return visible && this.items.size > this.waiting.length;
  }

  release(byHand) {
    const rows = this.waiting.splice(0).map((item) => this.row(item));
    this.list.prepend(...rows);
    while (this.list.children.length > MOST_ROWS) this.list.lastElementChild.remove();
    this.held.hidden = true;
    if (!byHand) return;
    this.list.scrollTop = 0;
    rows[0]?.querySelector("a")?.focus({ preventScroll: true });
  }

  markRead() {
    this.moveMark(Math.max(this.seen || 0, ...this.items.keys(), ...this.unseen.keys()), true);
    this.release(false);
    for (const row of this.list?.querySelectorAll(".unseen") ?? []) row.classList.remove("unseen");
  }

  markShown() {
    const top = Number(this.list.firstElementChild?.dataset.seq ?? 0);
    if (top > this.seen) this.moveMark(top, true);
  }

  moveMark(seq, keep = false) {
    if (!(seq > this.seen) && !Number.isNaN(this.seen)) return;
    keep ? this.keepMark(seq) : (this.seen = seq);
    this.more = false;
    for (const unseen of [...this.unseen.keys()]) if (unseen <= seq) this.unseen.delete(unseen);
    for (const row of this.list?.querySelectorAll(".unseen") ?? []) row.classList.toggle("unseen", Number(row.dataset.seq) > seq);
    this.showCount();
  }

  keepMark(seq) {
    this.seen = seq;
    kept.write(this.mark, String(seq));
  }

  showCount() {
    const n = this.unseen.size;
    const shown = number(n) + (this.more ? "+" : "");
    for (const badge of document.querySelectorAll("[data-unseen]")) {
      badge.hidden = !n;
      badge.replaceChildren(make("span", { "aria-hidden": "true" }, shown), make("span", { class: "hidden-text" }, counted("unseen", n, shown)));
    }
    document.title = n ? `(${shown}) ${this.title}` : this.title;
    if ("setAppBadge" in navigator) (n ? navigator.setAppBadge(n) : navigator.clearAppBadge()).catch(() => {});
    const held = document.querySelector("[data-page-held]");
    if (held) {
      held.hidden = !n;
      held.firstElementChild.textContent = counted("held", n);
    }
  }

  /** The count, not the items, and not more often than a listener can bear. */
  speak() {
    if (this.timer) return;
    const wait = Math.max(1000, this.spoken + ANNOUNCE_EVERY_MS - Date.now());
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.spoken = Date.now();
      if (this.unseen.size && !this.paused) announce(counted("unseen", this.unseen.size));
    }, wait);
  }
}
