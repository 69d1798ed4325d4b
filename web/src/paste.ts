// What is pasted from Word, Google Docs and web pages, brought to what a story can hold. It works on the dead document that
// ProseMirror has parsed; nothing in it has run or been drawn.
import { DOMParser, type ParseOptions, type Slice } from "prosemirror-model";
import { schema } from "./schema";

/** Inline styles and handlers would be blocked by our CSP, and complained of; under these names they are only words. */
export const quiet = (html: string): string => html.replace(/<style[\s\S]*?<\/style\s*>/gi, "").replace(/<!--[\s\S]*?-->/g, "").replace(/<!\[[\s\S]*?\]>/g, "")
  .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)(?=\s*=)/gi, " data-$1"));

export class CleanParser extends DOMParser {
  constructor() { super(schema, DOMParser.fromSchema(schema).rules); }
  parseSlice(dom: globalThis.Node, options?: ParseOptions): Slice { clean(dom as HTMLElement); return super.parseSlice(dom, options); }
}

const GONE = "style,script,meta,title,link,xml,noscript,iframe,object,svg,button,input,select,textarea,form > label";

export function clean(root: HTMLElement): void {
  for (const element of root.querySelectorAll(GONE)) element.remove();
  const style = (element: Element) => (element.getAttribute("data-style") ?? "").toLowerCase();
  for (const element of [...root.querySelectorAll("*")]) {
    const said = style(element), tag = element.tagName.toLowerCase();
    if (/mso-list:\s*ignore/.test(said) || /mso-hide:\s*all|display:\s*none/.test(said)) { element.remove(); continue; }
    if (tag === "b" && /(^|[;\s])font-weight:\s*(normal|400)/.test(said)) { unwrap(element); continue; }
    if (tag.includes(":") || tag === "font") { unwrap(element); continue; }
    if (tag === "span") {
      if (/(^|[;\s])font-weight:\s*(bold|[6-9]00)/.test(said)) wrap(element, "strong");
      if (/font-style:\s*italic/.test(said)) wrap(element, "em");
      if (/text-decoration[^;]*line-through/.test(said)) wrap(element, "s");
      if (/vertical-align:\s*super/.test(said)) wrap(element, "sup");
      if (/vertical-align:\s*sub/.test(said)) wrap(element, "sub");
    }
  }
  wordLists(root);
  for (const p of root.querySelectorAll("li > p:first-child")) if (p.parentElement!.querySelectorAll(":scope > p").length === 1) unwrap(p);
  for (const p of [...root.querySelectorAll("p")]) if (!(p.textContent ?? "").replace(/\u00a0/g, " ").trim() && !p.querySelector("img,br")) p.remove();
  for (const quote of [...root.querySelectorAll("blockquote")]) unwrap(quote);
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) text.nodeValue = (text.nodeValue ?? "").replace(/\u00a0/g, " ").replace(/[\u00ad\u200b\ufeff]/g, "");
}

/** Word writes lists as paragraphs with a level; they become lists again. */
function wordLists(root: HTMLElement): void {
  for (const first of [...root.querySelectorAll("p[class*=MsoListParagraph], p[data-style*=mso-list]")] as HTMLElement[]) {
    if (first.closest("ul,ol")) continue;
    const items: { level: number; ordered: boolean; p: HTMLElement }[] = [];
    for (let p: Element | null = first; p?.matches("p[class*=MsoListParagraph], p[data-style*=mso-list]"); p = p.nextElementSibling) {
      const said = p.getAttribute("data-style") ?? "";
      items.push({ level: Number(/level(\d)/.exec(said)?.[1] ?? 1), ordered: /^\s*\(?(\d+|[a-z]|[ivx]+)[.)]/i.test(p.textContent ?? ""), p: p as HTMLElement });
    }
    const made = root.ownerDocument.createElement(items[0].ordered ? "ol" : "ul");
    first.before(made);
    const stack: { level: number; list: HTMLElement }[] = [{ level: items[0].level, list: made }];
    for (const { level, p } of items) {
      while (stack.length > 1 && stack.at(-1)!.level > level) stack.pop();
      const parent = stack.at(-1)!.list.lastElementChild;
      if (level > stack.at(-1)!.level && parent) { const list = root.ownerDocument.createElement("ul"); parent.append(list); stack.push({ level, list }); }
      const item = root.ownerDocument.createElement("li");
      item.append(...p.childNodes);
      const head = item.firstChild;
      if (head?.nodeType === 3) head.nodeValue = (head.nodeValue ?? "").replace(/^\s*(?:[·•o§▪-]|\(?(?:\d+|[a-z])[.)])[\s\u00a0]+/, "");
      stack.at(-1)!.list.append(item);
      p.remove();
    }
  }
}

function unwrap(element: Element): void { element.replaceWith(...element.childNodes); }
function wrap(element: Element, tag: string): void { const made = element.ownerDocument.createElement(tag); made.append(...element.childNodes); element.append(made); }
