// Breaking news on every page: a bar that speaks once and can be sent away. Only what an editor sent as flash or urgent.
import { site, kept, make } from "./page.js";

export function startFlashBar(live) {
  const bar = document.getElementById("flash-bar");
  if (!bar) return;
  live.on((kind, data) => {
    const level = data.level ?? (kind === "flash" ? "flash" : "routine");
    const loud = kind === "flash" || (kind === "story.published" && (level === "flash" || level === "urgent"));
    if (kind === "story.killed" && bar.dataset.story && bar.dataset.story === (data.story?.id ?? data.story)) return bar.replaceChildren();
    if (!loud || !(data.seq > Number(kept.read(`flash:${site.edition}`) ?? 0))) return;
    show(bar, level, data);
  });
}

function show(bar, level, data) {
  const text = data.text ?? data.headline ?? data.story?.headline;
  if (!text) return;
  const words = data.story?.url ? make("a", { href: data.story.url }, text) : text;
  const away = make("button", { type: "button" }, site.texts.dismiss);
  away.addEventListener("click", () => {
    kept.write(`flash:${site.edition}`, String(data.seq));
    bar.replaceChildren();
  });
  bar.dataset.story = data.story?.id ?? "";
  bar.replaceChildren(make("div", { class: "wrap", role: "alert" }, make("p", {}, make("strong", {}, site.texts[level] ?? ""), words), away));
}
