// The story document (crates/markup) as ProseMirror's schema. What it does not edit yet (tables, galleries, blocks of a later
// version) stays in an `opaque` node as it came, so that nothing is ever dropped.
import { Schema, type DOMOutputSpec, type Node, type NodeSpec, type MarkSpec } from "prosemirror-model";

const id = { id: { default: null as string | null } };
const blank = (name: string, fallback: unknown = null) => ({ [name]: { default: fallback } });

const nodes: Record<string, NodeSpec> = {
  doc: { content: "block+" },
  paragraph: { group: "block", content: "inline*", attrs: id, parseDOM: [{ tag: "p" }, { tag: "div", priority: 10 }], toDOM: () => ["p", 0] },
  heading: {
    group: "block", content: "inline*", defining: true, attrs: { ...id, level: { default: 2 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((n) => ({ tag: `h${n}`, attrs: { level: Math.min(4, Math.max(2, n)) } })),
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  bullet_list: { group: "block list", content: "list_item+", attrs: id, parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
  ordered_list: { group: "block list", content: "list_item+", attrs: id, parseDOM: [{ tag: "ol" }], toDOM: () => ["ol", 0] },
  list_item: { content: "paragraph list?", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  quote: {
    group: "block", content: "quote_text cite", defining: true, isolating: true, attrs: { ...id, ...blank("url"), pull: { default: false } },
    toDOM: (node) => ["blockquote", node.attrs.pull ? { class: "pull" } : {}, 0],
  },
  quote_text: { content: "inline*", toDOM: () => ["div", 0] },
  cite: { content: "inline*", toDOM: () => ["cite", 0] },
  picture: {
    group: "block", content: "inline*", isolating: true, defining: true,
    attrs: { ...id, ...blank("asset"), ...blank("url"), ...blank("alt", ""), ...blank("credit", ""), ...blank("width"), ...blank("height") },
    parseDOM: [{ tag: "img[src]", getAttrs: (dom) => { const src = dom.getAttribute("src") ?? ""; return /^https?:/i.test(src) ? { url: src, alt: dom.getAttribute("alt") ?? "" } : false; } }],
    toDOM: () => ["figure", 0],
  },
  embed: { group: "block", atom: true, attrs: { ...id, url: { default: "" }, ...blank("provider", ""), ...blank("title", "") }, toDOM: (node) => ["div", { class: "card" }, String(node.attrs.url)] },
  callout: { group: "block", content: "callout_title block+", isolating: true, attrs: id, toDOM: () => ["aside", 0] },
  callout_title: { content: "inline*", toDOM: () => ["div", { class: "title" }, 0] },
  related: { group: "block", atom: true, attrs: { ...id, story: { default: "" }, ...blank("headline", "") }, toDOM: (node) => ["div", { class: "card" }, String(node.attrs.headline)] },
  entry: {
    group: "block", content: "block+", isolating: true,
    attrs: { ...id, at: { default: "" }, ...blank("headline", ""), key_event: { default: false }, pinned: { default: false }, ...blank("author", "") },
    toDOM: () => ["article", 0],
  },
  divider: { group: "block", attrs: id, parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  code_block: { group: "block", content: "text*", marks: "", code: true, defining: true, attrs: { ...id, ...blank("language", "") }, parseDOM: [{ tag: "pre", preserveWhitespace: "full" }], toDOM: () => ["pre", 0] as DOMOutputSpec },
  opaque: {
    group: "block", atom: true, attrs: { ...id, json: { default: {} } },
    parseDOM: [{ tag: "table", getAttrs: (dom) => ({ json: tableOf(dom as HTMLTableElement) }) }],
    toDOM: (node) => ["div", { class: "card" }, String(node.attrs.json.type)],
  },
  text: { group: "inline" },
  hard_break: { group: "inline", inline: true, selectable: false, linebreakReplacement: true, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
};

const plain = (tags: string[], out: string): MarkSpec => ({ parseDOM: tags.map((tag) => ({ tag })), toDOM: () => [out, 0] });

/** In the order of nesting that `markup` has, outermost first. */
const marks: Record<string, MarkSpec> = {
  note: { attrs: { id: {} }, inclusive: false, excludes: "", toDOM: (mark) => ["span", { class: "noted", "data-note": mark.attrs.id }, 0], parseDOM: [] },
  source: { attrs: { id: { default: null }, name: { default: null } }, inclusive: false, toDOM: (mark) => ["span", { class: "sourced", title: mark.attrs.name ?? "" }, 0] },
  link: {
    attrs: { href: {}, title: { default: null } }, inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => { const href = dom.getAttribute("href") ?? ""; return /^(https?:|mailto:|tel:)/i.test(href) ? { href, title: dom.getAttribute("title") } : false; } }],
    toDOM: (mark) => ["a", { href: mark.attrs.href, ...(mark.attrs.title ? { title: mark.attrs.title } : {}) }, 0],
  },
  lang: { attrs: { lang: {}, dir: { default: null } }, toDOM: (mark) => ["span", { lang: mark.attrs.lang, ...(mark.attrs.dir ? { dir: mark.attrs.dir } : {}) }, 0] },
  strong: plain(["strong", "b"], "strong"),
  emphasis: plain(["em", "i"], "em"),
  strike: plain(["s", "strike", "del"], "s"),
  code: plain(["code", "tt"], "code"),
  sub: plain(["sub"], "sub"),
  sup: plain(["sup"], "sup"),
};

export const schema = new Schema({ nodes, marks });

/** The cells of a pasted table as words. */
function tableOf(table: HTMLTableElement): Record<string, unknown> {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => ({ text: [{ text: (cell.textContent ?? "").replace(/\s+/g, " ").trim() }].filter((run) => run.text) })));
  return { type: "table", header_row: [...(table.rows[0]?.cells ?? [])].every((cell) => cell.tagName === "TH") && rows.length > 1, rows };
}

/** Words of a node, blocks apart. */
export const wordsOf = (node: Node): string => node.textBetween(0, node.content.size, "\n", "\n");
