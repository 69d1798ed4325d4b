// Continuous reading: the next story is put below this one when the reader asks for it, and the address and the title
// follow the story that is being read. After the first request the following story comes at the end by itself, at most
// a few, so that the footer can always be reached.
import { site, announce, fetchPage, ownAddress } from "./page.js";
import { enliven } from "./theme.js";
import { startShare } from "./touches.js";

const BY_ITSELF = 3;

export function startReading() {
  const flow = document.querySelector("[data-reading] .story-flow");
  const first = flow?.querySelector("article.story");
  if (!first) return;
  const seen = new Set([first.dataset.story]);
  let byItself = 0;

  const reading = new IntersectionObserver(() => {
    const middle = innerHeight / 2;
    const current = [...flow.children].findLast((story) => story.getBoundingClientRect().top < middle) ?? first;
    follow(current);
  }, { rootMargin: "-49% 0px -49% 0px" });

  const nearEnd = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting && byItself > 0 && !target.dataset.busy) { byItself -= 1; load(target, false); }
  });

  function arm(story) {
    reading.observe(story);
    const tools = story.querySelector("[data-next-tools]");
    const next = nextOf(story);
    if (!tools || !next) return;
    tools.querySelector("[data-next-load]").addEventListener("click", () => { byItself = BY_ITSELF; load(story.querySelector("[data-next]"), true); });
    nearEnd.observe(story.querySelector("[data-next]"));
  }

  /** The first of the next stories that is not on the page yet. */
  const nextOf = (story) => [...story.querySelectorAll("[data-next-url]")].find((link) => !seen.has(link.dataset.nextId));

  async function load(nav, byHand) {
    const story = nav.closest("article.story");
    const link = nextOf(story);
    const url = link && ownAddress(link.dataset.nextUrl);
    if (!url || nav.dataset.busy) return;
    nav.dataset.busy = "yes";
    const button = nav.querySelector("[data-next-load]");
    const label = button.textContent;
    button.textContent = site.texts.loading;
    try {
      const found = (await fetchPage(url)).querySelector("article.story");
      if (!found || seen.has(found.dataset.story)) throw new Error("no story");
      append(document.importNode(found, true), nav, byHand);
    } catch {
      button.textContent = label;
      delete nav.dataset.busy;
      announce(site.texts.failed);
    }
  }

  function append(story, nav, byHand) {
    seen.add(story.dataset.story);
    lower(story);
    for (const time of story.querySelectorAll("time[data-age]")) enliven(time);
    for (const script of story.querySelectorAll("script")) script.remove();
    nav.hidden = true;
    nearEnd.unobserve(nav);
    flow.append(story);
    startShare(story);
    arm(story);
    const heading = story.querySelector(".story-headline");
    heading.tabIndex = -1;
    if (byHand) {
      heading.focus({ preventScroll: true });
      story.scrollIntoView({ block: "start" });
    }
    announce(heading.textContent);
  }

  arm(first);
}

/** A page has one h1: the headline of a story that came later is an h2 that looks the same. */
function lower(story) {
  const headline = story.querySelector("h1");
  const lowered = document.createElement("h2");
  for (const { name, value } of headline.attributes) lowered.setAttribute(name, value);
  lowered.append(...headline.childNodes);
  headline.replaceWith(lowered);
}

let current = null;
function follow(story) {
  if (current === story || !story.dataset.url) return;
  const moved = current !== null;
  current = story;
  const url = ownAddress(story.dataset.url);
  if (!moved || !url) return;
  history.replaceState(history.state, "", url);
  document.title = story.dataset.title;
  document.dispatchEvent(new Event("wireroom:title"));
}
