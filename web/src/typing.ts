// What happens while somebody types: shortcuts, quotation marks of the language, ids of blocks, gaps marked TK, counts.
import { InputRule, inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { closeHistory } from "prosemirror-history";
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark } from "prosemirror-commands";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { redo, undo } from "prosemirror-history";
import { Plugin, TextSelection, type Command, type EditorState } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { MarkType, Node } from "prosemirror-model";
import { schema, wordsOf } from "./schema";

const { nodes: n, marks: m } = schema;

/** Opening and closing, outer and inner. */
const QUOTES: Record<string, [string, string, string, string]> = {
  en: ["“", "”", "‘", "’"], ru: ["«", "»", "„", "“"], de: ["„", "“", "‚", "‘"], fr: ["« ", " »", "“", "”"],
  es: ["«", "»", "“", "”"], ar: ["«", "»", "“", "”"], fa: ["«", "»", "“", "”"], uk: ["«", "»", "„", "“"], zh: ["“", "”", "‘", "’"],
};

export function rules(language: () => string): Plugin {
  const marks = () => QUOTES[language().split("-")[0].toLowerCase()] ?? QUOTES.en;
  /** A change of its own in the history: one Ctrl+Z takes back the mark and nothing else. */
  const put = (find: RegExp, text: (match: RegExpMatchArray) => string) => new InputRule(find, (state, match, start, end) => {
    if (state.selection.$from.parent.type.spec.code) return null;
    return closeHistory(state.tr.insertText(text(match), start, end));
  });
  const keepFirst = (open: () => string) => (match: RegExpMatchArray) => match[1] + open();
  return inputRules({
    rules: [
      put(/(^|[\s([{«„“‘–—])"$/, keepFirst(() => marks()[0])), put(/"$/, () => marks()[1]),
      put(/(^|[\s([{«„“‘–—])'$/, keepFirst(() => marks()[2])), put(/'$/, () => (language().startsWith("en") || /^(fr|es)/.test(language()) ? "’" : marks()[3])),
      put(/\.\.\.$/, () => "…"), put(/(\S|^|\s)--$/, (match) => `${match[1]}—`),
      textblockTypeInputRule(/^(#{2,4})\s$/, n.heading, (match) => ({ level: match[1].length })),
      textblockTypeInputRule(/^```$/, n.code_block),
      wrappingInputRule(/^\s*[-*]\s$/, n.bullet_list), wrappingInputRule(/^\s*1[.)]\s$/, n.ordered_list),
      new InputRule(/^>\s$/, (state, _, start, end) => become(state, start, end, quote(false))),
      new InputRule(/^---$/, (state, _, start, end) => become(state, start, end, n.divider.create())),
      marked(/(?:^|\s)(\*\*([^*\s][^*]*)\*\*)$/, m.strong), marked(/(?:^|[^*])(\*([^*\s][^*]*)\*)$/, m.emphasis), marked(/(`([^`]+)`)$/, m.code),
    ],
  });
}

export const quote = (pull: boolean): Node => n.quote.create({ pull }, [n.quote_text.create(), n.cite.create()]);

function become(state: EditorState, start: number, end: number, node: Node) {
  const $from = state.doc.resolve(start);
  if ($from.depth !== 1 || $from.parent.type !== n.paragraph || end !== $from.end()) return null;
  const tr = state.tr.replaceWith($from.before(), $from.after(), node.isAtom || node.type === n.divider ? [node, n.paragraph.create()] : node);
  return closeHistory(tr.setSelection(TextSelection.near(tr.doc.resolve($from.before() + (node.type === n.divider ? node.nodeSize : 1)))));
}

const marked = (find: RegExp, type: MarkType) => new InputRule(find, (state, match, _, end) => {
  const from = end - match[1].length + 1;
  const tr = state.tr.delete(from, end);
  return closeHistory(tr.insert(from, schema.text(match[2], [type.create()])).removeStoredMark(type));
});

const breakLine: Command = (state, dispatch) => { dispatch?.(state.tr.replaceSelectionWith(n.hard_break.create(), true).scrollIntoView()); return true; };

/** Enter where a block has parts: a line in a quotation, the next part, or out of it. */
const enterParts: Command = (state, dispatch) => {
  const { $from } = state.selection, name = $from.parent.type.name;
  if (name === "quote_text" && $from.parent.content.size) {
    if ($from.parentOffset === $from.parent.content.size && $from.nodeBefore?.type !== n.hard_break) {
      dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve($from.after() + 1))));
      return true;
    }
    return breakLine(state, dispatch);
  }
  if (name === "callout_title") { dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve($from.after() + 1)))); return true; }
  if (name === "cite" || name === "picture" || name === "quote_text") {
    const end = name === "picture" ? $from.after() : $from.after($from.depth - 1);
    const tr = state.tr.insert(end, n.paragraph.create());
    dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(end + 1))).scrollIntoView());
    return true;
  }
  return false;
};

export function keys(more: Record<string, Command>): Record<string, Command> {
  return {
    ...baseKeymap,
    "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo,
    Backspace: chainCommands(undoInputRule, liftEmptyItem, baseKeymap.Backspace),
    Enter: chainCommands(enterParts, splitListItem(n.list_item), baseKeymap.Enter),
    "Shift-Enter": chainCommands(exitCode, breakLine), "Mod-Enter": exitBlock,
    Tab: sinkListItem(n.list_item), "Shift-Tab": liftListItem(n.list_item),
    "Mod-b": toggleMark(m.strong), "Mod-i": toggleMark(m.emphasis), "Shift-Mod-x": toggleMark(m.strike), "Mod-e": toggleMark(m.code),
    "Ctrl-Alt-0": setBlockType(n.paragraph), "Ctrl-Alt-2": setBlockType(n.heading, { level: 2 }), "Ctrl-Alt-3": setBlockType(n.heading, { level: 3 }), "Ctrl-Alt-4": setBlockType(n.heading, { level: 4 }),
    "Shift-Mod-7": wrapInList(n.ordered_list), "Shift-Mod-8": wrapInList(n.bullet_list),
    ...more,
  };
}

const liftEmptyItem: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  return empty && $from.parentOffset === 0 && $from.depth > 1 && $from.node(-1).type === n.list_item && $from.index(-2) === 0 ? liftListItem(n.list_item)(state, dispatch) : false;
};

/** Leaves whatever block one is in for a new paragraph below it. */
const exitBlock: Command = (state, dispatch) => {
  const { $from } = state.selection, end = $from.depth ? $from.after(1) : $from.pos;
  const tr = state.tr.insert(end, n.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(end + 1))).scrollIntoView());
  return true;
};

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
export const newId = (): string => [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => LETTERS[byte & 31]).join("");

/** Every block has an id of its own: the first keeps it when one is split in two. */
export const ids = new Plugin({
  appendTransaction(transactions, _, state) {
    if (!transactions.some((tr) => tr.docChanged)) return null;
    const seen = new Set<string>();
    const missing: number[] = [];
    state.doc.descendants((node, pos, parent) => {
      if (!node.isBlock || !("id" in node.attrs) || parent?.type === n.list_item) return !node.isTextblock;
      const id = node.attrs.id as string | null;
      if (id && !seen.has(id)) seen.add(id); else missing.push(pos);
      return node.type === n.callout || node.type === n.entry;
    });
    if (!missing.length) return null;
    const tr = state.tr;
    for (const pos of missing) tr.setNodeAttribute(pos, "id", newId());
    return tr.setMeta("addToHistory", false);
  },
});

type Counted = { words: number; characters: number; gaps: [number, number][] };
const counted = new WeakMap<Node, Counted>();
const WORD = /[\p{L}\p{N}]+(?:['’\-.][\p{L}\p{N}]+)*/gu;
const GAP = /(?<![\p{L}\p{N}])(?:TK)+(?![\p{L}\p{N}])/gu;

/** Counted once for each block as long as it stays the same. */
function count(node: Node): Counted {
  const known = counted.get(node);
  if (known) return known;
  const text = wordsOf(node);
  const gaps: [number, number][] = [];
  node.descendants((child, pos) => {
    if (child.isText) for (const match of child.text!.matchAll(GAP)) gaps.push([pos + match.index!, pos + match.index! + match[0].length]);
  });
  const made = { words: text.match(WORD)?.length ?? 0, characters: text.replace(/\n/g, "").length, gaps };
  counted.set(node, made);
  return made;
}

export function counts(doc: Node): { words: number; characters: number; gaps: number } {
  const sum = { words: 0, characters: 0, gaps: 0 };
  doc.forEach((node) => { const own = count(node); sum.words += own.words; sum.characters += own.characters; sum.gaps += own.gaps.length; });
  return sum;
}

/** Shows what is still to come. */
export const gaps = new Plugin<DecorationSet>({
  state: {
    init: (_, state) => marksOf(state.doc),
    apply: (tr, old) => (tr.docChanged ? marksOf(tr.doc) : old),
  },
  props: { decorations(state) { return this.getState(state); } },
});

function marksOf(doc: Node): DecorationSet {
  const marks: Decoration[] = [];
  doc.forEach((node, offset) => { for (const [from, to] of count(node).gaps) marks.push(Decoration.inline(offset + 1 + from, offset + 1 + to, { class: "tk" })); });
  return DecorationSet.create(doc, marks);
}
