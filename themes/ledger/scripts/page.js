// What the server tells the scripts, and small ways to make elements without HTML strings.

const block = document.getElementById("wireroom");
export const site = block ? JSON.parse(block.textContent) : { texts: {} };

/** The counts for which the server wrote the plural forms; see `forms` in macros.html. */
const COUNTS = [0, 1, 2, 3, 5, 11, 100];
const rules = new Intl.PluralRules(site.lang ?? "en");
const numbers = new Intl.NumberFormat(site.lang ?? "en", { numberingSystem: "latn" });

export const number = (n) => numbers.format(n);

/** A text with a number in it, in the plural form that the language asks for. */
export function counted(key, n, shown = number(n)) {
  const forms = site.texts[key] ?? [];
  const exact = COUNTS.indexOf(n);
  const at = exact >= 0 ? exact : COUNTS.findLastIndex((count) => rules.select(count) === rules.select(n));
  return (forms[at] ?? forms.at(-1) ?? "{n}").replace("{n}", shown);
}

/** An element with a class, attributes and children (text or elements). */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value != null && value !== false) element.setAttribute(key, value === true ? "" : value);
  element.append(...children.filter((it) => it != null));
  return element;
}

/** Says something politely to who cannot see the page; one message at a time. */
export function announce(text) {
  const place = document.getElementById("announcer");
  if (place) place.textContent = text;
}

/** What is kept on this device; a browser may refuse to keep anything. */
export const kept = {
  read(key, store = localStorage) {
    try { return store.getItem(`wireroom:${key}`); } catch { return null; }
  },
  write(key, value, store = localStorage) {
    try { value == null ? store.removeItem(`wireroom:${key}`) : store.setItem(`wireroom:${key}`, value); } catch { /* private mode */ }
  },
};

/** Another page of this site as a document. No string becomes HTML here, so Trusted Types have nothing to refuse. */
export function fetchPage(url) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.onload = () => (request.status === 200 && request.response ? resolve(request.response) : reject(new Error(`${request.status}`)));
    request.onerror = () => reject(new Error("offline"));
    request.send();
  });
}

/** Only addresses of this site, and never a script. */
export function ownAddress(url) {
  const parsed = new URL(url, location.href);
  return parsed.origin === location.origin ? parsed.href : null;
}
