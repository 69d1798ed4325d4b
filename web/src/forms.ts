// Forms that call the API and say in place how it went.
import { call, one, reason } from "./page";

export function fill(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-call]")) {
    form.addEventListener("submit", (event) => { event.preventDefault(); void send(form); });
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => { const field = one<HTMLInputElement>(button.dataset.copy ?? ""); field.select(); void navigator.clipboard?.writeText(field.value).catch(() => {}); });
  }
}

async function send(form: HTMLFormElement): Promise<void> {
  const [method, path] = (form.dataset.call ?? "").split(" ");
  const said = form.querySelector<HTMLElement>("[data-said]");
  const body: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) body[name] = String(value);
  try {
    const answer = await call(method, path, Object.keys(body).length ? body : undefined);
    if (form.dataset.shows) {
      const field = one<HTMLInputElement>(form.dataset.shows);
      const part = field.closest<HTMLElement>("[hidden]");
      if (part) part.hidden = false;
      field.value = answer.link;
      field.focus();
      field.select();
      if (said) said.textContent = "";
    } else location.reload();
  } catch (error) {
    if (said) { said.textContent = reason(error); said.className = "wrong"; }
  }
}
