// On narrow screens a panel opens as a sheet from below: a modal dialog, so focus and Escape behave as they should.
import { site, make } from "./page.js";

const WIDE = matchMedia("(min-width: 1140px)");

/** Turns `opener` (a link that works without script) into the button of a sheet that holds `panel`. */
export function sheetFor(panel, opener, { opened, closed }) {
  const home = make("span", { hidden: true });
  const close = make("button", { type: "button", class: "sheet-close" }, site.texts.close);
  const sheet = make("dialog", { class: "sheet", "aria-labelledby": panel.getAttribute("aria-labelledby") }, close);
  panel.before(home);
  document.body.append(sheet);

  opener.addEventListener("click", (event) => {
    if (WIDE.matches || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    sheet.append(panel);
    sheet.showModal();
    opened();
  });
  close.addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
  sheet.addEventListener("close", () => {
    closed();
    home.after(panel);
  });
  WIDE.addEventListener("change", () => { if (WIDE.matches && sheet.open) sheet.close(); });
}
