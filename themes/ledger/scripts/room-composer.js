// Writing: a message stands in the log at once, and is sent with a key of its own, so that sending it again never doubles it.
// What could not be sent stays, on this device and through a reload, until it is sent or discarded.
import { site, kept, make } from "./page.js";
import { texts, roomCounted } from "./room-message.js";

const LONGEST = 6000;
const SHOW_LEFT = 500;
const TYPING_MS = 3000;

export class Composer {
  constructor(room) {
    this.room = room;
    this.form = room.box.querySelector("[data-room-form]");
    this.signIn = room.box.querySelector("[data-room-sign-in]");
    this.pending = new Map(); // key → { key, text, reply, state, item }
    this.early = []; // own messages that the stream told before the answer came
    if (!this.form) return;
    this.text = this.form.querySelector("textarea");
    this.left = this.form.querySelector("[data-left]");
    this.answering = this.form.querySelector("[data-answering]");
    this.form.querySelector("[data-keys]").hidden = false;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.post(); });
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("input", () => this.typed());
    this.answering.querySelector("button").addEventListener("click", () => this.answer(null));
    addEventListener("online", () => { for (const one of this.pending.values()) if (one.state === "failed") this.send(one); }, { signal: room.ends.signal });
  }

  signedIn(yes) {
    if (this.signIn) this.signIn.hidden = yes;
    if (this.form) this.form.hidden = !yes;
  }

  opened(yes) {
    if (this.form) this.form.hidden = !yes || !this.room.me.signed_in;
    if (this.signIn) this.signIn.hidden = !yes || this.room.me.signed_in;
  }

  /** What was written and not sent on an earlier visit. */
  restore() {
    if (!this.form) return;
    const draft = kept.read(`draft:${this.room.id}`);
    if (draft && !this.text.value) this.text.value = draft;
    if (this.room.me.signed_in) {
      let unsent = [];
      try { unsent = JSON.parse(kept.read(`unsent:${this.room.id}`) ?? "[]"); } catch { /* not ours */ }
      for (const { key, text, reply } of unsent) if (typeof text === "string" && !this.pending.has(key)) this.add({ key, text, reply, state: "failed" });
      for (const { id, text, state, reason } of this.room.me.waiting ?? []) this.add({ key: id, id, text, state: state === "held" ? "waiting" : "refused", reason });
    }
    for (const one of this.pending.values()) if (one.state === "failed") this.send(one);
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.post();
    } else if (event.key === "Escape" && !this.answering.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.answer(null);
    }
  }

  typed() {
    kept.write(`draft:${this.room.id}`, this.text.value || null);
    const left = LONGEST - [...this.text.value].length;
    this.left.textContent = left < SHOW_LEFT ? roomCounted("left", Math.max(0, left)) : "";
    const now = Date.now();
    if (this.text.value && !(now - this.told < TYPING_MS)) {
      this.told = now;
      this.room.beHere(true);
    }
  }

  /** Sets or takes back what the next message answers. */
  answer(message) {
    this.reply = message;
    this.answering.hidden = !message;
    if (message) {
      this.answering.querySelector("span").textContent = `${texts.replyTo.replace("{name}", message.author.name)} ${this.room.excerpt(message.id)}`;
      this.text.focus();
    }
  }

  post() {
    const text = this.text.value.trim();
    if (!text) return void this.text.focus();
    const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    const reply = this.reply ? this.reply.id : null;
    this.text.value = "";
    this.typed();
    this.answer(null);
    this.room.say("");
    this.send(this.add({ key, text, reply, state: "sending" }));
    this.room.toEnd();
  }

  add(one) {
    this.pending.set(one.key, one);
    this.drawOne(one);
    this.keep();
    return one;
  }

  async send(one) {
    if (one.busy) return;
    one.busy = true;
    one.state = "sending";
    this.drawOne(one);
    let answer = null;
    try {
      answer = await this.room.send("POST", "messages", { text: one.text, reply_to: one.reply ?? null, idempotency_key: one.key });
      await this.answered(one, answer);
    } catch {
      one.state = "failed";
    }
    one.busy = false;
    this.settle();
    if (this.pending.has(one.key)) this.drawOne(one);
    this.keep();
  }

  async answered(one, answer) {
    const told = await answer.json();
    if (answer.status === 201) {
      const own = { id: told.id, seq: told.seq, at: told.at, author: { key: this.room.me.key, name: this.room.me.name, badge: "" }, text: one.text, body: [{ p: [one.text] }] };
      this.drop(one);
      this.early = this.early.filter((message) => message.id !== told.id || this.take(message));
      // The stream will tell how it looks; until then it stands as it was typed.
      if (!this.room.messages.has(told.id)) this.room.changed({ ...own, provisional: true });
      if (!this.room.messages.get(told.id)?.body) return;
      this.refine(told.id);
    } else if (answer.status === 202) {
      one.state = "waiting";
      one.id = told.id;
      this.room.say(texts.waiting);
    } else if (answer.status === 429 || answer.status >= 500) {
      one.state = "failed";
      this.room.say(`${texts["not-sent"]}. ${told.detail ?? ""}`);
    } else {
      this.drop(one);
      if (!this.text.value) { this.text.value = one.text; this.typed(); }
      this.room.say(`${texts["not-sent"]}. ${told.detail ?? told.title ?? ""}`);
      if (answer.status === 401) { this.room.me = { signed_in: false }; this.signedIn(false); }
    }
  }

  take(message) {
    this.room.posted(message);
    return false;
  }

  /** Replaces the typed text by what the server made of it, when the stream has not done so. */
  async refine(id) {
    await new Promise((done) => setTimeout(done, 1500));
    if (!this.room.messages.get(id)?.provisional) return;
    const answer = await fetch(`${this.room.api}/messages/${id}`).catch(() => null);
    if (answer?.ok) this.room.changed({ ...(await answer.json()), provisional: false });
  }

  /** Whether a message that the stream tells is one whose answer is still on its way. */
  claims(message) {
    if (message.author?.key !== this.room.me.key) return false;
    const same = [...this.pending.values()].find((one) => one.text.trim() === message.text?.trim() && one.state !== "waiting");
    if (same && same.state === "failed") { this.drop(same); this.keep(); return false; }
    if (!same) return false;
    this.early.push(message);
    return true;
  }

  settle() {
    if ([...this.pending.values()].some((one) => one.busy)) return;
    for (const message of this.early.splice(0)) {
      const same = [...this.pending.values()].find((one) => one.text.trim() === message.text?.trim());
      if (same) this.drop(same);
      this.room.posted(message);
    }
  }

  drop(one) {
    this.pending.delete(one.key);
    one.item?.remove();
    this.keep();
  }

  keep() {
    const unsent = [...this.pending.values()].filter((one) => one.state === "failed" || one.state === "sending").map(({ key, text, reply }) => ({ key, text, reply }));
    kept.write(`unsent:${this.room.id}`, unsent.length ? JSON.stringify(unsent) : null);
  }

  drawPending() { for (const one of this.pending.values()) { one.item = null; this.drawOne(one); } }

  drawOne(one) {
    const words = { sending: texts.sending, failed: texts["not-sent"], waiting: texts.waiting, refused: texts.refused }[one.state];
    const button = (word, act) => { const made = make("button", { type: "button", class: "link-button" }, word); made.addEventListener("click", act); return made; };
    const tools = one.state === "failed" ? [" ", button(texts.retry, () => this.send(one)), " ", button(texts.discard, () => this.drop(one))] : [];
    const item = make("li", { class: `message message-own message-${one.state}` },
      make("div", { class: "message-body", dir: "auto" }, make("p", {}, ...one.text.split("\n").flatMap((line, at) => (at ? [make("br"), line] : [line])))),
      make("p", { class: "message-state", lang: site.lang }, words, one.reason ? `: ${one.reason}` : null, ...tools));
    if (one.item?.isConnected) one.item.replaceWith(item);
    else this.room.list.append(item);
    one.item = item;
  }
}
