// Passkeys: the browser speaks with the device, we with the server. Without the browser's help nothing of it is shown.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function post(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body ?? {}) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.status === 201 ? null : answer.json();
}

/** What every answer of a device has. */
const proof = (key) => ({ id: text(key.rawId), client_data: text(key.response.clientDataJSON) });

async function add() {
  const { challenge, rp, user, known } = await post("/api/v1/me/passkeys/challenge");
  const key = await navigator.credentials.create({ publicKey: {
    challenge: bytes(challenge), rp, user: { ...user, id: new TextEncoder().encode(user.id) },
    pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
    excludeCredentials: known.map((id) => ({ type: "public-key", id: bytes(id) })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" }, attestation: "none",
  } });
  const { response } = key;
  await post("/api/v1/me/passkeys", { ...proof(key), authenticator_data: text(response.getAuthenticatorData()), public_key: text(response.getPublicKey()) });
  const here = new URL(location.href);
  here.searchParams.set("done", "passkey");
  location.assign(here);
}

async function enter(form) {
  const { challenge, rp_id: rpId } = await post("/api/v1/me/passkeys/sign-in/challenge");
  const key = await navigator.credentials.get({ publicKey: { challenge: bytes(challenge), rpId, userVerification: "required" } });
  const { authenticatorData, signature } = key.response;
  const next = form.elements.next?.value;
  const answer = await post(`/api/v1/me/passkeys/sign-in${location.search.match(/\?edition=[\w-]+/)?.[0] ?? ""}`, {
    proof: { ...proof(key), authenticator_data: text(authenticatorData), signature: text(signature) }, ...(next && { next }),
  });
  location.assign(answer.next);
}

/** Shows the buttons where there is a device to speak with. */
export function startPasskeys() {
  if (!window.PublicKeyCredential?.prototype || !navigator.credentials) return;
  const wrong = document.querySelector("[data-passkey-wrong]");
  const offer = (place, button, act) => {
    place.hidden = false;
    button.addEventListener("click", async () => {
      wrong.hidden = true;
      button.disabled = true;
      try { await act(); } catch { wrong.hidden = false; }
      button.disabled = false;
    });
  };
  const adding = document.querySelector("[data-passkey-add]");
  if (adding) offer(adding, adding.querySelector("button"), add);
  const entering = document.querySelector("[data-passkey-sign-in]");
  if (entering) offer(entering, entering, () => enter(entering.form));
}
