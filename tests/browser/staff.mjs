// Somebody of the staff in front of the desk: made with the program's own commands, signed in through the pages as people are.
import { createHmac, randomUUID } from "node:crypto";
import { execFileSync } from "node:child_process";
import { at } from "./newsroom.mjs";
import { device, watched } from "./reader.mjs";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The code that an authenticator shows for a secret just now (RFC 6238). */
export function code(secret, now = Date.now()) {
  let bits = "";
  for (const letter of secret.replace(/[^A-Z2-7]/g, "")) bits += LETTERS.indexOf(letter).toString(2).padStart(5, "0");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const from = hash[19] & 15;
  return String((hash.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A new person of this role on a device of their own, signed in and at the desk. */
export async function staff(browser, role, name, options = {}) {
  const email = `${role}-${randomUUID().slice(0, 8)}@example.org`, password = `${randomUUID()} ${randomUUID()}`;
  execFileSync(process.env.WIREROOM_BINARY, ["person", "add", "--email", email, "--name", name, "--role", role, "--password-stdin"], { input: `${password}\n` });
  const context = await device(browser, options);
  const { page, complaints } = await watched(context);
  await page.goto(at("/desk/"));
  await page.fill("input[name=email]", email);
  await page.fill("input[name=password]", password);
  await page.press("input[name=password]", "Enter");
  await page.waitForURL(/sign-in\/code/);
  const secret = await page.locator(".totp-secret code").first().textContent();
  await page.fill("input[name=code]", code(secret));
  // The recovery codes are shown this once, at the same address.
  await Promise.all([page.waitForEvent("load"), page.press("input[name=code]", "Enter")]);
  await page.goto(at("/desk/"));
  return { context, page, complaints, name };
}

/** Begins a story in the first section of an edition and waits until it can be written. */
export async function begin(page, place = "en/world") {
  await page.goto(at("/desk/write"));
  await page.selectOption("#place", place);
  await page.click("main button.first");
  await ready(page);
  return page.url().split("/").at(-1);
}

export const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.editor === "ready" && document.documentElement.dataset.live === "open");

/** Waits until the server has everything. */
export const saved = (page) => page.waitForFunction(() => document.querySelector("[data-saved]")?.dataset.standing === "saved" && /\d/.test(document.querySelector("[data-saved]").textContent));

/**
 * What is wrong of what a page complained of. That somebody, or an earlier page, still has a story's pen is an answer (409);
 * Chromium writes each such answer down once more, without its address.
 */
export function faults(complaints) {
  const ofPen = /: 409 for \S+\/pen$/, echo = /Failed to load resource: the server responded with a status of 409 /;
  let echoes = complaints.filter((it) => ofPen.test(it)).length;
  return complaints.filter((it) => !ofPen.test(it) && !(echo.test(it) && echoes-- > 0));
}
