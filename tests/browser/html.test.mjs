// The Nu HTML checker finds no error in any kind of page.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { kinds } from "./kinds.mjs";
import { ask } from "./newsroom.mjs";

const JAR = new URL("../node_modules/vnu-jar/build/dist/vnu.jar", import.meta.url).pathname;
const run = promisify(execFile);

/** The checker's messages about files; it is started once for all of them. */
async function check(folder) {
  const args = ["-Xss1m", "-jar", JAR, "--stdout", "--exit-zero-always", "--format", "json", folder];
  const { stdout } = await run("java", args, { maxBuffer: 1 << 26 });
  return JSON.parse(stdout).messages;
}

const say = (message, names) => {
  const file = message.url?.split("/").at(-1);
  return `${names.get(file) ?? file}: ${message.message} | ${(message.extract ?? "").replace(/\s+/g, " ").slice(0, 160)}`;
};

test("the checker itself finds an error where there is one", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wireroom-nu-"));
  await writeFile(join(folder, "bad.html"), "<!doctype html><html lang=en><title>x</title><p><img src=x>");
  assert.match((await check(folder)).map((it) => it.message).join(), /alt/);
  await rm(folder, { recursive: true });
});

test("no kind of page has an error or a warning", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wireroom-nu-"));
  const names = new Map();
  for (const [at, kind] of (await kinds()).entries()) {
    const { headers, text } = await ask(kind.path, { headers: { accept: "text/html" }, redirect: "follow" });
    assert.match(headers.get("content-type"), /^text\/html/, kind.path);
    names.set(`${at}.html`, kind.name);
    await writeFile(join(folder, `${at}.html`), text);
  }
  const wrong = (await check(folder)).filter((it) => it.type !== "info" || it.subType === "warning").map((it) => say(it, names));
  assert.deepEqual([...new Set(wrong)], []);
  await rm(folder, { recursive: true });
});
