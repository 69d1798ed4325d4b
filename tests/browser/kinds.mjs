// Every kind of page that the site has, each with one address of the sample newsroom that shows it.
import { ask, read, stories, pathOf } from "./newsroom.mjs";

/** The editions of the sample: code, language tag and direction. */
export async function editions() {
  const { items } = await read("/api/v1/editions");
  return items.map((it) => ({ code: it.code, language: it.language, dir: /^(ar|fa|ur|he)/.test(it.language) ? "rtl" : "ltr" }));
}

/** The kinds of one edition: name, path, the status it must answer with, and whether it is a lite twin. */
export async function kindsOf(edition) {
  const all = await stories(edition.code);
  const first = (kind) => all.find((story) => story.kind === kind);
  const story = all.find((it) => it.kind === "news" && it.topics.length && it.words > 150) ?? all[0];
  const path = pathOf(story);
  const home = `/${edition.code}`;
  const author = (await links(`${home}/authors`, `${home}/authors/`))[0];
  const standing = await links(`${home}/`, `${home}/pages/`);
  const list = [
    ["front", `${home}/`], ["section", `${home}/${story.section.slug}/`], ["topic", `${home}/topics/${story.topics[0].slug}`],
    ["topics", `${home}/topics`], ["author", author], ["authors", `${home}/authors`], ["story", path],
    ...["live", "opinion", "gallery", "video", "feature", "analysis"].map((kind) => [kind, first(kind) && pathOf(first(kind))]),
    ["versions", `${path}/versions`], ["corrections", `${home}/corrections`], ["newsfeed", `${home}/newsfeed`], ["chats", `${home}/chats`], ["room", await room(edition)],
    ["search with results", `${home}/search?q=${encodeURIComponent(story.topics[0].name)}`],
    ["search without results", `${home}/search?q=zzqxwv`], ["search before a question", `${home}/search`],
    ...standing.map((it) => [`standing page ${it.split("/").at(-1)}`, it]),
    ["404", `${home}/nothing-of-this-name`, 404],
    ["lite front", `/lite${home}/`], ["lite section", `/lite${home}/${story.section.slug}/`], ["lite story", `/lite${path}`],
    ["lite newsfeed", `/lite${home}/newsfeed`], ["lite search", `/lite${home}/search?q=${encodeURIComponent(story.topics[0].name)}`],
    ["lite topic", `/lite${home}/topics/${story.topics[0].slug}`],
  ];
  return list.filter(([, path]) => path).map(([name, path, status = 200]) => ({ name: `${edition.code} ${name}`, path, status, edition, lite: name.startsWith("lite") }));
}

/** The room in which most was said. */
async function room(edition) {
  const { items } = await read(`/api/v1/rooms?edition=${edition.code}`);
  return items.toSorted((a, b) => b.messages - a.messages)[0]?.url;
}

/** The kinds of all editions; the pages that belong to no edition come with the first. */
export async function kinds() {
  const all = await editions();
  const pages = (await Promise.all(all.map(kindsOf))).flat();
  const staff = [{ name: "sign-in", path: "/sign-in", status: 200 }, { name: "setup without its key", path: "/setup", status: 404 },
    ...["register", "sign-in", "forgotten", "sent"].map((it) => ({ name: `reader's ${it}`, path: `/me/${it}`, status: 200 })),
    { name: "reader's link without its key", path: "/me/link", status: 404 }];
  return [...pages, ...staff.map((it) => ({ ...it, edition: all[0], lite: false }))];
}

/** The addresses under `prefix` that a page links to, each once. */
export async function links(page, prefix) {
  const { text } = await ask(page, { headers: { accept: "text/html" } });
  const found = [...text.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href]) => plain(href));
  return [...new Set(found.filter((href) => href.startsWith(prefix)))];
}

/** An attribute's value as the browser reads it. */
export const plain = (value) =>
  value.replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16))).replace(/&#(\d+);/g, (_, n) => String.fromCodePoint(+n)).replace(/&quot;/g, '"').replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
