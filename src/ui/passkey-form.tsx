import type { FC, PropsWithChildren } from "hono/jsx";
import { Form, Hidden } from "./form.tsx";
import { defineWords } from "./words.tsx";

const say = defineWords("passkey-form", {
  en: {
    known: "This device has a passkey for this hub already.",
    none: "No passkey was chosen. Try again, or sign in another way.",
    failed: "The passkey could not be used. Try again, or sign in another way.",
  },
  es: {
    known: "Este dispositivo ya tiene una llave de acceso para este centro.",
    none: "No se eligió ninguna llave de acceso. Inténtelo de nuevo o entre de otra forma.",
    failed: "La llave de acceso no se pudo usar. Inténtelo de nuevo o entre de otra forma.",
  },
});

/**
 * A button that asks the browser for a passkey. Passkeys need script, so the form is there for script alone: it is
 * shown by the behavior "passkey", which fills the field and sends it.
 */
export const PasskeyForm: FC<
  PropsWithChildren<{
    action: string;
    /** Where the browser learns what to ask for. */
    options: string;
    label: string;
    /** Whether a new passkey is made. */
    makes?: boolean | undefined;
    /** In the gallery, where nothing is asked: shown without the behavior. */
    shown?: boolean | undefined;
    /** What went wrong, as the behavior would say it. */
    problem?: string | undefined;
  }>
> = ({ action, options, label, makes, shown, problem, children }) => (
  <div
    data-passkey={makes ? "make" : "show"}
    data-passkey-options={options}
    data-passkey-known={say("known")}
    data-passkey-none={say("none")}
    data-passkey-failed={say("failed")}
    hidden={!shown}
  >
    <Form action={action}>
      {children}
      <Hidden name="credential" value="" />
      <button class="usa-button usa-button--outline" type="submit">
        {label}
      </button>
      <p class="usa-error-message" data-passkey-problem hidden={!problem} role="alert">
        {problem}
      </p>
    </Form>
  </div>
);
