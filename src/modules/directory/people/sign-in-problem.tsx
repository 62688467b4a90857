import type { Visit } from "../../../platform/web/route.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Buttons } from "../../../ui/form.tsx";
import { saySignIn as say } from "./sign-in.words.ts";

/**
 * Says why a way of signing in led nowhere. A page and not a thrown problem: what the attempt has used up (a challenge,
 * the state of a trip to the agency) must stay used up, so the transaction must not be rolled back.
 */
export const signInProblem = (
  visit: Visit<unknown, unknown>,
  status: 409 | 422,
  message: string,
): Promise<Response> =>
  visit.page(
    { title: say("notSignedIn"), status },
    <div class="stack narrow">
      <h1>{say("didNotWork")}</h1>
      <Alert kind="bad">
        <p>{message}</p>
      </Alert>
      <Buttons main={{ label: say("back"), href: "/sign-in" }} />
    </div>,
  );
