// From the stored document to the editor's and back, without loss. A block that did not change is not written anew: its JSON is
// remembered by the node itself, which ProseMirror shares between states.
import { Fragment, type Mark, type Node } from "prosemirror-model";
import { schema } from "./schema";
import type { Json } from "./page";

const { nodes: n } = schema;
type Run = { text: string; marks?: Json[] };

export function read(document: Json): Node {
  const blocks = (document.blocks ?? []).map(block);
  return n.doc.create(null, blocks.length ? blocks : [n.paragraph.create()]);
}

function block(json: Json): Node {
  const id = json.id ?? null;
  switch (json.type) {
    case "paragraph": return n.paragraph.create({ id }, inline(json.text));
    case "heading": return n.heading.create({ id, level: json.level }, inline(json.text));
    case "list": return list(json, id);
    case "quote": case "pull_quote":
      return n.quote.create({ id, url: json.url ?? null, pull: json.type === "pull_quote" }, [n.quote_text.create(null, inline(json.text)), n.cite.create(null, inline(json.cite))]);
    case "picture": {
      const { asset = null, url = null, alt = "", credit = "", width = null, height = null } = json;
      return n.picture.create({ id, asset, url, alt, credit, width, height }, inline(json.caption));
    }
    case "embed": return n.embed.create({ id, url: json.url, provider: json.provider ?? "", title: json.title ?? "" });
    case "callout": return n.callout.create({ id }, [n.callout_title.create(null, inline(json.title)), ...inner(json)]);
    case "related": return n.related.create({ id, story: json.story, headline: json.headline ?? "" });
    case "entry": {
      const { at, headline = "", key_event = false, pinned = false, author = "" } = json;
      return n.entry.create({ id, at, headline, key_event, pinned, author }, inner(json));
    }
    case "divider": return n.divider.create({ id });
    case "code": return n.code_block.create({ id, language: json.language ?? "" }, json.text ? [schema.text(json.text)] : []);
    default: return n.opaque.create({ id, json });
  }
}

const inner = (json: Json): Node[] => { const blocks = (json.blocks ?? []).map(block); return blocks.length ? blocks : [n.paragraph.create()]; };

function list(json: Json, id: string | null): Node {
  const items = json.items.map((item: Json) => n.list_item.create(null, [n.paragraph.create(null, inline(item.text)), ...(item.list ? [list(item.list, null)] : [])]));
  return (json.ordered ? n.ordered_list : n.bullet_list).create({ id }, items);
}

function inline(runs: Run[] = []): Fragment {
  const made: Node[] = [];
  for (const run of runs) {
    const marks = (run.marks ?? []).flatMap((mark) => { const type = schema.marks[mark.type]; return type ? [type.create(mark)] : []; });
    run.text.split("\n").forEach((line, at) => {
      if (at) made.push(n.hard_break.create(null, null, marks));
      if (line) made.push(schema.text(line, marks));
    });
  }
  return Fragment.from(made);
}

const written = new WeakMap<Node, Json>();

/** The document as it is stored. */
export function write(doc: Node): Json {
  const blocks: Json[] = [];
  doc.forEach((node) => { const json = writeBlock(node); if (json) blocks.push(json); });
  return { version: 1, blocks };
}

function writeBlock(node: Node): Json | null {
  const known = written.get(node);
  if (known) return known;
  const json = made(node);
  if (json) written.set(node, json);
  return json;
}

function made(node: Node): Json | null {
  const { id, ...attrs } = node.attrs;
  const own = id ? { id } : {};
  switch (node.type.name) {
    case "paragraph": return node.content.size ? { ...own, type: "paragraph", text: runs(node) } : null;
    case "heading": return node.content.size ? { ...own, type: "heading", level: attrs.level, text: runs(node) } : null;
    case "bullet_list": case "ordered_list": return { ...own, ...listOf(node), type: "list" };
    case "quote": return { ...own, type: attrs.pull ? "pull_quote" : "quote", text: runs(node.child(0)), ...some("cite", runs(node.child(1))), ...kept({ url: attrs.url }) };
    case "picture": return { ...own, type: "picture", ...kept(attrs), ...some("caption", runs(node)) };
    case "callout": return { ...own, type: "callout", ...some("title", runs(node.child(0))), blocks: inside(node, 1) };
    case "entry": return { ...own, type: "entry", ...kept(attrs), blocks: inside(node, 0) };
    case "divider": return { ...own, type: "divider" };
    case "code_block": return { ...own, type: "code", text: node.textContent, ...kept(attrs) };
    case "opaque": return { ...(id && !attrs.json.id ? { id } : {}), ...attrs.json };
    default: return { ...own, type: node.type.name, ...kept(attrs) };
  }
}

function inside(node: Node, from: number): Json[] {
  const blocks: Json[] = [];
  node.forEach((child, _, at) => { const json = at >= from ? writeBlock(child) : null; if (json) blocks.push(json); });
  return blocks;
}

function listOf(node: Node): Json {
  const items: Json[] = [];
  node.forEach((item) => items.push({ text: runs(item.child(0)), ...(item.childCount > 1 ? { list: listOf(item.child(1)) } : {}) }));
  return { ...(node.type === n.ordered_list ? { ordered: true } : {}), items };
}

const some = (name: string, text: Run[]) => (text.length ? { [name]: text } : {});
const kept = (attrs: Json) => Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== null && value !== "" && value !== false));

function runs(node: Node): Run[] {
  const made: Run[] = [];
  node.forEach((child) => {
    const text = child.isText ? child.text! : "\n";
    const marks = child.marks.map(markOf);
    const last = made.at(-1);
    if (last && JSON.stringify(last.marks ?? []) === JSON.stringify(marks)) last.text += text;
    else made.push(marks.length ? { text, marks } : { text });
  });
  return made;
}

const markOf = (mark: Mark): Json => ({ type: mark.type.name, ...kept(mark.attrs) });
