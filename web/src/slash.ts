// The menu under the caret: `/` for blocks at the beginning of a paragraph, `@` for our own stories.
import { Plugin, TextSelection, type Command } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { call, make, word } from "./page";
import { schema } from "./schema";

type Choice = { text: string; hint: string; act: Command };
type Open = { kind: "/" | "@"; from: number; words: string } | null;

const ITEMS = 9;

export function menu(blocks: Choice[]): Plugin {
  let list: HTMLUListElement, choices: Choice[] = [], at = 0, closedAt = -1, asked = 0;

  const open = (view: EditorView): Open => {
    const { $from, empty } = view.state.selection;
    if (!empty || !view.editable || $from.parent.type.spec.code || !view.hasFocus()) return null;
    const before = $from.parent.textBetween(0, $from.parentOffset, "\n", "\ufffc");
    const match = /(?:^\/([\p{L}\d ]{0,20})|(?:^|\s)@([^\s@](?:[^@\n]{0,40}))?)$/u.exec(before);
    if (!match || (before.startsWith("/") && $from.parent.type !== schema.nodes.paragraph)) return null;
    const slash = before.startsWith("/");
    const words = (slash ? match[1] : match[2]) ?? "";
    const from = $from.pos - words.length - 1;
    return from === closedAt ? null : { kind: slash ? "/" : "@", from, words };
  };

  const draw = (view: EditorView, now: Open) => {
    list.hidden = !now || !choices.length;
    view.dom.toggleAttribute("aria-activedescendant", false);
    if (list.hidden || !now) return;
    list.replaceChildren(...choices.map((choice, n) => {
      const row = make("li", { role: "option", id: `slash-${n}`, "aria-selected": String(n === at) }, make("span", { dir: "auto" }, choice.text), make("span", { class: "quiet" }, choice.hint));
      row.addEventListener("mousedown", (event) => { event.preventDefault(); take(view, choice); });
      return row;
    }));
    view.dom.setAttribute("aria-activedescendant", `slash-${at}`);
    const caret = view.coordsAtPos(now.from), box = (list.offsetParent ?? document.body).getBoundingClientRect();
    list.style.insetBlockStart = `${caret.bottom - box.top + 4}px`;
    list.style.left = `${Math.max(0, Math.min(caret.left - box.left, box.width - 260))}px`;
  };

  const look = (view: EditorView) => {
    const now = open(view);
    if (!now) { choices = []; asked++; return draw(view, null); }
    const words = now.words.trim().toLocaleLowerCase();
    if (now.kind === "/") {
      choices = blocks.filter((choice) => choice.text.toLocaleLowerCase().includes(words)).slice(0, ITEMS + 4);
      at = Math.min(at, Math.max(0, choices.length - 1));
      return draw(view, now);
    }
    if (words.length < 2) { choices = []; return draw(view, null); }
    const mine = ++asked;
    void call("GET", `stories?q=${encodeURIComponent(words)}&limit=${ITEMS}`).then(({ items }) => {
      if (mine !== asked) return;
      choices = items.filter((item: any) => item.public_version).map((item: any): Choice => ({
        text: item.headline, hint: item.edition,
        act: (state, dispatch) => { dispatch?.(state.tr.insert(state.selection.from, [schema.text(item.headline, [schema.marks.link.create({ href: item.url })]), schema.text(" ")])); return true; },
      }));
      at = 0;
      draw(view, open(view));
    }).catch(() => {});
  };

  const take = (view: EditorView, choice: Choice) => {
    const now = open(view);
    if (!now) return;
    view.dispatch(view.state.tr.delete(now.from, view.state.selection.from));
    choices = [];
    choice.act(view.state, view.dispatch, view);
    view.focus();
    look(view);
  };

  return new Plugin({
    view(view) {
      list = make("ul", { class: "slash", role: "listbox", id: "slash-list", "aria-label": word("blocks") });
      list.hidden = true;
      view.dom.parentElement!.append(list);
      return {
        update(updated, before) { if (!before.doc.eq(updated.state.doc) || !before.selection.eq(updated.state.selection)) look(updated); },
        destroy() { list.remove(); },
      };
    },
    props: {
      handleKeyDown(view, event) {
        if (!choices.length || list.hidden) return false;
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) { at = (at + step + choices.length) % choices.length; draw(view, open(view)); return true; }
        if (event.key === "Enter" || event.key === "Tab") { take(view, choices[at]); return true; }
        if (event.key === "Escape") { closedAt = open(view)?.from ?? -1; choices = []; draw(view, null); return true; }
        return false;
      },
      handleDOMEvents: { blur: () => { list.hidden = true; return false; } },
    },
  });
}

/** Puts a block in place of the empty paragraph one stands in, or below. */
export const insert = (make: () => import("prosemirror-model").Node): Command => (state, dispatch) => {
  const { $from } = state.selection;
  const node = make();
  const empty = $from.parent.type === schema.nodes.paragraph && $from.parent.content.size === 0 && $from.depth >= 1;
  const from = empty ? $from.before() : $from.after(Math.max(1, $from.depth)), to = empty ? $from.after() : from;
  const last = to === state.doc.content.size;
  const tr = state.tr.replaceWith(from, to, last && (node.isAtom || node.type.spec.isolating || node.type === schema.nodes.divider) ? [node, schema.nodes.paragraph.create()] : node);
  const inside = node.isAtom || node.type === schema.nodes.divider ? from + node.nodeSize : from + 1;
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(inside, tr.doc.content.size)))).scrollIntoView());
  return true;
};
