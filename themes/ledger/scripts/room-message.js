// One message as elements. A message comes in typed pieces, never as HTML, so nothing that somebody wrote can become markup.
import { site, make, number } from "./page.js";
import { clock } from "./theme.js";

const block = document.getElementById("room-texts");
export const texts = block ? JSON.parse(block.textContent) : {};

const COUNTS = [0, 1, 2, 3, 5, 11, 100];
const rules = new Intl.PluralRules(site.lang ?? "en");
/** As `counted` of page.js, with the texts of rooms. */
export function roomCounted(key, n) {
  const forms = texts[key] ?? [];
  const exact = COUNTS.indexOf(n);
  const at = exact >= 0 ? exact : COUNTS.findLastIndex((count) => rules.select(count) === rules.select(n));
  return (forms[at] ?? forms.at(-1) ?? "{n}").replace("{n}", number(n));
}

const day = new Intl.DateTimeFormat(site.lang ?? "en", { dateStyle: "full", numberingSystem: "latn", timeZone: document.querySelector("[data-today]")?.dataset.today || undefined });
export const dayOf = (at) => day.format(new Date(at));

const NEAR_MS = 5 * 60_000;
/** Messages of one person within five minutes stand together. */
export const belongTogether = (before, message) => Boolean(before && !before.removed && !message.removed && !message.reply_to && before.author.key === message.author.key
  && Date.parse(message.at) - Date.parse(before.at) < NEAR_MS && dayOf(before.at) === dayOf(message.at));

/** The element of a message; `tools` adds what the reader can do with it. */
export function drawMessage(message, { url, tools }) {
  const item = make("li", { class: "message", id: `message-${message.id}`, "data-message": message.id, "data-seq": message.seq });
  if (message.removed) {
    item.append(make("p", { class: "message-gone", lang: site.lang }, texts[`removed-${message.removed}`] ?? texts.ignored));
    return item;
  }
  if (message.host) item.classList.add("message-host");
  item.append(head(message, url));
  if (message.reply_to) item.append(reply(message.reply_to));
  item.append(make("div", { class: "message-body", dir: "auto" }, ...blocks(message.body)));
  if (message.edited_at) item.append(make("p", { class: "message-edited", lang: site.lang }, texts.edited));
  const reactions = drawReactions(message.reactions);
  if (reactions) item.append(reactions);
  if (tools) item.append(tools(message, item));
  return item;
}

function head(message, url) {
  const badge = (word) => make("span", { class: "badge", lang: site.lang }, word);
  const { name, badge: kind } = message.author;
  return make("p", { class: "message-head" },
    make("bdi", { class: "message-name" }, name), " ",
    kind ? badge(texts.badges[kind]) : null, kind ? " " : null,
    message.host ? badge(texts.host) : null, message.host ? " " : null,
    message.featured ? badge(texts.featured) : null, message.featured ? " " : null,
    make("a", { class: "message-at", href: `${url}?page=${Math.floor((message.seq - 1) / 64) + 2}#message-${message.id}` }, make("time", { datetime: message.at }, clock(message.at))));
}

function reply({ id, name, excerpt }) {
  return make("p", { class: "message-reply" }, make("a", { href: `#message-${id}` },
    make("span", { lang: site.lang }, texts.replyTo.replace("{name}", name)), " ", make("bdi", {}, excerpt ?? "")));
}

export function drawReactions(reactions) {
  const shown = Object.entries(reactions ?? {}).filter(([, count]) => count > 0);
  if (!shown.length) return null;
  return make("ul", { class: "message-reactions", lang: site.lang }, ...shown.map(([kind, count]) => make("li", {}, `${texts.reactions[kind] ?? kind} ${number(count)}`)));
}

const blocks = (list) => (list ?? []).map(({ p, quote, code }) => {
  if (p) return make("p", {}, ...p.flatMap(inline));
  if (quote) return make("blockquote", {}, ...blocks(quote));
  return make("pre", {}, make("code", {}, code ?? ""));
});

function inline(piece) {
  if (typeof piece === "string") return piece.split("\n").flatMap((line, at) => (at ? [make("br"), line] : [line]));
  const inner = (list) => list.flatMap(inline);
  if (piece.strong) return make("strong", {}, ...inner(piece.strong));
  if (piece.em) return make("em", {}, ...inner(piece.em));
  if (piece.link) return /^https?:\/\//i.test(piece.link.url) ? make("a", { href: piece.link.url, rel: "nofollow ugc noopener noreferrer" }, ...inner(piece.link.text)) : inner(piece.link.text);
  return make("code", {}, piece.code ?? "");
}

/** The first words, for the reply that answers them. */
export function excerptOf(message) {
  const words = (piece) => typeof piece === "string" ? piece : Array.isArray(piece) ? piece.map(words).join("") : words(piece.strong ?? piece.em ?? piece.link?.text ?? piece.code ?? "");
  const text = (message.body ?? []).map(({ p, code }) => (p ? words(p) : code ?? "")).join(" ").replace(/\s+/g, " ").trim();
  return text.length > 140 ? `${text.slice(0, 140)}…` : text;
}
