// The newsroom's outbox, where the mail of a server without SMTP is shown.
import { desk } from "./newsroom.mjs";

/** The path of the link in the last letter to an address, once the letter is there. */
export async function linkFor(address, kind, tries = 100) {
  for (let n = 0; n < tries; n += 1) {
    const { items } = await desk("GET", "outbox");
    const letter = items.find((it) => it.to === address && it.kind === kind && it.link);
    if (letter) {
      const link = new URL(letter.link);
      return link.pathname + link.search;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no letter ${kind} came for ${address}`);
}
