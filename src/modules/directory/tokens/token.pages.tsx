import type { FC } from "hono/jsx";
import { type Scope, scopeLabel } from "../../../platform/api/scopes.ts";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Checkboxes } from "../../../ui/choices.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Select, TextField } from "../../../ui/fields.tsx";
import { ActionButton, Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { dayInWords } from "../../../ui/moment.ts";
import { DataTable } from "../../../ui/table.tsx";
import { Tag, type TagTone } from "../../../ui/tag.tsx";
import type { ApiToken } from "./token.store.ts";

/** How long a token may hold, in days. */
export const TOKEN_DAYS = ["30", "90", "180", "366"] as const;

export interface TokensPageProps {
  heading: string;
  /** What these tokens act as, in a sentence. */
  actsAs: string;
  /** The page's own address; forms go there. */
  here: string;
  tokens: readonly ApiToken[];
  /** What a new one may be given; empty: nothing. */
  scopes: readonly Scope[];
  now: Date;
  /** The text of the one that was just made: shown once. */
  made?: string | undefined;
  sent?: Sent | undefined;
}

function stateOf(token: ApiToken, now: Date): [TagTone, string] {
  if (token.revokedAt) return ["bad", "Revoked"];
  return token.expiresAt <= now ? ["warn", "Expired"] : ["good", "Holds"];
}

/** Tokens: those there are, and a new one. */
export const TokensPage: FC<TokensPageProps> = (props) => (
  <div class="stack">
    <h1>{props.heading}</h1>
    <p>
      With a token a program of yours reads and writes in this hub without a password. {props.actsAs} What
      programs can do is told on <a href="/api">the page of the API</a>.
    </p>
    {props.made ? <MadeToken text={props.made} /> : null}
    <DataTable
      caption="Tokens"
      rows={props.tokens}
      things="tokens"
      empty={
        <EmptyState heading="There is no token yet">
          <p>
            Make one below, and give it to one program only: then it can be revoked without stopping others.
          </p>
        </EmptyState>
      }
      columns={[
        { key: "name", label: "Name", wrap: true, cell: (token) => `${token.name} (… ${token.hint})` },
        {
          key: "state",
          label: "State",
          cell: (token) => {
            const [tone, words] = stateOf(token, props.now);
            return <Tag tone={tone}>{words}</Tag>;
          },
        },
        { key: "scopes", label: "May", wrap: true, cell: (token) => token.scopes.map(scopeLabel).join("; ") },
        { key: "until", label: "Until", oneLine: true, cell: (token) => dayInWords(token.expiresAt) },
        {
          key: "used",
          label: "Last used",
          oneLine: true,
          cell: (token) => (token.lastUsedOn ? dayInWords(token.lastUsedOn) : "Never"),
        },
        {
          key: "made",
          label: "Made",
          cell: (token) => (
            <>
              <span class="nowrap">{dayInWords(token.createdAt)}</span>
              {token.madeBy ? `, ${token.madeBy}` : ""}
            </>
          ),
        },
      ]}
      actions={(token) =>
        token.revokedAt || token.expiresAt <= props.now ? null : (
          <ActionButton
            action={`${props.here}/${token.id}/revoke`}
            danger
            label={
              <>
                Revoke<span class="usa-sr-only"> {token.name}</span>
              </>
            }
          />
        )
      }
    />
    {props.scopes.length > 0 ? (
      <NewToken {...props} />
    ) : (
      <p>Your role here reads and writes nothing that the API offers, so there is no token to make.</p>
    )}
  </div>
);

const MadeToken: FC<{ text: string }> = ({ text }) => (
  <Alert kind="good" heading="The token is made. Copy it now." announce>
    <p>
      <code class="secret">{text}</code>
    </p>
    <p>
      It is shown this once; the hub keeps only its fingerprint. Whoever has it can do what it may: keep it
      like a password.
    </p>
  </Alert>
);

const NewToken: FC<TokensPageProps> = ({ here, scopes, sent }) => {
  const chosen = sent?.values["scopes"];
  return (
    <section class="stack narrow" aria-labelledby="new-token">
      <h2 id="new-token">Make a token</h2>
      <ErrorSummary errors={sentErrors(sent)} />
      <Form action={here} label="Make a token">
        <TextField
          name="name"
          label="Name"
          hint="The program that will use it, such as: data warehouse."
          required
          maxlength={80}
          value={sentText(sent, "name")}
          error={sentError(sent, "name")}
        />
        <Checkboxes
          name="scopes"
          label="What it may do"
          hint="Give it what the program needs, and no more."
          options={scopes.map((scope) => ({ value: scope, label: scopeLabel(scope), hint: scope }))}
          values={Array.isArray(chosen) ? chosen : chosen === undefined ? [] : [chosen]}
          error={sentError(sent, "scopes")}
        />
        <Select
          name="days"
          label="How long it holds"
          required
          empty={null}
          value={sentText(sent, "days") ?? "90"}
          options={TOKEN_DAYS.map((days) => ({ value: days, label: `${days} days` }))}
          error={sentError(sent, "days")}
        />
        <Buttons main={{ label: "Make the token" }} />
      </Form>
    </section>
  );
};
