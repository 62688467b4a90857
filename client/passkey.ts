// Asks the browser for a passkey and sends its answer with the form around the button.

const forms = document.querySelectorAll<HTMLElement>("[data-passkey]");
const isPossible =
  typeof PublicKeyCredential === "function" && "parseCreationOptionsFromJSON" in PublicKeyCredential;

/** What the browser is asked for, as the hub says. */
async function askHub(path: string): Promise<unknown> {
  const answer = await fetch(path, { headers: { accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw new Error("no options");
  return answer.json();
}

async function askBrowser(holder: HTMLElement): Promise<PublicKeyCredential | null> {
  const options = await askHub(holder.dataset["passkeyOptions"] ?? "");
  const credential =
    holder.dataset["passkey"] === "make"
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(
            options as PublicKeyCredentialCreationOptionsJSON,
          ),
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(
            options as PublicKeyCredentialRequestOptionsJSON,
          ),
        });
  return credential instanceof PublicKeyCredential ? credential : null;
}

function tell(holder: HTMLElement, error: unknown): void {
  const problem = holder.querySelector<HTMLElement>("[data-passkey-problem]");
  if (!problem) return;
  const name = error instanceof Error ? error.name : "";
  // The page brings the words, in its language.
  const { passkeyKnown = "", passkeyNone = "", passkeyFailed = "" } = holder.dataset;
  problem.textContent =
    name === "InvalidStateError" ? passkeyKnown : name === "NotAllowedError" ? passkeyNone : passkeyFailed;
  problem.hidden = false;
}

for (const holder of forms) {
  const form = holder.querySelector("form");
  const field = holder.querySelector<HTMLInputElement>('input[name="credential"]');
  if (!form || !field || !isPossible) continue;
  holder.hidden = false;
  form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    askBrowser(holder).then(
      (credential) => {
        if (!credential) return;
        field.value = JSON.stringify(credential.toJSON());
        form.requestSubmit();
      },
      (error: unknown) => tell(holder, error),
    );
  });
}
