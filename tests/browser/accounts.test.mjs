// A reader's account from the first form to the last: registering by mail, the name in the masthead, a password, a passkey,
// signing out and in, and the end of everything.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { linkFor } from "./mailbox.mjs";
import { at, ask, pathOf, stories } from "./newsroom.mjs";
import { DESKTOP, PHONE, device, open, visit, watched } from "./reader.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const PASSWORD = "a barge in the fog";

let browser;
before(async () => { browser = await open(); });
after(() => browser?.close());

const newAddress = () => `ada-${randomUUID().slice(0, 8)}@reader.example`;

/** Registers as a person would; the form refuses whoever is faster than two seconds. */
async function register(page, address, name = "Ada Quill", from = "/me/register?edition=en") {
  await page.goto(at(from));
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail").fill(address);
  await page.waitForTimeout(2_100);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await page.waitForURL(/\/me\/sent/);
  await page.goto(at(await linkFor(address, "register")));
  await page.getByRole("button", { name: "Confirm the address" }).click();
}

test("a reader registers, chooses a password, signs out and in, and deletes the account", async () => {
  const context = await device(browser);
  const { page, complaints } = await watched(context);
  const address = newAddress();
  const story = pathOf((await stories("en"))[0]);

  // From a story to the form and back to the same story.
  await visit(page, story);
  await page.locator(".utility a.sign-in").click();
  await page.waitForURL(/\/me\/sign-in/);
  await page.locator("main").getByRole("link", { name: "Register" }).click();
  await page.waitForURL(/\/me\/register/);
  await register(page, address, "Ada Quill", page.url().replace(at(""), ""));
  await page.waitForURL((url) => url.pathname === story);
  await page.locator(".utility a[data-me]", { hasText: "Ada Quill" }).waitFor();

  await page.locator(".utility a[data-me]").click();
  await page.waitForURL(/\/me\//);
  await page.getByRole("link", { name: "Set the password" }).click();
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByText("Your password is set.").waitFor();

  await page.locator("main").getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/me"));
  assert.equal((await context.cookies()).filter((it) => /^(__Host-)?wireroom(-here)?$/.test(it.name)).length, 0);
  await page.locator(".utility a[data-me]", { hasText: "Sign in" }).waitFor();

  await page.goto(at("/me/sign-in?edition=en"));
  await page.getByLabel("E-mail").fill(address);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/me\/\?edition=en/);

  await page.getByRole("link", { name: "Delete the account" }).click();
  await page.getByLabel("Present password").fill(PASSWORD);
  await page.getByRole("button", { name: "Delete the account for good" }).click();
  await page.getByRole("heading", { name: "Your account is deleted" }).waitFor();
  await page.goto(at("/me/sign-in?edition=en"));
  await page.getByLabel("E-mail").fill(address);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("Address and password do not fit together.").waitFor();
  // A form that is refused answers 422, which the browser notes as a failed load of the page.
  assert.deepEqual(complaints.filter((it) => !/422/.test(it)), []);
  await context.close();
});

test("it all works without script, and a link that was opened elsewhere does not", async () => {
  const context = await device(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  const address = newAddress();
  await register(page, address);
  await page.waitForURL(/\/me\//);
  await page.locator("main").getByRole("button", { name: "Sign out", exact: true }).click();
  await page.goto(at("/me/sign-in?edition=en"));
  await page.getByLabel("E-mail").fill(address);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.waitForURL(/\/me\/sent/);
  const link = await linkFor(address, "sign-in");
  const other = await device(browser);
  const stranger = await other.newPage();
  assert.equal((await stranger.goto(at(link))).status(), 403);
  await stranger.getByText("only in the browser in which you asked").waitFor();
  await page.goto(at(link));
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/me\//);
  await other.close();
  await context.close();
});

test("pages stay the same for everybody: who is signed in is asked apart, and only where somebody is", async () => {
  const context = await device(browser);
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => { if (request.url().endsWith("/api/v1/me")) asked.push(request.url()); });
  await visit(page, "/en/");
  assert.deepEqual(asked, []);
  const me = await ask("/api/v1/me");
  assert.match(me.headers.get("cache-control"), /no-store/);
  assert.equal(JSON.parse(me.text).signed_in, false);
  await register(page, newAddress());
  await visit(page, "/en/");
  await page.locator(".utility a[data-me]", { hasText: "Ada Quill" }).waitFor();
  assert.equal(asked.length > 0, true);
  await context.close();
});

test("a passkey is added and lets its holder in", async () => {
  const context = await device(browser);
  const { page, complaints } = await watched(context);
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", { options: {
    protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
  } });
  await register(page, newAddress(), "Pia Keyes");
  await page.waitForURL(/\/me\//);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("Your passkeys are changed.").waitFor();
  await page.locator("main").getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/me"));
  await page.goto(at("/me/sign-in?edition=en&next=/en/"));
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/en/");
  await page.locator(".utility a[data-me]", { hasText: "Pia Keyes" }).waitFor();
  await page.goto(at("/me/?edition=en"));
  await page.getByRole("button", { name: /^Remove/ }).click();
  await page.getByText("Your passkeys are changed.").waitFor();
  assert.equal(await page.getByRole("button", { name: /^Remove/ }).count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

const judge = (page) => page.evaluate(async (values) => {
  const { violations } = await axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
  return violations.map((it) => `${it.id}: ${it.nodes.slice(0, 2).map((node) => node.target).join(" and ")}`);
}, RULES);

test("axe finds nothing on any of these pages", async () => {
  const context = await device(browser, { bypassCSP: true });
  const page = await context.newPage();
  const wrong = [];
  const look = async (name) => {
    for (const viewport of [PHONE, DESKTOP])
      for (const colorScheme of ["light", "dark"]) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.evaluate(AXE);
        wrong.push(...(await judge(page)).map((it) => `${name} ${viewport.width} ${colorScheme} ${it}`));
        if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-${viewport.width}-${colorScheme}.png`, fullPage: true });
      }
  };
  for (const [name, path] of [["register", "/me/register?edition=en"], ["sign-in", "/me/sign-in?edition=en"], ["forgotten", "/me/forgotten?edition=en"], ["sent", "/me/sent?edition=en"], ["register-ar", "/me/register?edition=ar"], ["sign-in-ru", "/me/sign-in?edition=ru"]]) {
    await visit(page, path);
    await look(name);
  }
  await page.goto(at("/me/sign-in?edition=en"));
  await page.getByLabel("E-mail").fill("nobody@reader.example");
  await page.getByLabel("Password", { exact: true }).fill("a barge in the mist");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.locator(".notice-wrong").waitFor();
  await look("sign-in-wrong");
  await page.goto(at("/me/link?key=nothing&edition=en"));
  await look("dead-link");
  await register(page, newAddress());
  await page.waitForURL(/\/me\//);
  for (const [name, path] of [["me", "/me/?edition=en"], ["me-ar", "/me/?edition=ar"], ["password", "/me/password?edition=en"], ["ignored", "/me/ignored?edition=en"], ["deletion", "/me/deletion?edition=en"]]) {
    await visit(page, path);
    await look(name);
  }
  assert.deepEqual(wrong, []);
  await context.close();
});
