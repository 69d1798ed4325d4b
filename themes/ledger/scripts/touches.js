// Small things: copy and share, showing a password, the search shortcut.
import { site, kept, make, announce } from "./page.js";

/** Shows the share buttons of the stories in `root`. */
export function startShare(root = document) {
  for (const place of root.querySelectorAll("[data-share]")) {
    const story = place.closest("[data-url]");
    const url = () => new URL(story.dataset.url, location.href).href;
    const copy = place.querySelector("[data-copy]");
    const send = place.querySelector("[data-send]");
    copy.hidden = !navigator.clipboard;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(url());
      copy.textContent = site.texts.copied;
      announce(site.texts.copied);
    });
    if (send && navigator.share) {
      send.hidden = false;
      send.addEventListener("click", () => navigator.share({ title: story.dataset.title, url: url() }).catch(() => {}));
    }
    place.hidden = copy.hidden && (!send || send.hidden);
  }
}

export function startPasswords() {
  for (const input of document.querySelectorAll("[data-reveal]")) {
    const button = make("button", { type: "button", class: "reveal", "aria-controls": input.id }, site.texts.show);
    button.addEventListener("click", () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      button.textContent = hidden ? site.texts.hide : site.texts.show;
    });
    input.after(button);
  }
}

/** "/" leads to the search, unless someone is writing, and can be switched off (WCAG 2.1.4). */
export function startShortcuts() {
  const off = document.querySelector("[data-shortcuts]");
  if (off) {
    off.checked = kept.read("shortcuts") !== "off";
    off.addEventListener("change", () => kept.write("shortcuts", off.checked ? null : "off"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || kept.read("shortcuts") === "off") return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    const box = document.getElementById("q");
    if (box) box.focus();
    else document.querySelector("[data-search]")?.click();
  });
}
