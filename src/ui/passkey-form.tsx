import type { FC, PropsWithChildren } from "hono/jsx";
import { Form, Hidden } from "./form.tsx";

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
  <div data-passkey={makes ? "make" : "show"} data-passkey-options={options} hidden={!shown}>
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
