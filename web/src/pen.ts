// One writes at a time. The pen is asked for, kept while the page is open, and can be taken over.
import { call, Refused } from "./page";

export class Pen {
  writes = true;
  private page = crypto.randomUUID();
  constructor(private story: string, private tell: (writes: boolean, name: string) => void) {
    setInterval(() => { if (this.writes) void this.take(false); else void this.check(); }, 20_000);
    addEventListener("pagehide", () => { if (this.writes) void fetch(`/api/v1/desk/stories/${story}/pen`, { method: "DELETE", keepalive: true, headers: { "content-type": "application/json" }, body: JSON.stringify({ page: this.page }) }).catch(() => {}); });
  }

  async take(over: boolean): Promise<void> {
    try { await call("PUT", `stories/${this.story}/pen`, { page: this.page, over }); this.set(true, ""); }
    catch (error) { if (error instanceof Refused && error.problem.code === "stories.pen") this.set(false, error.problem.current?.name ?? ""); }
  }

  /** Whether somebody took it, or laid it down. Reading along never takes it by itself. */
  async check(): Promise<void> {
    if (this.writes) return this.take(false);
  }

  private set(writes: boolean, name: string): void {
    if (writes === this.writes && writes) return this.tell(true, "");
    this.writes = writes;
    this.tell(writes, name);
  }
}
