// Light and dark, and times that age. The server writes absolute times, which stay true in a page that was kept;
// here the young ones become "5 minutes ago".
import { site, kept } from "./page.js";

const DAY_S = 86_400;
const UNITS = [["hour", 3600], ["minute", 60], ["second", 1]];
// "7h ago" is how English papers write it; the narrow forms of other languages are harder to read.
const style = (site.lang ?? "en") === "en" ? "narrow" : "short";
const relative = new Intl.RelativeTimeFormat(site.lang ?? "en", { numeric: "auto", style, numberingSystem: "latn" });
const zone = document.querySelector("[data-today]")?.dataset.today;

export function startAppearance() {
  const settings = document.querySelector("[data-settings]");
  const apply = (value) => {
    if (value === "light" || value === "dark") document.documentElement.dataset.theme = value;
    else delete document.documentElement.dataset.theme;
  };
  apply(kept.read("appearance"));
  if (!settings) return;
  settings.hidden = false;
  const chosen = kept.read("appearance") ?? "system";
  for (const radio of settings.querySelectorAll("[name=appearance]")) {
    radio.checked = radio.value === chosen;
    radio.addEventListener("change", () => {
      kept.write("appearance", radio.value === "system" ? null : radio.value);
      apply(radio.value);
    });
  }
}

export function startClock() {
  for (const time of document.querySelectorAll("time[data-age]")) enliven(time);
  setInterval(() => { if (!document.hidden) for (const time of document.querySelectorAll("time[data-age]")) enliven(time); }, 30_000);
  correctDate();
}

/** The time of day of a moment, on the edition's clock. */
export function clock(at) {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone || undefined }).format(new Date(at));
}

/** "5 min ago" while it is younger than a day; then what the server wrote. */
export function enliven(time) {
  const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
  time.dataset.written ??= time.textContent;
  const unit = UNITS.find(([, size]) => seconds >= size) ?? UNITS[2];
  const young = seconds >= -60 && seconds < DAY_S;
  const text = young ? relative.format(-Math.max(0, Math.floor(seconds / unit[1])), unit[0]) : time.dataset.written;
  if (time.textContent !== text) time.textContent = text;
  if (young) time.title = time.dataset.written;
}

/** A page that was kept overnight must not show yesterday's date in the masthead. */
function correctDate() {
  const today = document.querySelector("[data-today]");
  if (!today) return;
  const options = { timeZone: zone || undefined, numberingSystem: "latn" };
  const iso = new Intl.DateTimeFormat("en-CA", options).format(new Date());
  if (iso === today.dateTime) return;
  today.dateTime = iso;
  today.textContent = new Intl.DateTimeFormat(site.lang, { ...options, dateStyle: "full" }).format(new Date());
}
