// Nothing typed is lost: it is put on this device at once, and to the server a second after a pause. Without a connection it waits
// here; when somebody else saved in between, both texts are shown and kept.
import { call, reason, Refused, word, type Json } from "./page";

type Kept = { story: string; base: number; fields: Json; at: number };

function device(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("wireroom-desk", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("drafts", { keyPath: "story" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function onDevice<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const db = await device();
    return await new Promise<T>((done, failed) => {
      const transaction = db.transaction("drafts", mode, { durability: "strict" });
      const asked = act(transaction.objectStore("drafts"));
      transaction.oncomplete = () => { db.close(); done(asked.result); };
      transaction.onerror = transaction.onabort = () => { db.close(); failed(transaction.error); };
    });
  } catch { return undefined; }
}

export type Standing = "saved" | "typing" | "saving" | "offline" | "signed-out" | "refused" | "conflict";

export class Keeper {
  standing: Standing = "saved";
  said = "";
  private changed = new Set<string>();
  private saving: Promise<void> | null = null;
  private pause = 0;
  private first = 0;
  private deviceWait = 0;

  /** `value` gives a field as the API takes it; it is only called when something is saved. */
  constructor(private story: string, public version: number, private value: (field: string) => unknown,
    private show: () => void, private both: (theirs: Json, mine: Json) => void) {
    addEventListener("online", () => void this.flush());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") void this.flush(); });
    addEventListener("pagehide", () => void this.flush());
    addEventListener("beforeunload", (event) => { if (this.changed.size && this.standing !== "offline") { void this.flush(); event.preventDefault(); } });
    setInterval(() => { if (this.standing === "offline" || this.standing === "signed-out") void this.flush(); }, 4000);
  }

  get dirty(): boolean { return this.changed.size > 0; }

  touch(...fields: string[]): void {
    for (const field of fields) this.changed.add(field);
    if (this.standing === "saved") this.stand("typing");
    if (this.standing === "conflict") return;
    const now = Date.now();
    this.first ||= now;
    clearTimeout(this.pause);
    // A second after the last letter, and while somebody writes on and on every five seconds.
    this.pause = window.setTimeout(() => void this.flush(), Math.max(0, Math.min(800, this.first + 5000 - now)));
    this.deviceWait ||= window.setTimeout(() => { this.deviceWait = 0; void this.keepHere(); }, 350);
  }

  private fields(): Json { return Object.fromEntries([...this.changed].map((field) => [field, this.value(field)])); }

  private async keepHere(): Promise<void> {
    if (!this.changed.size) return;
    const kept: Kept = { story: this.story, base: this.version, fields: this.fields(), at: Date.now() };
    await onDevice("readwrite", (store) => store.put(kept));
  }

  /** What this device still has that the server never said it has. */
  async left(): Promise<Kept | undefined> { return onDevice<Kept>("readonly", (store) => store.get(this.story)); }
  async forget(): Promise<void> { await onDevice("readwrite", (store) => store.delete(this.story)); }

  async flush(): Promise<void> {
    clearTimeout(this.pause);
    if (this.saving) { await this.saving; if (!this.changed.size || this.standing !== "typing") return; }
    if (!this.changed.size || this.standing === "conflict") return;
    this.saving = this.save().finally(() => { this.saving = null; });
    await this.saving;
  }

  private async save(): Promise<void> {
    const sent = new Set(this.changed), fields = this.fields();
    this.changed.clear();
    this.first = 0;
    this.stand("saving");
    try {
      const answer = await call("PUT", `stories/${this.story}/autosave`, fields, { "if-match": `"v${this.version}"` });
      this.version = Number(/v(\d+)/.exec(answer.etag ?? "")?.[1] ?? this.version);
      if (this.changed.size) { this.stand("typing"); this.touch(); await this.keepHere(); }
      else { await this.forget(); this.said = new Date().toLocaleTimeString(document.documentElement.lang, { hour12: false }); this.stand("saved"); }
    } catch (error) {
      for (const field of sent) this.changed.add(field);
      await this.keepHere();
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    if (!(error instanceof Refused) || error.status >= 500 || error.status === 429) return this.stand("offline");
    if (error.status === 401) return this.stand("signed-out");
    if (error.status === 412) { this.stand("conflict"); return this.both(error.problem.current ?? {}, this.fields()); }
    this.said = reason(error);
    this.stand("refused");
  }

  /** After a conflict: mine becomes a version on top of theirs, which stays one as well. */
  async mineOver(theirs: number): Promise<void> {
    this.version = theirs;
    this.standing = "typing";
    const way = this.value("headline") ? "" : "/autosave";
    const answer = await call("PUT", `stories/${this.story}${way}`, this.fields(), { "if-match": `"v${theirs}"` });
    this.version = Number(/v(\d+)/.exec(answer.etag ?? "")?.[1] ?? theirs);
    this.changed.clear();
    await this.forget();
    this.said = new Date().toLocaleTimeString(document.documentElement.lang, { hour12: false });
    this.stand("saved");
  }

  /** After a conflict: theirs goes on, and mine stays a version. */
  async theirsOver(theirs: number): Promise<void> {
    await this.mineOver(theirs);
    await call("POST", `stories/${this.story}/restorations`, { version: theirs }, { "if-match": `"v${this.version}"` });
  }

  conflict(theirs: Json, fields: Json): void {
    for (const field of Object.keys(fields)) this.changed.add(field);
    this.stand("conflict");
    this.both(theirs, fields);
  }

  stand(standing: Standing): void { this.standing = standing; this.show(); }

  text(): string {
    return word({ saved: this.said ? "saved-at" : "saved", typing: "typing", saving: "saving", offline: "kept-here", "signed-out": "signed-out", refused: "refused", conflict: "conflict" }[this.standing], { at: this.said, why: this.said });
  }
}
