// What a signed-in reader can do with a message: answer, react, report; and with one of their own: change it for half a
// minute, take it back. The menu's contents are made when it is opened.
import { site, make } from "./page.js";
import { texts } from "./room-message.js";

const EDIT_MS = 30_000;

export const toolsFor = (room) => (message, item) => {
  const reply = button(texts.reply, () => room.composer.answer(message));
  const menu = make("details", { class: "message-menu" }, make("summary", {}, texts.more));
  // Before it opens, so that the next Tab finds what is in it.
  menu.firstElementChild.addEventListener("click", () => { if (menu.children.length === 1) menu.append(contents(room, message, item, menu)); });
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape" && menu.open) { menu.open = false; menu.firstElementChild.focus(); event.stopPropagation(); } });
  return make("div", { class: "message-tools", lang: site.lang }, reply, menu);
};

function button(word, act, pressed) {
  const made = make("button", { type: "button", "aria-pressed": pressed === undefined ? null : String(pressed) }, word);
  made.addEventListener("click", act);
  return made;
}

function contents(room, message, item, menu) {
  const path = `messages/${message.id}`;
  const reactions = Object.entries(texts.reactions).map(([kind, word]) => {
    const mark = `${message.id} ${kind}`;
    const made = button(word, async () => {
      const on = !room.mine.has(mark);
      const answer = on ? await ask(room, "POST", `${path}/reactions`, { kind }) : await ask(room, "DELETE", `${path}/reactions/${kind}`);
      if (!answer) return;
      on ? room.mine.add(mark) : room.mine.delete(mark);
      made.setAttribute("aria-pressed", String(on));
      room.reacted({ id: message.id, reactions: answer.reactions });
    }, room.mine.has(mark));
    return made;
  });
  const own = message.author.key === room.me.key;
  const young = own && Date.now() - Date.parse(message.at) < EDIT_MS;
  const acts = [
    young ? button(texts.edit, () => { menu.open = false; edit(room, message, item); }) : null,
    own ? button(texts.remove, async () => { if (confirm(texts["remove-sure"]) && await ask(room, "DELETE", path)) room.removed({ id: message.id, seq: message.seq, removed: "author" }); }) : null,
    own ? null : button(texts.ignore, async () => {
      const answer = await fetch(`/api/v1/me/ignored/${encodeURIComponent(message.author.key)}`, { method: "PUT" }).catch(() => null);
      if (!answer?.ok) return room.say(site.texts.failed);
      room.ignored.add(message.author.key);
      for (const other of [...room.messages.values()]) if (!other.removed && other.author.key === message.author.key) room.redraw(other.id);
    }),
    own ? null : button(texts.report, () => { menu.open = false; report(room, message, item); }),
  ];
  return make("div", { class: "message-menu-sheet" }, make("p", { class: "message-reacts" }, ...reactions), make("p", {}, ...acts.filter(Boolean)));
}

/** The answer as JSON (or true when it has none), or null after the reader was told why not. */
async function ask(room, method, path, body) {
  try {
    const answer = await room.send(method, path, body);
    const told = await answer.json().catch(() => true);
    if (answer.ok) return told;
    room.say(told.detail ?? told.title ?? site.texts.failed);
  } catch {
    room.say(site.texts.lost);
  }
  return null;
}

function edit(room, message, item) {
  const field = make("textarea", { rows: 3, maxlength: 6000, dir: "auto", "aria-label": texts.edit });
  field.value = message.text;
  const form = make("form", { class: "message-edit", lang: site.lang }, field, make("p", {}, make("button", { class: "button button-small" }, texts.save), " ", button(texts.cancel, () => room.redraw(message.id))));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const changed = await ask(room, "PATCH", `messages/${message.id}`, { text: field.value });
    if (changed) room.changed(changed);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); room.redraw(message.id); }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  item.querySelector(".message-body").replaceWith(form);
  field.focus();
}

function report(room, message, item) {
  if (item.querySelector(".message-report")) return;
  const id = `report-${message.id}`;
  const reason = make("select", { id, required: true }, ...Object.entries(texts.reasons).map(([key, word]) => make("option", { value: key }, word)));
  const note = make("textarea", { id: `${id}-note`, rows: 2, maxlength: 1000, dir: "auto" });
  const form = make("form", { class: "message-report", lang: site.lang, "aria-label": texts["report-title"] },
    make("label", { for: id }, texts["report-why"]), reason, make("label", { for: `${id}-note` }, texts["report-note"]), note,
    make("p", {}, make("button", { class: "button button-small" }, texts["report-send"]), " ", button(texts.cancel, () => form.remove())));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!await ask(room, "POST", `messages/${message.id}/reports`, { reason: reason.value, note: note.value })) return;
    form.remove();
    room.say(texts.reported);
  });
  item.append(form);
  reason.focus();
}
