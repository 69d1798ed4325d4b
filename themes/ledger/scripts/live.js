// One connection to the live stream for everything on the page. The browser resumes with Last-Event-ID by itself; the
// last id is also kept for this tab, so that the next page of the same visit goes on where this one stopped.
import { site, kept, announce } from "./page.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
const KINDS = ["story.published", "story.updated", "story.corrected", "story.killed", "flash", "entry.posted", "entry.edited", "entry.removed",
  "message.posted", "message.edited", "message.removed", "message.reacted", "room.changed", "room.closed"];

/** Opens the stream, if the page has one. Listeners get (kind, data); kind `reset` means: what you hold is not complete. */
export function follow() {
  const listeners = new Set();
  const live = { on: (listener) => listeners.add(listener), paused: false };
  const tell = (kind, data) => { for (const listener of listeners) listener(kind, data); };
  if (!site.live || !("EventSource" in globalThis)) return live;

  const story = document.querySelector("[data-live]:not([data-closed])")?.dataset.live;
  const rooms = new Set();
  const address = () => [story ? `${site.live}&live=${encodeURIComponent(story)}` : site.live, ...rooms].join("&room=");
  const mark = () => `after:${address()}`;
  let source = null, wait = FIRST_WAIT_MS, timer = 0, lost = false;

  function open() {
    clearTimeout(timer);
    const after = kept.read(mark(), sessionStorage);
    source = new EventSource(after ? `${address()}&after=${encodeURIComponent(after)}` : address());
    source.addEventListener("position", (event) => { if (event.lastEventId) kept.write(mark(), event.lastEventId, sessionStorage); });
    source.onopen = () => {
      document.documentElement.dataset.live = "open";
      wait = FIRST_WAIT_MS;
      if (lost) announce(site.texts.back);
      lost = false;
    };
    for (const kind of KINDS) source.addEventListener(kind, (event) => receive(kind, event));
    source.addEventListener("reset", (event) => { kept.write(mark(), event.lastEventId || null, sessionStorage); tell("reset", {}); });
    // While it is CONNECTING the browser tries again by itself; CLOSED means that the answer was not a stream.
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) later(); };
  }

  function receive(kind, event) {
    if (event.lastEventId) kept.write(mark(), event.lastEventId, sessionStorage);
    let data;
    try { data = JSON.parse(event.data); } catch { return; }
    tell(kind, data);
  }

  /** Full jitter: a restarted server must not meet all its readers in the same second. */
  function later() {
    source.close();
    document.documentElement.dataset.live = "lost";
    kept.write(mark(), null, sessionStorage);
    if (!lost && wait > 8 * FIRST_WAIT_MS) { lost = true; announce(site.texts.lost); }
    timer = setTimeout(() => { open(); tell("reset", {}); }, FIRST_WAIT_MS + Math.random() * wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  /** Follows a room as well, on the same connection, from where its list of messages was read. */
  live.join = (room, after) => {
    if (rooms.has(room)) return;
    const [epoch, ...before] = (kept.read(mark(), sessionStorage) ?? "").split(".");
    const [same, ...from] = (after ?? "").split(".");
    rooms.add(room);
    const known = before.length && from.length && epoch === same;
    kept.write(mark(), known ? [epoch, ...before, ...from].join(".") : null, sessionStorage);
    clearTimeout(timer);
    source.close();
    open();
    if (!known) tell("reset", { but: room });
  };

  live.leave = (room) => {
    const before = kept.read(mark(), sessionStorage);
    if (!rooms.delete(room)) return;
    kept.write(mark(), before, sessionStorage);
    source.close();
    open();
  };

  open();
  addEventListener("pagehide", () => { clearTimeout(timer); source.close(); });
  addEventListener("pageshow", (event) => { if (event.persisted) { open(); tell("reset", {}); } });
  return live;
}

/** The id of the story that an event is about; events of a removal may carry it bare. */
export const storyOf = (data) => data.story?.id ?? (typeof data.story === "string" ? data.story : null);
