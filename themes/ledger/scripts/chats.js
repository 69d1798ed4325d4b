// The chats panel: an edition's live rooms with what is unseen in each; and the way from a story into its room. What a room
// needs beyond that (room.js) is fetched when one is opened.
import { site, kept, make, counted, number } from "./page.js";
import { clock } from "./theme.js";
import { sheetFor } from "./sheet.js";
import { whoAmI } from "./me.js";

const REFRESH_MS = 30_000;
const WIDE = matchMedia("(min-width: 1140px)");
/** Beyond this the server does not count. */
const MOST = 100;

export function startChats(live) {
  const own = document.querySelector("[data-room][data-newest]");
  if (own) import("./room.js").then(({ Room }) => new Room(own, live).start());
  if (site.chats) new Chats(document.querySelector("[data-chats]")).start();
  document.addEventListener("click", (event) => openBeside(event, live));
  if (document.querySelector("[data-signed-out]")) whoAmI().then((me) => { if (me) for (const place of document.querySelectorAll("[data-signed-out]")) place.hidden = true; });
  const counts = new IntersectionObserver((seen) => {
    for (const entry of seen.filter((it) => it.isIntersecting)) {
      counts.unobserve(entry.target);
      showCount(entry.target.dataset.roomOf);
    }
  });
  const watch = (root) => { for (const place of root.querySelectorAll("[data-room-of]")) counts.observe(place); };
  watch(document);
  const flow = document.querySelector(".story-flow");
  if (flow) new MutationObserver((changes) => { for (const change of changes) for (const node of change.addedNodes) if (node.querySelectorAll) watch(node); }).observe(flow, { childList: true });
}

/** Pages are kept and do not know how many have written since; who comes to the discussion is told. */
async function showCount(room) {
  try {
    const answer = await fetch(`/api/v1/rooms/${encodeURIComponent(room)}`);
    if (!answer.ok) return;
    const { messages, live } = await answer.json();
    if (!messages) return;
    for (const place of document.querySelectorAll(`[data-room-of="${CSS.escape(room)}"] [data-room-count]`)) place.textContent = counted("messages", messages);
    if (live) for (const link of document.querySelectorAll(`[data-room-open="${CSS.escape(room)}"]`)) link.textContent = counted("join", messages);
  } catch { /* The number of the page stays. */ }
}

/** On a wide screen a room opens beside its story; elsewhere the link leads to its page. */
async function openBeside(event, live) {
  const link = event.target.closest?.("[data-room-open]");
  const rail = document.querySelector(".rail");
  const template = document.querySelector("[data-room-template]");
  if (!link || !rail || !template || !WIDE.matches || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const { openPanel } = await import("./room.js");
  openPanel({ rail, template, link, live });
}

class Chats {
  constructor(panel) {
    this.panel = panel;
    this.list = panel?.querySelector("[data-chats-items]");
    this.unseen = {};
    this.rooms = [];
  }

  start() {
    const opener = document.querySelector(".chats-opener");
    if (this.panel && opener) sheetFor(this.panel, opener, { opened: () => this.refresh(), closed: () => {} });
    addEventListener("storage", (event) => { if (event.key?.startsWith("wireroom:room-seen:")) this.count(); });
    document.addEventListener("wireroom:seen", () => this.count());
    const turn = () => { if (!document.hidden) this.refresh(); };
    setInterval(turn, REFRESH_MS);
    document.addEventListener("visibilitychange", turn);
    this.refresh();
  }

  async refresh() {
    if (!this.list && !this.marks().length && !document.querySelector("[data-chat]")) return;
    try {
      const answer = await fetch(site.chats);
      if (!answer.ok) return;
      this.rooms = (await answer.json()).items.filter((room) => room.live && (room.messages || !this.list?.children.length));
      await this.count();
    } catch { /* What stands there stays. */ }
  }

  marks() {
    const marks = [];
    try {
      for (const key of Object.keys(localStorage)) {
        const room = key.match(/^wireroom:room-seen:([a-z2-7]{12})$/)?.[1];
        if (room) marks.push([room, Number(localStorage.getItem(key))]);
      }
    } catch { /* private mode */ }
    return marks;
  }

  /** What came after what this device, or another of the same reader, has seen; asked only about rooms that were visited. */
  async count() {
    const listed = new Set(this.rooms.map((room) => room.id));
    const marks = new Map(this.marks().filter(([room]) => listed.has(room)));
    this.unseen = {};
    if (marks.size) {
      const body = JSON.stringify({ rooms: Object.fromEntries([...marks].slice(0, 50)) });
      const answer = await fetch("/api/v1/rooms/unseen", { method: "POST", headers: { "content-type": "application/json" }, body }).catch(() => null);
      if (answer?.ok) this.unseen = (await answer.json()).unseen;
    }
    this.show();
  }

  show() {
    const all = Object.values(this.unseen).reduce((sum, n) => sum + n, 0);
    for (const badge of document.querySelectorAll("[data-chats-unseen]")) this.badge(badge, all);
    for (const room of this.rooms) {
      const row = document.querySelector(`[data-chat="${room.id}"]`);
      if (!row) continue;
      this.badge(row.querySelector("[data-chat-unseen]"), this.unseen[room.id] ?? 0);
      const here = row.querySelector("[data-chat-here]");
      here.hidden = !room.here;
      here.textContent = counted("here", room.here);
    }
    this.list?.replaceChildren(...this.rooms.slice(0, 12).map((room) => this.row(room)));
  }

  badge(badge, n) {
    badge.hidden = !n;
    const shown = n >= MOST ? `${number(MOST - 1)}+` : number(n);
    badge.replaceChildren(make("span", { "aria-hidden": "true" }, shown), make("span", { class: "hidden-text" }, counted("chatsUnseen", n, shown)));
  }

  row(room) {
    const badge = make("span", { class: "count" });
    this.badge(badge, this.unseen[room.id] ?? 0);
    const facts = [room.here ? counted("here", room.here) : null, room.messages ? counted("messages", room.messages) : null].filter(Boolean).join(" · ");
    return make("li", {},
      make("p", { class: "chats-title" }, make("a", { href: room.url }, room.story.headline), " ", badge),
      room.last ? make("p", { class: "chat-last" }, make("bdi", { class: "chat-name" }, room.last.name), " ", make("bdi", {}, room.last.excerpt)) : null,
      make("p", { class: "meta", lang: site.lang }, make("span", {}, facts), room.last ? make("time", { datetime: room.last.at }, clock(room.last.at)) : null));
  }
}
