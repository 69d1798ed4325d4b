// What every script of the desk stands on: words, the API, the line for what happened.

export type Json = Record<string, any>;

const words: Record<string, string> = JSON.parse((typeof document === "undefined" ? null : document.getElementById("words"))?.textContent ?? "{}");

/** A word in the page's language; `{name}` is filled in. */
export function word(key: string, fill: Record<string, string | number> = {}): string {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(fill[name] ?? ""));
}

export class Refused extends Error {
  constructor(public status: number, public problem: Json) { super(problem.detail ?? String(status)); }
}

/** Calls the API as our own page. A refusal is a `Refused`; no connection is the browser's own error. */
export async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Json> {
  const json = body !== undefined && !(body instanceof FormData);
  const answer = await fetch(`/api/v1/desk/${path}`, {
    method, credentials: "same-origin",
    headers: { ...(json ? { "content-type": "application/json" } : {}), ...headers },
    body: body === undefined ? undefined : json ? JSON.stringify(body) : (body as FormData),
  });
  const text = await answer.text();
  const read = text && (answer.headers.get("content-type") ?? "").includes("json") ? JSON.parse(text) : {};
  if (!answer.ok) throw new Refused(answer.status, read);
  return { ...read, etag: answer.headers.get("etag") ?? undefined };
}

export function say(text: string): void {
  const line = document.querySelector("[data-status]");
  if (line) line.textContent = text;
}

/** What to tell a person of an error. */
export const reason = (error: unknown): string =>
  error instanceof Refused ? words[`error-${String(error.problem.code).replace(".", "-")}`] ?? error.message : error instanceof TypeError ? word("offline") : word("failed");

export function one<T extends HTMLElement>(selector: string, within: ParentNode = document): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
}

/** Makes an element; text only, never HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...inside: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

/** Whether the keys belong to a field just now. */
export const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(target.type));
