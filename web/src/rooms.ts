// The moderators' queue by keyboard. Every act is also a form of the page; here it is one call, the next message opens at once,
// and what was decided can be undone with one key.
import { call, one, reason, Refused, say, typing, word } from "./page";

const page = document.querySelector<HTMLElement>("[data-rooms]");
/** The acts of this page, so that u undoes the last, then the one before it. */
const done: string[] = [];
/** When r was pressed first: a message is taken out by the second r. */
let armed = { id: "", at: 0 };
/** An act that concerns many messages is confirmed by doing it again. */
let sure = "";
const ARMED_MS = 3000;

const rows = () => [...document.querySelectorAll<HTMLLIElement>(".cases li[data-id]")];
const detail = () => one<HTMLElement>("[data-detail]");
const current = () => rows().find((row) => row.classList.contains("current"));
const field = (name: string) => detail().querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`)?.value ?? "";
const ticked = (mark: string) => detail().querySelector<HTMLInputElement>(`[${mark}]`)?.checked ?? false;

let policy: { createHTML(text: string): any } | undefined;

/** A page of the desk as a dead document. */
async function fetched(path: string): Promise<Document> {
  const answer = await fetch(path, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Refused(answer.status, {});
  const types = (window as any).trustedTypes;
  policy ??= types ? types.createPolicy("wireroom", { createHTML: (html: string) => html }) : { createHTML: (html: string) => html };
  return new DOMParser().parseFromString(policy!.createHTML(await answer.text()), "text/html");
}

let tail: Promise<unknown> = Promise.resolve(), waiting = 0;

/** One act after the other. While one is under way the next message is not seen yet, so no key decides on it unseen. */
function act(deed: () => Promise<unknown>, always = false): void {
  if (waiting && !always) return;
  waiting += 1;
  one("[data-beside]").setAttribute("aria-busy", "true");
  tail = tail.then(deed).catch((error) => say(reason(error))).finally(() => {
    waiting -= 1;
    if (!waiting) one("[data-beside]").setAttribute("aria-busy", "false");
  });
}

let opening = 0;

/** Opens a message beside the list. Only the last one asked for is shown. */
async function open(row: HTMLLIElement, focus = true): Promise<void> {
  const mine = ++opening, id = row.dataset.id ?? "";
  armed = { id: "", at: 0 };
  sure = "";
  for (const other of rows()) {
    other.classList.toggle("current", other === row);
    const link = one("a", other);
    if (other === row) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
  }
  if (focus) one("a", row).focus();
  row.scrollIntoView({ block: "nearest" });
  const fresh = await fetched(`/desk/rooms/messages/${id}`);
  if (mine !== opening) return;
  detail().replaceWith(document.adoptNode(one("[data-detail]", fresh)));
}

function step(by: number): void {
  const list = rows(), at = list.findIndex((row) => row.classList.contains("current"));
  const next = list[Math.max(0, Math.min(list.length - 1, at + by))];
  if (next) void open(next).catch((error) => say(reason(error)));
}

type Sanction = { ground: string; reason: string; seconds?: number; all_messages?: boolean };

/** Carries an act out; the message leaves the list when the act decides on it. */
async function decide(wished: string, sanction?: Sanction): Promise<boolean> {
  const here = detail(), id = here.dataset.id;
  if (!id) return false;
  const alike = ticked("data-alike") && !sanction;
  const wish = `${wished} ${id} ${alike} ${sanction?.all_messages ?? false}`;
  const body = { act: wished, messages: [id], alike, ground: field("ground"), reason: field("reason"), confirm: sure === wish || ticked("data-confirm"), ...sanction };
  try {
    const made = await call("POST", "rooms/decisions", body);
    sure = "";
    done.push(made.batch);
    say(word(`did-${wished === "remove" && here.dataset.state !== "shown" ? "reject" : wished}`));
    if (!sanction || sanction.all_messages) await leave(id, alike); else await open(current() ?? rows()[0]!);
    return true;
  } catch (error) {
    const many = error instanceof Refused && error.problem.code === "rooms.confirm";
    if (many) sure = wish;
    const text = many ? word("many", { count: (error as Refused).problem.current?.messages ?? 2 }) : reason(error);
    say(text);
    const line = document.querySelector("dialog[open] [data-said]") ?? here.querySelector("[data-said]");
    if (line) line.textContent = text;
    return false;
  }
}

/** Takes a decided message off the list and opens the one that stood after it. */
async function leave(id: string, refreshed: boolean): Promise<void> {
  const row = rows().find((row) => row.dataset.id === id);
  const next = (row?.nextElementSibling ?? row?.previousElementSibling) as HTMLLIElement | null;
  if (page?.dataset.kind !== "all") row?.remove();
  if (next?.dataset.id) await open(next);
  else {
    say(`${one("[data-status]").textContent}. ${word("list-done")}`);
    await refresh();
  }
  if (refreshed) await refresh();
}

async function undo(): Promise<void> {
  const batch = done.pop() ?? document.querySelector<HTMLInputElement>('.undo input[name="batch"]')?.value;
  if (!batch) return say(word("nothing-to-undo"));
  document.querySelector(".undo")?.remove();
  try {
    await call("POST", `rooms/batches/${batch}/undoing`, {});
    say(word("undone"));
    await refresh();
  } catch (error) { say(reason(error)); }
}

/** Warn, time out, mute, ban: a small dialog with the ground chosen already, so that Enter is enough. */
function sanction(kind: string): void {
  if (waiting) return;
  const dialog = one<HTMLDialogElement>("#sanction"), form = one<HTMLFormElement>("form", dialog), here = detail();
  if (!here.dataset.id) return;
  one("#sanction-title").textContent = word(`sanction-${kind}`, { name: one("#case-title bdi").textContent ?? "" });
  one("[data-length]", dialog).hidden = kind !== "time_out";
  one("[data-with-all]", dialog).hidden = kind !== "ban";
  one("[data-said]", dialog).textContent = "";
  form.reset();
  const ground = one<HTMLSelectElement>("[name=ground]", form);
  ground.value = here.dataset.ground ?? "other";
  form.onsubmit = (event) => {
    event.preventDefault();
    if ((event.submitter as HTMLButtonElement | null)?.value === "no") return dialog.close();
    const filled = new FormData(form);
    const wish: Sanction = { ground: String(filled.get("ground")), reason: String(filled.get("reason")), all_messages: kind === "ban" && filled.has("all_messages") };
    if (kind === "time_out") wish.seconds = Number(filled.get("seconds"));
    act(async () => { if (await decide(kind, wish)) dialog.close(); });
  };
  dialog.showModal();
  (kind === "time_out" ? one<HTMLSelectElement>("[name=seconds]", form) : ground).focus();
}

function key(event: KeyboardEvent): void {
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
  const acts: Record<string, () => void> = {
    j: () => step(1),
    k: () => step(-1),
    a: () => act(() => decide("approve")),
    h: () => act(() => decide("hold")),
    r: remove,
    w: () => sanction("warn"),
    t: () => sanction("time_out"),
    b: () => sanction("ban"),
    c: alike,
    u: () => act(undo, true),
  };
  const chosen = acts[event.key];
  if (!chosen) return;
  event.preventDefault();
  chosen();
}

function remove(): void {
  if (waiting) return;
  const { id = "", state } = detail().dataset;
  if (armed.id === id && performance.now() - armed.at < ARMED_MS) {
    armed = { id: "", at: 0 };
    return act(() => decide("remove"));
  }
  armed = { id, at: performance.now() };
  say(word(state === "shown" ? "again-remove" : "again-reject"));
}

function alike(): void {
  const box = detail().querySelector<HTMLInputElement>("[data-alike]");
  if (!box) return;
  box.checked = !box.checked;
  say(word(box.checked ? "alike-on" : "alike-off"));
}

/** Puts the list as it is now in place of the old one; the open message stays open. */
async function refresh(): Promise<void> {
  const fresh = await fetched(location.href), id = detail().dataset.id;
  const focused = document.activeElement?.closest<HTMLElement>(".cases li")?.dataset.id;
  for (const part of ["[data-tabs]", "[data-list]"]) one(part).replaceWith(document.adoptNode(one(part, fresh)));
  const row = rows().find((row) => row.dataset.id === id) ?? rows()[0];
  for (const other of rows()) other.classList.toggle("current", other === row);
  if (row && row.dataset.id !== id) return open(row, Boolean(focused));
  if (!row && !document.activeElement?.closest("[data-detail]")) {
    const empty = document.createElement("div");
    empty.className = "case";
    empty.dataset.detail = "";
    detail().replaceWith(empty);
  }
  if (row && focused) one("a", row).focus();
}

function follow(): void {
  const stream = new EventSource("/desk/live");
  let due = 0;
  stream.addEventListener("open", () => { document.documentElement.dataset.live = "open"; });
  stream.addEventListener("desk", (event) => {
    if (JSON.parse((event as MessageEvent).data).kind !== "room.queue" || due) return;
    due = window.setTimeout(() => { due = 0; void refresh().catch(() => {}); }, 400);
  });
  addEventListener("pagehide", () => stream.close());
}

if (page) {
  document.addEventListener("keydown", key);
  document.addEventListener("click", (event) => {
    const link = (event.target as HTMLElement).closest<HTMLElement>(".cases li > a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void open(link.parentElement as HTMLLIElement).catch((error) => say(reason(error)));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-decide]")) return;
    event.preventDefault();
    const wish = (event.submitter as HTMLButtonElement | null)?.value ?? "approve";
    const seconds = wish === "time_out" ? Number(field("seconds")) : undefined;
    const whole = ["warn", "time_out", "mute", "ban"].includes(wish)
      ? { ground: field("ground"), reason: field("reason"), all_messages: ticked("data-all"), ...(seconds ? { seconds } : {}) } : undefined;
    act(() => decide(wish, whole));
  });
  follow();
}
