// Keys that act everywhere at the desk: help, the palette, going to places. Single keys can be switched off (WCAG 2.1.4).
import { call, make, one, typing, word } from "./page";

const single = () => document.documentElement.dataset.keys !== "off";

export function listen(): void {
  for (const opener of document.querySelectorAll<HTMLElement>("[data-open]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => open(opener.dataset.open ?? ""));
  }
  palette();
  let led = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k" && !(event.target as HTMLElement)?.closest?.(".ProseMirror")) {
      event.preventDefault();
      return open("palette");
    }
    if (!single() || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "?") { event.preventDefault(); return open("keys"); }
    if (event.key === "g") { led = Date.now(); return; }
    if (Date.now() - led < 1500) {
      const place = document.querySelector<HTMLAnchorElement>(`[data-go="${CSS.escape(event.key)}"]`);
      if (place) { event.preventDefault(); event.stopImmediatePropagation(); place.click(); }
      led = 0;
    }
  }, true);
}

const open = (id: string) => { const dialog = document.getElementById(id); if (dialog instanceof HTMLDialogElement && !dialog.open) { dialog.showModal(); dialog.dispatchEvent(new Event("opened")); } };

type Way = { text: string; hint: string; go: string };

function palette(): void {
  const dialog = one<HTMLDialogElement>("#palette"), field = one<HTMLInputElement>("#palette-words"), list = one("#palette-list");
  const places: Way[] = [...document.querySelectorAll<HTMLAnchorElement>(".places li a")].map((a) => ({ text: a.textContent ?? "", hint: `g ${a.dataset.go}`, go: a.pathname }));
  let ways: Way[] = [], at = 0, asked = 0;
  const draw = () => {
    list.replaceChildren(...ways.map((way, n) => {
      const row = make("li", { role: "option", id: `way-${n}`, "aria-selected": String(n === at) }, make("span", { dir: "auto" }, way.text), make("span", { class: "quiet" }, way.hint));
      row.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(way.go); });
      return row;
    }), ...(ways.length ? [] : [make("li", { class: "quiet", role: "option", "aria-disabled": "true" }, word("palette-none"))]));
    if (ways.length) field.setAttribute("aria-activedescendant", `way-${at}`); else field.removeAttribute("aria-activedescendant");
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  };
  const look = async () => {
    const text = field.value.trim().toLocaleLowerCase(), mine = ++asked;
    ways = places.filter((way) => way.text.toLocaleLowerCase().includes(text));
    at = 0;
    draw();
    if (text.length < 2) return;
    const found = await call("GET", `stories?q=${encodeURIComponent(text)}&limit=8`).catch(() => ({ items: [] as any[] }));
    if (mine !== asked) return;
    ways = [...ways, ...found.items.map((item: any) => ({ text: item.headline || item.slugline || item.id, hint: item.edition, go: `/desk/stories/${item.id}` }))];
    draw();
  };
  dialog.addEventListener("opened", () => { field.value = ""; field.focus(); void look(); });
  field.addEventListener("input", () => void look());
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && ways.length) { event.preventDefault(); at = (at + step + ways.length) % ways.length; draw(); }
    if (event.key === "Enter") { event.preventDefault(); const way = ways[at]; if (way) location.assign(way.go); }
  });
}
