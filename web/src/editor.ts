// The page on which a story is written.
import { setBlockType, toggleMark } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { wrapInList } from "prosemirror-schema-list";
import { EditorState, type Command } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { read, write } from "./document";
import { Keeper } from "./keep";
import { call, make, one, reason, say, word, type Json } from "./page";
import { CleanParser, quiet } from "./paste";
import { Pen } from "./pen";
import { schema, wordsOf } from "./schema";
import { insert, menu } from "./slash";
import { counts, gaps, ids, keys, newId, quote, rules } from "./typing";
import { upload } from "./pictures";
import { Panes } from "./panes";
import { views } from "./views";

const { nodes: n, marks: m } = schema;
const story: Json = JSON.parse(one("#story").textContent ?? "{}");
const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>("[data-field]")];
const field = (name: string) => fields.find((it) => it.dataset.field === name);

const rtl = /^(ar|he|fa|ur|ps|sd|ug|yi|dv)\b/i;
const language = () => field("language")?.value || story.language;

/** A field as the API takes it. */
function value(name: string): unknown {
  if (name === "body") return write(view.state.doc);
  if (name === "sources" || name === "picture") return panes.value(name);
  const input = field(name);
  if (!input) return undefined;
  if (name === "topics") return input.value.split(",").map((topic) => topic.trim()).filter(Boolean);
  if (input instanceof HTMLSelectElement && input.multiple) return [...input.selectedOptions].map((option) => option.value);
  if (name === "storyline") return input.value.trim() || null;
  return input.value.replace(/\s*\n\s*/g, " ");
}

const keeper = new Keeper(story.id, story.version, value, showSaved, showBoth);
const panes = new Panes(story, (name) => keeper.touch(name), () => keeper.flush().then(() => keeper.standing === "saved"), () => value("body") as Json, value);
const pen = new Pen(story.id, (writes, name) => hand(writes, name));

const blocks: { text: string; hint: string; act: Command }[] = [
  { text: word("block-heading"), hint: "##", act: setBlockType(n.heading, { level: 2 }) },
  { text: word("block-subheading"), hint: "###", act: setBlockType(n.heading, { level: 3 }) },
  { text: word("block-bullets"), hint: "-", act: wrapInList(n.bullet_list) },
  { text: word("block-numbers"), hint: "1.", act: wrapInList(n.ordered_list) },
  { text: word("block-quote"), hint: ">", act: insert(() => quote(false)) },
  { text: word("block-pull_quote"), hint: "", act: insert(() => quote(true)) },
  { text: word("block-picture"), hint: "", act: () => { one<HTMLInputElement>("#picture-file").click(); return true; } },
  { text: word("block-callout"), hint: "", act: insert(() => n.callout.create(null, [n.callout_title.create(), n.paragraph.create()])) },
  { text: word("block-divider"), hint: "---", act: insert(() => n.divider.create()) },
  { text: word("block-code"), hint: "```", act: setBlockType(n.code_block) },
  ...(story.kind === "live" ? [{ text: word("block-entry"), hint: "", act: insert(() => n.entry.create({ at: new Date().toISOString() }, [n.paragraph.create()])) }] : []),
];

const view = new EditorView(one("[data-editor]"), {
  state: state(story.body),
  clipboardParser: new CleanParser(),
  transformPastedHTML: quiet,
  nodeViews: views,
  attributes: () => ({ role: "textbox", "aria-multiline": "true", "aria-label": word("body"), lang: language(), dir: rtl.test(language()) ? "rtl" : "ltr", spellcheck: "true" }),
  dispatchTransaction(tr) {
    const state = view.state.apply(tr);
    view.updateState(state);
    if (tr.docChanged && !tr.getMeta("theirs")) { keeper.touch("body"); later(); }
    else if (tr.selectionSet) later();
  },
  handlePaste(view, event, slice) {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    // Word puts a picture of the text beside the text; only pictures alone are pictures.
    if (files.length && !event.clipboardData!.types.includes("text/html")) { void pictures(files); return true; }
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    if (/^https?:\/\/\S+$/.test(text) && slice.content.childCount <= 1) {
      const { empty, from, to, $from } = view.state.selection;
      if (!empty) { view.dispatch(view.state.tr.addMark(from, to, m.link.create({ href: text }))); return true; }
      if ($from.parent.type === n.paragraph && !$from.parent.content.size && $from.depth === 1) { insert(() => n.embed.create({ url: text }))(view.state, view.dispatch); return true; }
    }
    return false;
  },
  handleDrop(_view, event) {
    const files = [...(event.dataTransfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!files.length) return false;
    event.preventDefault();
    void pictures(files);
    return true;
  },
  handleDOMEvents: {
    // A double click on a note's words opens it.
    click: (_view, event) => { const id = (event.target as HTMLElement).closest?.("[data-note]")?.getAttribute("data-note"); if (id) panes.showNote(id); return false; },
  },
});

function state(body: Json): EditorState {
  return EditorState.create({
    doc: read(body),
    plugins: [menu(blocks), rules(language), keymap(keys({ "Mod-k": () => { askLink(); return true; }, "Mod-s": () => { void keeper.flush(); return true; }, "Ctrl-Alt-m": () => { note(); return true; } })), history(), dropCursor(), gapCursor(), ids, gaps],
  });
}

/** Counts and pressed buttons follow when the hands rest. */
let waiting = 0;
function later(): void {
  if (waiting) return;
  waiting = window.setTimeout(() => { waiting = 0; sum(); press(); }, 200);
}

function sum(): void {
  const { words, characters, gaps } = counts(view.state.doc);
  one("[data-counts]").textContent = word("counts", { words, characters }) + (gaps ? ` · TK ${gaps}` : "");
}

const marksOf: Record<string, typeof m.strong> = { strong: m.strong, emphasis: m.emphasis, strike: m.strike, link: m.link, source: m.source, note: m.note };
function press(): void {
  const { from, to, empty, $from } = view.state.selection;
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-mark]")) {
    const type = marksOf[button.dataset.mark ?? ""];
    const on = empty ? !!type.isInSet(view.state.storedMarks ?? $from.marks()) : view.state.doc.rangeHasMark(from, to, type);
    button.setAttribute("aria-pressed", String(on));
  }
}

// ---- Fields ----
for (const input of fields) {
  const name = input.dataset.field!;
  const counter = input.parentElement!.querySelector<HTMLElement>("[data-limit]");
  const tell = () => { if (counter) { const limit = Number(counter.dataset.limit), length = [...input.value].length; counter.textContent = `${length}/${limit}`; counter.classList.toggle("over", length > limit); } };
  input.addEventListener("input", () => { tell(); keeper.touch(name); if (name === "language") view.setProps({}); });
  if (input instanceof HTMLTextAreaElement && input.closest(".line-field")) {
    input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); const next = fields[fields.indexOf(input) + 1]; if (next?.closest(".line-field")) next.focus(); else view.focus(); } });
    input.addEventListener("input", () => { if (/\n/.test(input.value)) input.value = input.value.replace(/\s*\n\s*/g, " "); });
  }
  tell();
}
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); void keeper.flush(); }
});

// ---- The bar over the text ----
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-mark],[data-block]")) {
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const { mark, block } = button.dataset;
    if (mark === "link") return askLink();
    if (mark === "note") return note();
    if (mark === "source") return source();
    const command = mark ? toggleMark(marksOf[mark]) : { heading: toggleHeading, bullets: wrapInList(n.bullet_list), quote: insert(() => quote(false)), picture: blocks[6].act }[block ?? ""];
    command?.(view.state, view.dispatch, view);
    if (block !== "picture") view.focus();
    press();
  });
}
const toggleHeading: Command = (state, dispatch) => (state.selection.$from.parent.type === n.heading ? setBlockType(n.paragraph) : setBlockType(n.heading, { level: 2 }))(state, dispatch);

const linkBox = one<HTMLDialogElement>("#link"), linkField = one<HTMLInputElement>("#link-href");
function askLink(): void {
  const { from, to, empty, $from } = view.state.selection;
  const there = m.link.isInSet(empty ? $from.marks() : view.state.doc.resolve(from + 1).marks());
  linkField.value = there?.attrs.href ?? "";
  linkBox.showModal();
  linkField.select();
  linkBox.onclose = () => {
    let href = linkField.value.trim();
    if (linkBox.returnValue === "set") {
      if (href && !/^(https?:|mailto:|tel:)/i.test(href)) href = `https://${href}`;
      let tr = view.state.tr.removeMark(from, to, m.link);
      if (href) tr = empty ? tr.insert(from, schema.text(href, [m.link.create({ href })])) : tr.addMark(from, to, m.link.create({ href }));
      view.dispatch(tr);
    }
    linkBox.returnValue = "";
    view.focus();
  };
}

function note(): void {
  const { from, to, empty } = view.state.selection, id = newId();
  if (!empty) view.dispatch(view.state.tr.addMark(from, to, m.note.create({ id })));
  panes.writeNote(empty ? undefined : id, empty ? "" : view.state.doc.textBetween(from, to, " "));
}

/** Marks the words as somebody's; whose is written at the sources. */
function source(): void {
  const { from, to, empty } = view.state.selection;
  if (empty) return say(word("select-words"));
  if (view.state.doc.rangeHasMark(from, to, m.source)) { view.dispatch(view.state.tr.removeMark(from, to, m.source)); return view.focus(); }
  const text = view.state.doc.textBetween(from, to, " ");
  panes.writeSource(text, (name) => { view.dispatch(view.state.tr.addMark(from, to, m.source.create({ name }))); view.focus(); });
}

// ---- Pictures ----
async function pictures(files: File[]): Promise<void> {
  for (const file of files) {
    try {
      say(word("uploading", { name: file.name }));
      const asset = await upload(file);
      const node = n.picture.create({ asset: asset.id, alt: asset.alt ?? "", credit: asset.credit ?? "" }, asset.caption ? schema.text(asset.caption) : null);
      insert(() => node)(view.state, view.dispatch);
      say("");
    } catch (error) { say(reason(error)); }
  }
}
one<HTMLInputElement>("#picture-file").addEventListener("change", (event) => { const input = event.target as HTMLInputElement; void pictures([...(input.files ?? [])]); input.value = ""; });

// ---- What is shown of the saving ----
function showSaved(): void {
  const line = one("[data-saved]");
  line.textContent = keeper.text();
  line.className = `saved ${{ offline: "off", "signed-out": "wrong", refused: "wrong", conflict: "wrong" }[keeper.standing as string] ?? ""}`;
  line.dataset.standing = keeper.standing;
  if (keeper.standing === "saved") panes.saved();
}

/** Two texts: both are shown, and both stay versions whichever goes on. */
function showBoth(theirs: Json, mine: Json): void {
  const box = one("[data-both]");
  const number = Number(theirs.version);
  const text = (body: Json | undefined, headline: unknown) => `${headline ?? ""}\n\n${body ? wordsOf(read(body)) : ""}`;
  const draft = theirs.draft ?? theirs;
  const act = (label: string, go: () => Promise<void>) => {
    const button = make("button", { type: "button" }, label);
    button.addEventListener("click", () => { button.disabled = true; go().then(() => { box.hidden = true; }).catch((error) => { button.disabled = false; say(reason(error)); }); });
    return button;
  };
  box.replaceChildren(make("h2", {}, word("both-title")), make("p", {}, word("both-why")),
    make("div", { class: "two" },
      make("section", {}, make("h3", {}, word("both-mine")), make("pre", { dir: "auto", tabindex: "0" }, text(mine.body ?? write(view.state.doc), mine.headline ?? field("headline")?.value))),
      make("section", {}, make("h3", {}, word("both-theirs")), make("pre", { dir: "auto", tabindex: "0" }, text(draft.body, draft.headline)))),
    make("div", { class: "actions" }, act(word("both-keep-mine"), () => keeper.mineOver(number)), act(word("both-keep-theirs"), async () => { await keeper.theirsOver(number); location.reload(); })));
  box.hidden = false;
  box.focus();
}

// ---- The pen ----
function hand(writes: boolean, name: string): void {
  const editable = writes && story.writes && story.state !== "killed";
  view.setProps({ editable: () => editable });
  for (const input of fields) input.toggleAttribute("disabled", !editable);
  const box = one("[data-pen]");
  box.hidden = writes;
  if (writes) return;
  void keeper.flush();
  const take = make("button", { type: "button", class: "small" }, word("pen-take"));
  take.addEventListener("click", () => void pen.take(true).then(() => (keeper.dirty ? undefined : follow())));
  box.replaceChildren(make("span", {}, word("pen-held", { name })), take);
}

/** Shows what the one who writes has saved. */
async function follow(): Promise<void> {
  const now = await call("GET", `stories/${story.id}`);
  if (now.version === keeper.version || keeper.dirty) return;
  keeper.version = now.version;
  const tr = view.state.tr.replaceWith(0, view.state.doc.content.size, read(now.body).content).setMeta("theirs", true).setMeta("addToHistory", false);
  view.dispatch(tr);
  for (const input of fields) { const text = now[input.dataset.field!]; if (typeof text === "string") input.value = text; }
  sum();
}

const stream = new EventSource("/desk/live");
stream.addEventListener("open", () => { document.documentElement.dataset.live = "open"; });
stream.addEventListener("desk", (event) => {
  const told = JSON.parse((event as MessageEvent).data);
  if (told.story !== story.id) return;
  void pen.check();
  panes.changed();
  if (!pen.writes) void follow().catch(() => {});
});
addEventListener("pagehide", () => stream.close());

async function begin(): Promise<void> {
  sum();
  showSaved();
  const left = await keeper.left();
  if (left) {
    if (left.base === story.version) {
      apply(left.fields);
      keeper.touch(...Object.keys(left.fields));
    } else {
      const theirs = await call("GET", `stories/${story.id}`).catch(() => story);
      const same = Object.entries(left.fields).every(([name, kept]) => JSON.stringify(kept) === JSON.stringify(name === "body" ? write(read(theirs.body)) : theirs[name]));
      if (same) await keeper.forget();
      else { apply(left.fields); keeper.conflict(theirs, left.fields); }
    }
  }
  if (story.writes) await pen.take(false); else hand(false, "");
  document.documentElement.dataset.editor = "ready";
}

/** Puts back what was typed on this device. */
function apply(kept: Json): void {
  for (const [name, text] of Object.entries(kept)) {
    const input = field(name);
    if (name === "body") view.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, read(text).content).setMeta("theirs", true));
    else if (name === "sources" || name === "picture") panes.put(name, text);
    else if (input && Array.isArray(text)) input.value = text.join(", ");
    else if (input) input.value = text ?? "";
  }
}

void begin();
(window as any).wireroomEditor = view;
