// The queue: keys, selection, and changes as they happen. Without script the page is the same list, links and forms.
import { call, one, reason, say, typing, word } from "./page";

const rows = () => [...document.querySelectorAll<HTMLTableRowElement>("[data-queue] tbody tr")];
const box = (row: HTMLTableRowElement) => one<HTMLInputElement>("input[type=checkbox]", row);
const picked = () => rows().filter((row) => box(row).checked);
let current: string | null = null;

export function start(): void {
  document.addEventListener("keydown", key);
  document.addEventListener("change", (event) => {
    const target = event.target as HTMLElement;
    if (target.matches("[data-queue] input")) draw();
    if (target.matches("[data-move]")) void move(target as HTMLSelectElement);
  });
  document.addEventListener("click", (event) => {
    if ((event.target as HTMLElement).matches("[data-clear]")) { for (const row of rows()) box(row).checked = false; draw(); }
  });
  follow();
}

function key(event: KeyboardEvent): void {
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
  const list = rows(), at = list.findIndex((row) => row.dataset.id === current);
  if (event.key === "/") { event.preventDefault(); one<HTMLInputElement>("#q").focus(); return; }
  if (event.key === "j" || event.key === "k") {
    const next = list[Math.max(0, Math.min(list.length - 1, at + (event.key === "j" ? 1 : at < 0 ? 1 : -1)))];
    if (!next) return;
    event.preventDefault();
    current = next.dataset.id ?? null;
    draw();
    one("a.title", next).focus();
    return;
  }
  const row = list[at];
  if (event.key === "x" && row) { event.preventDefault(); box(row).checked = !box(row).checked; draw(); }
}

function draw(): void {
  for (const row of rows()) {
    row.classList.toggle("current", row.dataset.id === current);
    row.setAttribute("aria-selected", String(box(row).checked));
  }
  const bulk = document.querySelector<HTMLElement>("[data-bulk]");
  if (!bulk) return;
  const count = picked().length;
  bulk.hidden = count === 0;
  one("[data-picked]", bulk).textContent = word("picked", { count });
}

async function move(select: HTMLSelectElement): Promise<void> {
  const stage = select.value;
  select.value = "";
  if (!stage) return;
  for (const row of picked()) {
    try { await call("POST", `stories/${row.dataset.id}/stage`, { stage }); }
    catch (error) { say(reason(error)); return; }
  }
  await refresh();
}

let policy: { createHTML(text: string): any } | undefined;

/** Asks for the page again and puts its list in place of the old one; what is selected and where one is stays. */
async function refresh(): Promise<void> {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const text = await answer.text();
  const types = (window as any).trustedTypes;
  policy ??= types ? types.createPolicy("wireroom", { createHTML: (html: string) => html }) : { createHTML: (html: string) => html };
  const page = new DOMParser().parseFromString(policy!.createHTML(text), "text/html");
  const chosen = new Set(picked().map((row) => row.dataset.id)), focused = document.activeElement?.closest("tr")?.dataset.id;
  for (const part of [".stages", ".table", ".empty"]) {
    const old = document.querySelector(`[data-live-part] ${part}`), fresh = page.querySelector(`[data-live-part] ${part}`);
    if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    else if (fresh) { one("[data-live-part]").append(document.adoptNode(fresh)); }
    else if (old && part !== ".stages") old.remove();
  }
  if (!document.querySelector("[data-bulk]") && page.querySelector("[data-bulk]")) location.reload();
  for (const row of rows()) {
    if (chosen.has(row.dataset.id)) box(row).checked = true;
    if (focused && row.dataset.id === focused) one("a.title", row).focus();
  }
  draw();
}

function follow(): void {
  const stream = new EventSource("/desk/live");
  let due = 0;
  stream.addEventListener("open", () => { document.documentElement.dataset.live = "open"; });
  stream.addEventListener("desk", () => {
    if (due) return;
    due = window.setTimeout(() => { due = 0; if (!typing(document.activeElement) || document.activeElement?.closest("[data-queue]")) void refresh().catch(() => {}); else stream.dispatchEvent(new Event("desk")); }, 700);
  });
  addEventListener("pagehide", () => stream.close());
}
