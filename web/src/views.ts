// Blocks that are more than text: pictures with their caption, alternative text and credit; cards; entries of live coverage.
import type { Node } from "prosemirror-model";
import type { EditorView, NodeView } from "prosemirror-view";
import { make, word } from "./page";

type Place = () => number | undefined;

function field(label: string, value: string, changed: (value: string) => void, kind = "text"): HTMLLabelElement {
  const input = make("input", { type: kind, dir: "auto" });
  input.value = value;
  input.addEventListener("input", () => changed(input.value));
  return make("label", {}, label, input);
}

abstract class Framed implements NodeView {
  abstract dom: HTMLElement;
  contentDOM?: HTMLElement;
  constructor(protected node: Node, protected view: EditorView, protected at: Place) {}
  protected set(name: string, value: unknown): void {
    const pos = this.at();
    if (pos !== undefined) this.view.dispatch(this.view.state.tr.setNodeAttribute(pos, name, value));
  }
  stopEvent(event: Event): boolean { return (event.target as HTMLElement).closest?.(".inset") !== null; }
  ignoreMutation(mutation: { target: globalThis.Node }): boolean { return !this.contentDOM?.contains(mutation.target); }
  update(node: Node): boolean { if (node.type !== this.node.type) return false; this.node = node; return true; }
}

class Picture extends Framed {
  dom: HTMLElement;
  contentDOM = make("figcaption", { dir: "auto" });
  constructor(node: Node, view: EditorView, at: Place) {
    super(node, view, at);
    const { asset, url, alt, credit } = node.attrs;
    const picture = asset ? make("img", { src: `/api/v1/desk/assets/${asset}/picture`, alt, draggable: "false" }) : make("p", { class: "quiet" }, url ?? "");
    const inset = make("div", { class: "inset", contenteditable: "false" }, make("div", { class: "pair" },
      field(word("alt"), alt, (value) => this.set("alt", value)), field(word("credit"), credit, (value) => this.set("credit", value))));
    this.contentDOM.setAttribute("aria-label", word("caption"));
    this.contentDOM.dataset.hint = word("caption");
    this.dom = make("figure", { class: "pic" }, picture, this.contentDOM, inset);
    this.blank(node);
  }
  private blank(node: Node): void { this.contentDOM.classList.toggle("blank", node.content.size === 0); }
  update(node: Node): boolean { this.blank(node); return node.attrs.asset === this.node.attrs.asset && super.update(node); }
}

class Part extends Framed {
  dom: HTMLElement;
  contentDOM: HTMLElement;
  constructor(node: Node, view: EditorView, at: Place, tag: "div" | "cite", hint: string) {
    super(node, view, at);
    this.dom = this.contentDOM = make(tag, { "data-hint": hint, ...(tag === "div" ? { class: "title" } : {}) });
    this.update(node);
  }
  update(node: Node): boolean { this.dom.classList.toggle("blank", node.content.size === 0); return super.update(node); }
}

class Card extends Framed {
  dom: HTMLElement;
  constructor(node: Node, view: EditorView, at: Place) {
    super(node, view, at);
    const name = node.type.name === "opaque" ? String(node.attrs.json.type) : node.type.name;
    this.dom = make("div", { class: "card" }, make("b", {}, word(`block-${name}`)), make("span", { dir: "auto" }, this.said()));
    if (name === "embed") this.dom.append(make("div", { class: "inset" }, field(word("title"), node.attrs.title, (value) => this.set("title", value))));
  }
  private said(): string {
    const { attrs } = this.node;
    if (this.node.type.name === "embed") return attrs.url;
    if (this.node.type.name === "related") return attrs.headline || attrs.story;
    const json = attrs.json;
    if (json.type === "table") return (json.rows ?? []).slice(0, 4).map((row: any[]) => row.map((cell) => (cell.text ?? []).map((run: any) => run.text).join("")).join(" · ")).join(" / ");
    return json.name ?? json.storyline ?? (json.pictures ? `${json.pictures.length}` : "");
  }
}

class Entry extends Framed {
  dom: HTMLElement;
  contentDOM = make("div");
  constructor(node: Node, view: EditorView, at: Place) {
    super(node, view, at);
    const key = make("input", { type: "checkbox" });
    key.checked = node.attrs.key_event;
    key.addEventListener("change", () => this.set("key_event", key.checked));
    const head = make("div", { class: "inset", contenteditable: "false" }, make("p", {}, node.attrs.at.replace("T", " ").slice(0, 16)),
      field(word("headline"), node.attrs.headline, (value) => this.set("headline", value)), make("label", { class: "check" }, key, word("key-event")));
    this.dom = make("article", {}, head, this.contentDOM);
  }
}

export const views = {
  picture: (node: Node, view: EditorView, at: Place) => new Picture(node, view, at),
  cite: (node: Node, view: EditorView, at: Place) => new Part(node, view, at, "cite", word("cite")),
  callout_title: (node: Node, view: EditorView, at: Place) => new Part(node, view, at, "div", word("callout-title")),
  embed: (node: Node, view: EditorView, at: Place) => new Card(node, view, at),
  related: (node: Node, view: EditorView, at: Place) => new Card(node, view, at),
  opaque: (node: Node, view: EditorView, at: Place) => new Card(node, view, at),
  entry: (node: Node, view: EditorView, at: Place) => new Entry(node, view, at),
};
