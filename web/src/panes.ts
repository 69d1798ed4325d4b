// The panes beside the text: checklist and publication, work, details, lead picture, sources, notes.
import { call, make, one, reason, Refused, word, type Json } from "./page";
import { upload } from "./pictures";

const KINDS = ["official", "document", "witness", "agency", "expert", "data", "anonymous"];

export class Panes {
  private sources: Json[];
  private picture: Json | null;
  private wait = 0;

  constructor(private story: Json, private touch: (name: string) => void, private flush: () => Promise<boolean>,
    private body: () => Json, private value_of: (name: string) => unknown) {
    this.sources = story.sources ?? [];
    this.picture = story.picture ?? null;
    this.drawSources();
    this.drawPicture();
    void this.notes();
    this.acts();
    this.work();
    one("[data-add-source]").addEventListener("click", () => this.writeSource(""));
    one<HTMLInputElement>("#lead-file").addEventListener("change", (event) => void this.lead(event.target as HTMLInputElement));
    one<HTMLFormElement>("[data-note-form]").addEventListener("submit", (event) => { event.preventDefault(); void this.sendNote(event.target as HTMLFormElement); });
  }

  value(name: string): unknown { return name === "sources" ? this.sources.filter((source) => source.name.trim() || source.text.trim()) : this.picture; }

  put(name: string, value: any): void {
    if (name === "sources") { this.sources = value ?? []; this.drawSources(); } else { this.picture = value; this.drawPicture(); }
  }

  /** The server has everything: ask it what it thinks. */
  saved(): void { clearTimeout(this.wait); this.wait = window.setTimeout(() => void this.checklist(), 900); }

  changed(): void { void this.notes(); }

  // ---- The checklist ----
  private async checklist(): Promise<void> {
    const { items, passes } = await call("GET", `stories/${this.story.id}/checklist`).catch(() => ({ items: undefined, passes: false }));
    if (items) this.drawChecks(items, passes);
  }

  private drawChecks(items: Json[], passes: boolean): void {
    const rank: Record<string, number> = { blocks: 0, advises: 1, passed: 2 };
    const list = one("[data-checks]");
    list.replaceChildren(...[...items].sort((one, other) => rank[one.verdict] - rank[other.verdict]).map((item) =>
      make("li", { class: item.verdict, "data-what": item.what }, make("span", {}, make("span", { class: "hidden" }, `${word(`verdict-${item.verdict}`)}: `), word(`check-${item.what}${item.verdict === "passed" ? "-done" : ""}`) + (item.count > 1 ? ` (${item.count})` : "")))));
    list.dataset.passes = String(passes);
    const blocks = items.filter((item) => item.verdict === "blocks").length;
    one("[data-checks-count]").textContent = blocks ? word("blocking", { count: blocks }) : word("nothing-blocks");
  }

  // ---- What is done with the story ----
  private acts(): void {
    const said = one("[data-act-said]");
    const act = (name: string, go: (form: FormData) => Promise<unknown>) => {
      const form = document.querySelector<HTMLFormElement>(`[data-act="${name}"]`);
      form?.addEventListener("submit", async (event) => {
        event.preventDefault();
        said.textContent = "";
        const button = form.querySelector("button")!;
        button.disabled = true;
        try {
          if (!(await this.flush())) throw new Error("unsaved");
          await go(new FormData(form));
          location.reload();
        } catch (error) {
          button.disabled = false;
          if (error instanceof Refused && error.problem.code === "stories.checklist") { this.drawChecks(error.problem.current.items, false); said.textContent = word("checklist-blocks"); }
          else said.textContent = error instanceof Error && error.message === "unsaved" ? word("not-saved-yet") : reason(error);
          said.className = "wrong";
          said.focus();
        }
      });
    };
    const id = this.story.id;
    act("publish", () => call("POST", `stories/${id}/publication`, {}));
    act("update", () => call("POST", `stories/${id}/publication`, {}));
    act("schedule", (form) => {
      const at = momentIn(String(form.get("at")), String(form.get("zone")));
      return call("POST", `stories/${id}/publication`, form.get("embargo") ? { embargo_until: at } : { publish_at: at });
    });
    act("correct", (form) => call("POST", `stories/${id}/corrections`, {
      kind: form.get("kind"), note: form.get("note"), headline: this.value_of("headline"), standfirst: this.value_of("standfirst"), body: this.body(),
    }));
    act("kill", (form) => call("DELETE", `stories/${id}/publication`, { reason: form.get("reason") }));
    act("unschedule", () => call("DELETE", `stories/${id}/publication`, { reason: "" }));
    act("hold", () => call("POST", `stories/${id}/hold`));
    act("take-up", () => call("DELETE", `stories/${id}/hold`));
    act("spike", () => call("POST", `stories/${id}/spike`));
    act("flash", (form) => {
      if (form.get("sure") !== "yes") throw new Error(word("flash-sure"));
      return call("POST", "flashes", { edition: this.value_of("edition") ?? this.story.edition, headline: this.value_of("headline") });
    });
    act("stage", (form) => call("POST", `stories/${id}/stage`, { stage: form.get("stage") }));
  }

  private work(): void {
    const form = document.querySelector<HTMLFormElement>("[data-work]");
    form?.addEventListener("submit", async (event) => {
      event.preventDefault();
      const sent = new FormData(form), said = one("[data-said]", form), words = Number(sent.get("words"));
      try {
        const due = String(sent.get("due_at"));
        await call("PUT", `stories/${this.story.id}/assignment`, { person: sent.get("person") || null, due_at: due ? momentIn(due, form.dataset.zone ?? "UTC") : null, words: words || null });
        said.textContent = word("kept");
        said.className = "quiet";
      } catch (error) { said.textContent = reason(error); said.className = "wrong"; }
    });
  }

  // ---- Sources ----
  writeSource(text: string, done?: (name: string) => void): void {
    const source: Json = { name: "", kind: "official", confidential: false, chain: "", text };
    this.sources.push(source);
    this.drawSources();
    const pane = one("[data-sources]").closest("details")!;
    pane.open = true;
    const input = [...pane.querySelectorAll<HTMLInputElement>("[data-part=name]")].at(-1)!;
    input.focus();
    if (done) input.addEventListener("change", () => { if (input.value.trim()) done(source.confidential ? "" : input.value.trim()); }, { once: true });
    this.touch("sources");
  }

  private drawSources(): void {
    const list = one("[data-sources]");
    one("[data-sources-count]").textContent = this.sources.length ? String(this.sources.length) : "";
    list.replaceChildren(...this.sources.map((source, at) => {
      const change = (part: string, value: unknown) => { source[part] = value; this.touch("sources"); };
      const text = (part: string) => { const input = make("input", { type: "text", "data-part": part, dir: "auto", value: "" }); input.value = source[part] ?? ""; input.addEventListener("input", () => change(part, input.value)); return input; };
      const label = (key: string, input: HTMLElement) => make("label", {}, word(key), input);
      const kind = make("select", {}, ...KINDS.map((it) => make("option", { value: it, ...(it === source.kind ? { selected: "" } : {}) }, word(`source-${it}`))));
      kind.addEventListener("change", () => change("kind", kind.value));
      const secret = make("input", { type: "checkbox" });
      secret.checked = !!source.confidential;
      secret.addEventListener("change", () => change("confidential", secret.checked));
      const away = make("button", { type: "button", class: "small" }, word("remove"));
      away.addEventListener("click", () => { this.sources.splice(at, 1); this.drawSources(); this.touch("sources"); });
      return make("li", { class: "inset" }, label("source-name", text("name")), label("source-kind", kind), label("source-chain", text("chain")), label("source-text", text("text")),
        make("label", { class: "check" }, secret, word("source-confidential")), away);
    }), ...(this.sources.length ? [] : [make("li", { class: "quiet" }, word("sources-none"))]));
  }

  // ---- The lead picture ----
  private async lead(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0], said = one("[data-lead-said]");
    if (!file) return;
    try {
      said.textContent = word("uploading", { name: file.name });
      const asset = await upload(file);
      this.picture = { asset: asset.id, alt: asset.alt ?? "", caption: asset.caption ?? "", credit: asset.credit ?? "" };
      said.textContent = "";
      this.drawPicture();
      this.touch("picture");
    } catch (error) { said.textContent = reason(error); }
    input.value = "";
  }

  private drawPicture(): void {
    const box = one("[data-lead]"), picture = this.picture;
    if (!picture) return box.replaceChildren(make("p", { class: "quiet" }, word("lead-none")));
    const part = (name: string) => { const input = make("input", { type: "text", dir: "auto", "data-lead-part": name }); input.value = picture[name] ?? ""; input.addEventListener("input", () => { picture[name] = input.value; this.touch("picture"); }); return make("label", {}, word(name), input); };
    const away = make("button", { type: "button", class: "small" }, word("remove"));
    away.addEventListener("click", () => { this.picture = null; this.drawPicture(); this.touch("picture"); });
    box.replaceChildren(make("img", { src: `/api/v1/desk/assets/${picture.asset}/picture`, alt: picture.alt ?? "" }), make("div", { class: "inset" }, part("alt"), part("caption"), part("credit")), away);
  }

  // ---- Notes ----
  writeNote(id: string | undefined, about: string): void {
    const form = one<HTMLFormElement>("[data-note-form]");
    form.closest("details")!.open = true;
    form.dataset.mark = id ?? "";
    form.dataset.about = about;
    one("[data-note-about]", form).textContent = about ? `“${about}”` : "";
    one<HTMLTextAreaElement>("textarea", form).focus();
  }

  showNote(id: string): void {
    const note = document.getElementById(`note-${id}`);
    if (!note) return;
    note.closest("details")!.open = true;
    note.scrollIntoView({ block: "nearest" });
  }

  private async sendNote(form: HTMLFormElement): Promise<void> {
    const text = one<HTMLTextAreaElement>("textarea", form);
    try {
      await call("POST", `stories/${this.story.id}/notes`, { text: text.value, about: form.dataset.about ?? "", ...(form.dataset.mark ? { id: form.dataset.mark } : {}) });
      text.value = "";
      form.dataset.mark = form.dataset.about = one("[data-note-about]", form).textContent = "";
      one("[data-said]", form).textContent = "";
      await this.notes();
    } catch (error) { one("[data-said]", form).textContent = reason(error); }
  }

  private async notes(): Promise<void> {
    const { items } = await call("GET", `stories/${this.story.id}/notes`).catch(() => ({ items: undefined }));
    if (!items) return;
    const threads = items.filter((note: Json) => !note.thread);
    const open = threads.filter((note: Json) => !note.resolved_at).length;
    one("[data-notes-count]").textContent = open ? String(open) : "";
    const said = (note: Json) => [make("p", {}, make("b", {}, note.name), " ", make("time", { class: "quiet" }, new Date(note.at / 1000).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" }))), make("p", { dir: "auto" }, note.text)];
    const list = one("[data-notes]");
    if (list.contains(document.activeElement)) return;
    list.replaceChildren(...threads.map((note: Json) => {
      const answers = items.filter((answer: Json) => answer.thread === note.id);
      const settle = make("button", { type: "button", class: "small" }, word(note.resolved_at ? "note-reopen" : "note-resolve"));
      settle.addEventListener("click", async () => { settle.blur(); await call(note.resolved_at ? "DELETE" : "PUT", `stories/${this.story.id}/notes/${note.id}/resolution`).catch(() => {}); await this.notes(); });
      const answer = make("input", { type: "text", dir: "auto", "aria-label": word("note-answer"), placeholder: word("note-answer") });
      answer.addEventListener("keydown", async (event) => { if (event.key !== "Enter" || !answer.value.trim()) return; event.preventDefault(); const text = answer.value; answer.blur(); await call("POST", `stories/${this.story.id}/notes`, { text, thread: note.id }).catch(() => {}); await this.notes(); });
      return make("li", { id: `note-${note.id}`, class: note.resolved_at ? "resolved" : "" }, ...(note.about ? [make("p", { class: "quiet", dir: "auto" }, `“${note.about}”`)] : []), ...said(note),
        ...answers.map((it: Json) => make("div", { class: "reply" }, ...said(it))), ...(note.resolved_at ? [make("p", { class: "quiet" }, word("note-resolved", { name: note.resolved_by ?? "" }))] : [answer]), make("div", { class: "actions" }, settle));
    }));
  }
}

/** A wall-clock time of a zone as a moment: what the clock there shows then. */
export function momentIn(local: string, zone: string): string {
  const wall = new Date(`${local}:00Z`).getTime();
  if (Number.isNaN(wall)) throw new Error(word("no-time"));
  const shown = (at: number) => {
    const parts = Object.fromEntries(new Intl.DateTimeFormat("en", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" }).formatToParts(at).map(({ type, value }) => [type, value]));
    return Date.UTC(+parts.year, +parts.month - 1, +parts.day, +parts.hour, +parts.minute, +parts.second);
  };
  let at = wall - (shown(wall) - wall);
  at += wall - shown(at);
  return new Date(at).toISOString();
}
