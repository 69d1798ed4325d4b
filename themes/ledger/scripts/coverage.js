// Live coverage: new entries wait behind a pill, edits happen in place, removed entries go.
import { site, counted, announce, fetchPage } from "./page.js";
import { enliven } from "./theme.js";

export function startCoverage(live) {
  const story = document.querySelector("[data-live]:not([data-closed])");
  const list = story?.querySelector("[data-entries]");
  if (!list) return;
  const held = story.querySelector("[data-held-entries]");
  const pill = held.querySelector("button");
  const waiting = new Set();
  let paused = false;

  const show = () => {
    const n = paused ? 0 : waiting.size;
    held.hidden = !n;
    if (n) pill.textContent = counted("updates", n);
  };
  const idOf = (data) => String(data.entry?.id ?? data.entry ?? "");
  const place = (id) => document.getElementById(`entry-${id}`)?.closest("li");

  live.on(async (kind, data) => {
    if (kind === "entry.posted" && !place(idOf(data))) {
      waiting.add(idOf(data));
      show();
      if (!paused) announce(counted("updates", waiting.size));
    } else if (kind === "entry.removed") {
      waiting.delete(idOf(data));
      place(idOf(data))?.remove();
      show();
    } else if (kind === "entry.edited" && place(idOf(data))) {
      const fresh = (await entries()).find((item) => item.querySelector(`#entry-${CSS.escape(idOf(data))}`));
      if (fresh) place(idOf(data))?.replaceWith(adopt(fresh));
    } else if (kind === "reset") {
      for (const item of await entries()) if (!place(entryOf(item))) waiting.add(entryOf(item));
      show();
    }
  });

  const entryOf = (item) => item.querySelector("[data-entry]")?.dataset.entry ?? "";
  const adopt = (item) => {
    const made = document.importNode(item, true);
    for (const time of made.querySelectorAll("time[data-age]")) enliven(time);
    return made;
  };
  async function entries() {
    try {
      return [...(await fetchPage(story.dataset.url)).querySelectorAll("[data-entries] > li")];
    } catch {
      return [];
    }
  }

  pill.addEventListener("click", async () => {
    pill.textContent = site.texts.loading;
    const fresh = (await entries()).filter((item) => !place(entryOf(item)));
    if (!fresh.length && waiting.size) { pill.textContent = site.texts.failed; return; }
    waiting.clear();
    show();
    const made = fresh.map(adopt);
    list.prepend(...made);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    made[0]?.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    made[0]?.querySelector("a")?.focus({ preventScroll: true });
  });

  const pause = story.querySelector("[data-pause]");
  if (!pause) return;
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", paused);
    pause.textContent = paused ? site.texts.resume : site.texts.pause;
    show();
  });
}
