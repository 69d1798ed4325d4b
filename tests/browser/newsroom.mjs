// The newsroom's side: what the tests say to the desk API, and the public answers that programs read.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";

/** The address of the server under test, without a slash at its end. */
export const origin = (process.env.WIREROOM ?? process.env.WIREROOM_ORIGIN ?? "http://127.0.0.1:8080").replace(/\/$/, "");

/** An address of the site, from a path. */
export const at = (path) => new URL(path, origin).href;

/** Asks as a program would; gives status, headers and text. */
export async function ask(path, options = {}) {
  const answer = await fetch(at(path), { redirect: "manual", ...options });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** A JSON answer that must be a good one. */
export async function read(path) {
  const { status, text } = await ask(path);
  if (status !== 200) throw new Error(`${path} answered ${status}: ${text.slice(0, 200)}`);
  return JSON.parse(text);
}

/** All stories of an edition, newest first. */
export async function stories(edition) {
  const found = [];
  let cursor = null;
  do {
    const after = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const { items, next } = await read(`/api/v1/stories?edition=${edition}&limit=50${after}`);
    found.push(...items);
    cursor = next;
  } while (cursor);
  return found;
}

/** The path of a story's page. */
export const pathOf = (story) => new URL(story.url).pathname;

let token = process.env.WIREROOM_TOKEN;

/** A token of the desk, made with the program's own commands as an operator would. */
function deskToken() {
  if (token) return token;
  const email = `judge-${randomUUID().slice(0, 8)}@example.org`;
  const run = (args, input) => execFileSync(process.env.WIREROOM_BINARY, args, { input, encoding: "utf8" }).trim();
  run(["person", "add", "--email", email, "--name", "The judge", "--role", "owner", "--password-stdin"], `${randomUUID()} ${randomUUID()}\n`);
  token = run(["token", "add", "--person", email, "--name", "judges", "--scope", "desk"]).split(/\s+/).at(-1);
  return token;
}

/** An act at the desk; anything but success is an error that shows the answer. */
export async function desk(method, path, body) {
  const { status, text } = await ask(`/api/v1/desk/${path}`, {
    method,
    headers: { authorization: `Bearer ${deskToken()}`, "content-type": "application/json", "idempotency-key": randomUUID() },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (status < 200 || status > 299) throw new Error(`${method} ${path} answered ${status}: ${text.slice(0, 300)}`);
  return text ? JSON.parse(text) : null;
}

/** Everything that a test published, so that it can be taken back. */
const published = new Set();

/** Writes a story and publishes it; gives the desk's answer with `id` and `url`. */
export async function publish(fields = {}) {
  const draft = await desk("POST", "stories", {
    edition: "en", section: "world", kind: "news", language: "en-GB",
    headline: heading("Harbour pilots agree new night rules"),
    standfirst: "The rules take effect at the turn of the month.",
    body_html: "<p>The pilots and the port signed the rules on Tuesday after four rounds of talks.</p>",
    ...fields,
  });
  const answer = await desk("POST", `stories/${draft.id}/publication`, { publish_at: null, embargo_until: null });
  published.add(draft.id);
  return { ...draft, ...answer };
}

/** A headline that no other story has: search and feeds must find exactly this one. */
export const heading = (words) => `${words} ${word()}`;

/** A made-up word of letters, so that no tokenizer takes it apart. */
export const word = () => randomUUID().replace(/[^a-f]|-/g, "").padEnd(4, "x") + [..."0123"].map(() => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join("");

/** Withdraws a story, with the reason that readers are told. */
export async function kill(id, reason) {
  published.delete(id);
  return desk("DELETE", `stories/${id}/publication`, { reason });
}

/** Takes back what is still out, so that the next file finds the sample newsroom as it was. */
export async function tidy() {
  for (const id of [...published]) await kill(id, "A story of the tests.");
}
