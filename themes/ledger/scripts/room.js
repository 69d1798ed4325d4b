// A room: the log, what is new in it, and being there. It is fetched when a room opens. Nothing that is being read moves: what
// comes while somebody reads further up waits behind a button, and what is put in above leaves the view where it was.
import { site, kept, make } from "./page.js";
import { texts, roomCounted, drawMessage, drawReactions, belongTogether, dayOf, excerptOf } from "./room-message.js";
import { Composer } from "./room-composer.js";
import { toolsFor } from "./room-tools.js";

const MOST_ROWS = 320;
const CUT_TO = 300;
const NEAR_END_PX = 100;
const BUSY_MESSAGES = 5;
const BUSY_MS = 10_000;
const HERE_MS = 50_000;
const HERE_SMALL_MS = 8_000;
const SMALL_ROOM = 100;

export class Room {
  constructor(box, live) {
    Object.assign(this, { box, live, id: box.dataset.room, url: box.dataset.url, api: `/api/v1/rooms/${box.dataset.room}` });
    const find = (name) => box.querySelector(`[data-${name}]`);
    this.log = find("log");
    this.list = find("messages");
    this.older = find("older");
    this.status = find("room-status");
    this.held = find("room-held");
    this.messages = new Map(); // id → message as the server tells it
    this.waiting = []; // records that came while updates are paused
    this.times = []; // when the last messages came
    this.fresh = 0;
    this.paused = this.cut = this.ready = false;
    this.me = { signed_in: false };
    this.device = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    this.seen = Number(kept.read(`room-seen:${this.id}`) ?? NaN);
  }

  async start() {
    this.box.classList.add("room-open");
    this.listener = (kind, data) => this.receive(kind, data);
    this.live.on(this.listener);
    this.held.querySelector("button").addEventListener("click", () => this.toEnd());
    this.older.querySelector("a").addEventListener("click", (event) => { event.preventDefault(); this.loadOlder(); });
    this.log.addEventListener("scroll", () => this.scrolled(), { passive: true });
    const pause = this.box.querySelector("[data-room-pause]");
    pause.addEventListener("click", () => this.pause(pause));
    this.ends = new AbortController();
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { this.markSeen(); this.beHere(); } }, { signal: this.ends.signal });
    addEventListener("pagehide", () => this.leave(), { signal: this.ends.signal });
    this.composer = new Composer(this);
    await this.whoAmI();
    await this.load();
    this.composer.restore();
    this.beHere();
  }

  /** Closes a panel. */
  stop() {
    this.leave();
    clearTimeout(this.hereTimer);
    this.ends.abort();
    this.live.leave?.(this.id);
    this.stopped = true;
  }

  async whoAmI() {
    try {
      const answer = await fetch(`${this.api}/own`);
      if (answer.ok) this.me = await answer.json();
    } catch { /* Asked again when the reader writes. */ }
    this.ignored = new Set();
    if (this.me.signed_in) {
      const list = await fetch("/api/v1/me/ignored").then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
      for (const { id } of list?.items ?? []) this.ignored.add(id);
    }
    this.mine = new Set((this.me.reactions ?? []).map(({ message, kind }) => `${message} ${kind}`));
    if (this.me.seen > (this.seen || 0)) this.seen = this.me.seen;
    this.composer.signedIn(this.me.signed_in);
  }

  async load() {
    let page;
    try {
      const answer = await fetch(`${this.api}/messages?limit=40`, { cache: "no-cache" });
      if (!answer.ok) throw new Error(`${answer.status}`);
      page = await answer.json();
    } catch {
      clearTimeout(this.again);
      this.again = setTimeout(() => { if (!this.stopped) this.load(); }, 3000);
      return;
    }
    // A log that is filled says nothing; what comes afterwards is said.
    this.log.setAttribute("aria-live", "off");
    this.messages.clear();
    this.list.replaceChildren();
    this.cut = false;
    this.fresh = 0;
    for (const message of page.items.toReversed()) this.put(message);
    this.next = page.next;
    this.older.hidden = !this.next;
    this.markUnread();
    this.pin(page.pinned);
    this.showRoom(page.room);
    this.composer.drawPending();
    this.ready = true;
    this.toEnd();
    this.live.join?.(this.id, page.after);
    setTimeout(() => this.log.setAttribute("aria-live", "polite"), 1000);
  }

  async loadOlder() {
    if (!this.next || this.loading) return;
    this.loading = true;
    try {
      const answer = await fetch(`${this.api}/messages?limit=40&before=${encodeURIComponent(this.next)}`);
      if (!answer.ok) throw new Error(`${answer.status}`);
      const page = await answer.json();
      const fromEnd = this.log.scrollHeight - this.log.scrollTop;
      this.log.setAttribute("aria-live", "off");
      for (const message of page.items) this.put(message);
      this.next = page.next;
      this.older.hidden = !this.next;
      this.trimEnd();
      this.log.scrollTop = this.log.scrollHeight - fromEnd;
      setTimeout(() => this.log.setAttribute("aria-live", "polite"), 500);
    } catch {
      this.say(site.texts.failed);
    }
    this.loading = false;
  }

  /** What the live stream tells. */
  receive(kind, data) {
    if (this.stopped) return;
    if (kind === "reset") { if (data.but !== this.id) this.load(); return; }
    if (data.stream !== `room:${this.id}`) return;
    if (data.superseded_by) return;
    if (kind === "room.changed" || kind === "room.closed") return void this.roomChanged(data.room);
    if (!data.message) return;
    if (kind === "message.posted") this.posted(data.message);
    else if (kind === "message.edited") this.changed(data.message);
    else if (kind === "message.removed") this.removed(data.message);
    else if (kind === "message.reacted") this.reacted(data.message);
  }

  posted(message) {
    const before = this.messages.get(message.id);
    if (before) {
      // Its own author has it as it was typed; here it comes as everybody sees it.
      if (before.provisional) this.changed({ ...message, provisional: false });
      // A moderator took a removal back.
      else if (before.removed) { this.messages.set(message.id, message); this.redraw(message.id); this.counted(1); }
      return;
    }
    if (this.composer.claims(message)) return;
    if (this.paused && message.author.key !== this.me.key) { this.waiting.push(message); this.showHeld(); return; }
    if (this.cut) { this.fresh += 1; this.showHeld(); return; }
    const near = this.isNearEnd();
    this.listen();
    this.put(message);
    this.counted(1);
    if (near || message.author.key === this.me.key) {
      this.trimStart();
      this.toEnd();
    } else {
      this.fresh += 1;
      this.showHeld();
    }
  }

  changed(message) {
    const before = this.messages.get(message.id);
    if (!before) {
      const first = Number(this.list.querySelector("[data-seq]")?.dataset.seq ?? 0);
      // Whoever comes back gets an edited message only here: its first record has no text any more.
      if (message.seq >= first) this.posted(message);
      return;
    }
    const reply = message.reply_to ? { ...message.reply_to, excerpt: before.reply_to?.excerpt ?? this.excerpt(message.reply_to.id) } : undefined;
    this.messages.set(message.id, { ...message, reply_to: reply, reactions: before.reactions ?? message.reactions });
    // A moderator may take a removal back.
    if (before.removed) this.counted(1);
    this.redraw(message.id);
  }

  removed({ id, seq, removed }) {
    this.waiting = this.waiting.filter((message) => message.id !== id);
    for (const message of this.messages.values()) if (message.reply_to?.id === id) { delete message.reply_to.excerpt; this.redraw(message.id); }
    if (this.messages.has(id)) {
      const { at } = this.messages.get(id);
      this.messages.set(id, { id, seq, at, removed });
      this.redraw(id);
      this.counted(-1);
    }
    const pinned = this.box.querySelector("[data-pinned]");
    if (pinned.querySelector(`[data-message="${CSS.escape(id)}"]`)) this.pin(null);
  }

  reacted({ id, reactions }) {
    const message = this.messages.get(id);
    if (!message || message.removed) return;
    message.reactions = reactions;
    const item = this.itemOf(id);
    const drawn = drawReactions(reactions);
    item?.querySelector(".message-reactions")?.remove();
    if (item && drawn) (item.querySelector(".message-edited") ?? item.querySelector(".message-body")).after(drawn);
  }

  /** Puts a message where its number says. */
  put(message) {
    if (message.reply_to && !message.reply_to.excerpt) message.reply_to.excerpt = this.excerpt(message.reply_to.id);
    this.messages.set(message.id, message);
    const rows = this.list.querySelectorAll("li[data-seq]");
    let after = rows.length - 1;
    while (after >= 0 && Number(rows[after].dataset.seq) > message.seq) after -= 1;
    const item = this.draw(message);
    if (after >= 0) rows[after].after(item);
    else this.list.prepend(item);
    this.arrange(item);
    this.box.querySelector("[data-empty]").hidden = true;
  }

  excerpt(id) {
    const message = this.messages.get(id);
    return message && !message.removed ? excerptOf(message) : "";
  }

  draw(message) {
    const ignored = !message.removed && this.ignored?.has(message.author.key);
    const shown = ignored ? { ...message, removed: "ignored" } : message;
    return drawMessage(shown, { url: this.url, tools: this.me.signed_in ? toolsFor(this) : null });
  }

  redraw(id) {
    const item = this.itemOf(id);
    if (!item) return;
    const focused = item.contains(document.activeElement);
    const drawn = this.draw(this.messages.get(id));
    item.replaceWith(drawn);
    this.arrange(drawn);
    if (focused) this.log.focus({ preventScroll: true });
  }

  itemOf(id) { return this.list.querySelector(`[data-message="${CSS.escape(id)}"]`); }

  /** Day lines and joined names, for a message and the one after it. */
  arrange(item) {
    const beside = (from, step) => { let it = from[step]; while (it && !it.dataset.seq) it = it[step]; return it; };
    for (const row of [item, beside(item, "nextElementSibling")]) {
      if (!row) continue;
      const message = this.messages.get(row.dataset.message);
      const previous = this.messages.get(beside(row, "previousElementSibling")?.dataset.message);
      row.classList.toggle("message-joined", belongTogether(previous, message));
      const line = row.previousElementSibling?.classList.contains("message-day") ? row.previousElementSibling : null;
      const needs = !previous || dayOf(previous.at) !== dayOf(message.at);
      if (needs && !line) row.before(make("li", { class: "message-day" }, make("span", {}, dayOf(message.at))));
      if (!needs) line?.remove();
    }
  }

  /** Old rows go when somebody reads the end; they come again by the button above. */
  trimStart() {
    const rows = this.list.querySelectorAll("li[data-seq]");
    if (rows.length <= MOST_ROWS) return;
    for (const row of [...rows].slice(0, rows.length - CUT_TO)) this.drop(row);
    this.next = this.list.querySelector("li[data-seq]").dataset.seq;
    this.older.hidden = false;
  }

  /** Who reads far up does without the end, until they come back to it. */
  trimEnd() {
    const rows = this.list.querySelectorAll("li[data-seq]");
    if (rows.length <= MOST_ROWS) return;
    for (const row of [...rows].slice(CUT_TO)) this.drop(row);
    this.cut = true;
    this.showHeld();
  }

  drop(row) {
    this.messages.delete(row.dataset.message);
    if (row.previousElementSibling?.classList.contains("message-day")) row.previousElementSibling.remove();
    row.remove();
  }

  isNearEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END_PX; }

  toEnd() {
    if (this.cut) return void this.load();
    if (this.paused) this.pause(this.box.querySelector("[data-room-pause]"));
    this.fresh = 0;
    this.log.scrollTop = this.log.scrollHeight;
    this.showHeld();
    this.markSeen();
  }

  scrolled() {
    if (this.ready && this.isNearEnd() && this.fresh && !this.cut) { this.fresh = 0; this.showHeld(); }
    if (this.ready && this.isNearEnd()) this.markSeen();
    if (this.ready && this.log.scrollTop < 40 && this.next) this.loadOlder();
  }

  showHeld() {
    const n = this.fresh + this.waiting.length;
    this.held.hidden = !n && !this.cut;
    this.held.querySelector("button").textContent = roomCounted("new", n);
  }

  pause(button) {
    this.paused = !this.paused;
    button.setAttribute("aria-pressed", this.paused);
    button.textContent = this.paused ? site.texts.resume : site.texts.pause;
    if (!this.paused) for (const message of this.waiting.splice(0)) this.posted(message);
    this.showHeld();
  }

  /** More than a listener can bear: the log falls silent and a number is said instead. */
  listen() {
    const now = Date.now();
    this.times = [...this.times.filter((at) => now - at < BUSY_MS), now];
    if (this.times.length <= BUSY_MESSAGES) return;
    this.log.setAttribute("aria-live", "off");
    this.digest = (this.digest ?? 0) + 1;
    this.digestTimer ??= setTimeout(() => {
      this.say(roomCounted("new", this.digest));
      this.digest = 0;
      this.digestTimer = null;
      if (this.times.filter((at) => Date.now() - at < BUSY_MS).length <= BUSY_MESSAGES) this.log.setAttribute("aria-live", "polite");
    }, BUSY_MS);
  }

  say(text) { this.status.textContent = text; }

  counted(step) {
    this.total = Math.max(0, (this.total ?? 0) + step);
    this.box.querySelector("[data-count]").textContent = roomCounted("count", this.total);
  }

  showRoom(room) {
    if (!room) return;
    this.room = room;
    this.total = room.messages;
    this.counted(0);
    this.box.querySelector("[data-empty]").hidden = this.messages.size > 0;
    const { state, slow_seconds: slow, members_only: members, reason } = room;
    const words = state === "closed" || state === "archived" ? reason || texts.closed
      : state === "read_only" ? reason || texts["read-only"]
        : state === "premoderated" ? texts.premoderated
          : members ? texts.members : slow ? roomCounted("slow", slow) : "";
    const notice = this.box.querySelector("[data-room-notice]");
    notice.textContent = words;
    notice.hidden = !words;
    this.composer.opened(state !== "closed" && state !== "archived");
  }

  async roomChanged(room) {
    this.showRoom({ ...room, messages: this.total ?? room.messages });
    if (!room.pinned) return this.pin(null);
    try {
      const answer = await fetch(`${this.api}/messages/${room.pinned}`);
      if (answer.ok) this.pin(await answer.json());
    } catch { /* It is there when the page is opened again. */ }
  }

  pin(message) {
    const place = this.box.querySelector("[data-pinned]");
    place.hidden = !message;
    const drawn = message ? drawMessage(message, { url: this.url }) : null;
    drawn?.removeAttribute("id");
    place.querySelector("ol").replaceChildren(...(drawn ? [drawn] : []));
  }

  /** A line before what came since the last visit. */
  markUnread() {
    if (Number.isNaN(this.seen)) return;
    const first = [...this.list.querySelectorAll("li[data-seq]")].find((row) => Number(row.dataset.seq) > this.seen);
    if (first?.previousElementSibling) first.before(make("li", { class: "message-unread", lang: site.lang }, make("span", {}, texts.unread)));
  }

  markSeen() {
    const last = [...this.list.querySelectorAll("li[data-seq]")].at(-1);
    const seq = Number(last?.dataset.seq ?? 0);
    if (document.hidden || this.cut || !this.isNearEnd()) return;
    if (!Number.isNaN(this.seen) && seq <= this.seen && kept.read(`room-seen:${this.id}`)) return;
    this.seen = Math.max(this.seen || 0, seq);
    kept.write(`room-seen:${this.id}`, String(this.seen));
    document.dispatchEvent(new Event("wireroom:seen"));
    if (!this.me.signed_in || this.seenTimer) return;
    this.seenTimer = setTimeout(() => {
      this.seenTimer = 0;
      this.send("POST", "seen", { seq: this.seen }).catch(() => {});
    }, 3000);
  }

  /** Says that this browser is here; the answer says who else is. A small room hears of it more often. */
  async beHere(typing = false) {
    clearTimeout(this.hereTimer);
    if (this.stopped) return;
    let here = SMALL_ROOM;
    if (!document.hidden) {
      try {
        const answer = await this.send("POST", "presence", { device: this.device, typing });
        if (answer.ok) {
          const told = await answer.json();
          here = told.here;
          this.showHere(told);
        }
      } catch { /* Next time. */ }
    }
    clearTimeout(this.hereTimer);
    this.hereTimer = setTimeout(() => this.beHere(), here < SMALL_ROOM ? HERE_SMALL_MS : HERE_MS);
  }

  showHere({ here, typing }) {
    const place = this.box.querySelector("[data-here]");
    place.hidden = here < 1;
    place.textContent = roomCounted("here", here);
    const others = typing.filter((name) => name !== this.me.name);
    this.box.querySelector("[data-typing]").textContent = !others.length ? "" : others.length > 1 ? texts["typing-many"] : texts.typing.replace("{name}", others[0]);
  }

  leave() {
    const body = new Blob([JSON.stringify({ device: this.device, gone: true })], { type: "application/json" });
    navigator.sendBeacon?.(`${this.api}/presence`, body);
  }

  send(method, path, body) {
    return fetch(`${this.api}/${path}`, { method, headers: body ? { "content-type": "application/json" } : {}, body: body ? JSON.stringify(body) : undefined });
  }
}

/** Opens a story's room in the rail beside it. */
export function openPanel({ rail, template, link, live }) {
  const story = link.dataset.roomOpen;
  const open = rail.querySelector(".room-panel");
  if (open?.dataset.room === story) return open.querySelector("textarea, [data-log]").focus();
  open?.querySelector("[data-close-room]").click();
  const url = link.getAttribute("href");
  const headline = link.closest("article")?.querySelector(".story-headline")?.textContent ?? "";
  const close = make("button", { type: "button", "data-close-room": true }, site.texts.close);
  const title = make("h2", { id: "room-panel-title" }, make("span", { class: "room-word", lang: site.lang }, texts.discussion), " ", make("a", { href: url }, headline));
  const box = make("section", { class: "room room-panel", "aria-labelledby": "room-panel-title", "data-room": story, "data-url": url },
    make("div", { class: "room-panel-head" }, title, make("p", { class: "room-panel-tools", lang: site.lang }, make("a", { href: url }, texts["own-page"]), close)),
    template.content.cloneNode(true));
  box.querySelector("form")?.setAttribute("action", url);
  box.querySelector("[data-room-sign-in] a")?.setAttribute("href", `/me/sign-in?next=${encodeURIComponent(url)}`);
  rail.classList.add("rail-room");
  rail.prepend(box);
  const room = new Room(box, live);
  close.addEventListener("click", () => {
    room.stop();
    box.remove();
    rail.classList.remove("rail-room");
    link.focus();
  });
  room.start().then(() => (box.querySelector("form:not([hidden]) textarea") ?? room.log).focus({ preventScroll: true }));
}
