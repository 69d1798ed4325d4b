// Who is signed in: pages are the same for everybody, so the name is put in afterwards, and only where somebody signed in.
import { site } from "./page.js";

const here = () => document.cookie.split("; ").includes("wireroom-here=1");
let asked;

/** What the server says of this browser's reader; null when nobody is signed in. Asked once a page, by whoever needs it first. */
export function whoAmI() {
  asked ??= here()
    ? fetch("/api/v1/me", { headers: { accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((me) => (me?.signed_in ? me : null))
      .catch(() => null)
    : Promise.resolve(null);
  return asked;
}

/** Puts the reader's name where "Sign in" stands. */
export async function startMe() {
  const places = document.querySelectorAll("[data-me]");
  const me = places.length ? await whoAmI() : null;
  if (!me) return;
  for (const place of places) {
    place.textContent = me.name;
    place.dir = "auto";
    place.href = site.me ?? "/me/";
  }
}
