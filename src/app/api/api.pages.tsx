import type { FC } from "hono/jsx";
import { apiProblems } from "../../platform/api/api-problem.ts";
import type {
  ApiOperation,
  ApiParameter,
  ApiResponse,
  OpenApiDocument,
} from "../../platform/api/openapi.types.ts";
import { scopeLabel } from "../../platform/api/scopes.ts";
import { CodeBlock } from "../../ui/code-block.tsx";
import { Details } from "../../ui/details.tsx";
import type { SectionNavProps } from "../../ui/section-nav.tsx";
import { SimpleTable } from "../../ui/simple-table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { curlOf } from "./curl.ts";
import { fieldsOf, typeInWords } from "./schema-fields.ts";

interface Call {
  method: "GET" | "POST";
  path: string;
  operation: ApiOperation;
}

const slug = (group: string): string => group.toLowerCase().replaceAll(/[^a-z]+/g, "-");

function callsOf(document: OpenApiDocument, group: string): Call[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    (["get", "post"] as const).flatMap((method) => {
      const operation = methods[method];
      return operation?.tags.includes(group)
        ? [{ method: method === "get" ? ("GET" as const) : ("POST" as const), path, operation }]
        : [];
    }),
  );
}

/** The way through the page. */
export const apiSections = (document: OpenApiDocument): SectionNavProps => ({
  label: "API",
  links: [
    { label: "How it works", href: "#how-it-works" },
    ...document.tags.map(({ name }) => ({ label: name, href: `#${slug(name)}` })),
    { label: "Problems", href: "#problems" },
  ],
});

interface ApiPageProps {
  document: OpenApiDocument;
  /** Bodies as they may be sent, by operation. */
  examples: ReadonlyMap<string, unknown>;
}

/** The document of the API, to be read by people. */
export const ApiPage: FC<ApiPageProps> = ({ document, examples }) => (
  <div class="stack">
    <h1>API</h1>
    <HowItWorks document={document} />
    {document.tags.map(({ name }) => (
      <section class="stack" aria-labelledby={slug(name)}>
        <h2 id={slug(name)}>{name}</h2>
        {callsOf(document, name).map((call) => (
          <CallView document={document} call={call} example={examples.get(call.operation.operationId)} />
        ))}
      </section>
    ))}
    <Problems />
  </div>
);

/** A text of the document, whose backticks mean code. */
const Marked: FC<{ text: string }> = ({ text }) => (
  <>{text.split("`").map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>
);

const HowItWorks: FC<{ document: OpenApiDocument }> = ({ document }) => {
  const [server] = document.servers;
  return (
    <section class="stack" aria-labelledby="how-it-works">
      <h2 id="how-it-works">How it works</h2>
      <p>
        The API lets a program read and write in this hub what a person may on its pages. All addresses begin
        with <code>{server?.url}</code>. The same document for programs:{" "}
        <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).
      </p>
      <h3>Tokens</h3>
      <p>
        Make a token under <a href="/account/tokens">Your account, API tokens</a>, or let an administrator
        make one for your organization. It has scopes, ends after at most a year, and never does more than the
        role it acts under. Send it with each call. Calls marked as public need none.
      </p>
      <CodeBlock label="A call with a token">
        {`curl -H "Authorization: Bearer $TOKEN" "${server?.url}/organizations"`}
      </CodeBlock>
      <h3>Lists</h3>
      <p>
        <code>limit</code> says how many things to give, <code>next</code> of the answer (or the Link header
        with <code>rel="next"</code>) how to go on. Where CSV is offered, ask with{" "}
        <code>Accept: text/csv</code> or <code>format=csv</code>. A parameter that there is none of is
        refused, so that a mistyped filter never gives more than was asked for.
      </p>
      <h3>Writing once</h3>
      <p>
        Give every write an <code>Idempotency-Key</code>, a new random one each time. Where the answer got
        lost, send the same again: it is not done twice, and the first answer comes once more. Keys are kept
        for 24 hours.
      </p>
      <h3>How much</h3>
      <p>
        The headers <code>RateLimit</code> and <code>RateLimit-Policy</code> say how many calls a token may
        make in a minute and how many are left. After too many, wait for <code>Retry-After</code> seconds.
      </p>
      <h3>Webhooks</h3>
      <p>
        An administrator can have the hub tell an address of yours what happens, as it happens. Each message
        is signed as the Standard Webhooks specification says (<code>webhook-id</code>,{" "}
        <code>webhook-timestamp</code>, <code>webhook-signature</code>), and tried again for about a day.
        Check the signature, and take a message with a known <code>webhook-id</code> once only.
      </p>
    </section>
  );
};

const parametersOf = (document: OpenApiDocument, operation: ApiOperation): ApiParameter[] =>
  operation.parameters.flatMap((one) => {
    if (!("$ref" in one)) return [one];
    const known = document.components.parameters[one.$ref.split("/").at(-1) ?? ""];
    return known ? [known] : [];
  });

/** So many that they would take the room of the words. */
const hasManyValues = ({ schema }: ApiParameter): boolean => (schema.enum?.length ?? 0) > 3;

const CallView: FC<{ document: OpenApiDocument; call: Call; example: unknown }> = ({
  document,
  call,
  example,
}) => {
  const { operation, method, path } = call;
  const parameters = parametersOf(document, operation);
  const body = Object.entries(operation.requestBody?.content ?? {})[0];
  const fields = body ? fieldsOf(document, body[1].schema) : [];
  const scope = operation["x-scope"];
  return (
    <article
      class="card stack"
      id={operation.operationId}
      aria-labelledby={`${operation.operationId}-heading`}
    >
      <h3 id={`${operation.operationId}-heading`}>{operation.summary}</h3>
      <p>
        <Tag tone={method === "GET" ? "neutral" : "warn"}>{method}</Tag>{" "}
        <code class="break">/api/v1{path}</code>
      </p>
      <p>
        <Marked text={operation.description} />
      </p>
      <p class="soft">
        {scope === null
          ? "Public: no token is needed."
          : `Scope ${scope} (${scopeLabel(scope).toLowerCase()}), for: ${operation["x-roles"].join(", ").replaceAll("_", " ")}.`}
      </p>
      {parameters.length > 0 ? (
        <Details summary={`Parameters (${parameters.length})`}>
          <SimpleTable
            caption={`Parameters: ${operation.summary}`}
            captionHidden
            compact
            columns={[{ label: "Name" }, { label: "In" }, { label: "Type" }, { label: "Meaning" }]}
            rows={parameters.map((one) => [
              <code>{one.name}</code>,
              one.in === "query" ? "address" : one.in,
              hasManyValues(one) ? "one of these" : typeInWords(document, one.schema),
              <Marked
                text={`${one.description}${hasManyValues(one) ? ` One of: ${typeInWords(document, one.schema).replaceAll(" | ", ", ")}.` : ""}${one.required ? " Required." : ""}`}
              />,
            ])}
          />
        </Details>
      ) : null}
      {fields.length > 0 ? (
        <Details summary={`Body: ${Object.keys(operation.requestBody?.content ?? {}).join(" or ")}`}>
          <FieldTable caption={`Body: ${operation.summary}`} fields={fields} />
        </Details>
      ) : null}
      <Answers document={document} operation={operation} />
      <CodeBlock label={`Example: ${operation.summary}`}>
        {curlOf(document, call, body?.[0], example)}
      </CodeBlock>
    </article>
  );
};

const FieldTable: FC<{ caption: string; fields: ReturnType<typeof fieldsOf> }> = ({ caption, fields }) => (
  <SimpleTable
    caption={caption}
    captionHidden
    compact
    columns={[{ label: "Field" }, { label: "Type" }, { label: "Meaning" }]}
    rows={fields.map((field) => [<code>{field.name}</code>, field.type, <Marked text={field.description} />])}
  />
);

const Answers: FC<{ document: OpenApiDocument; operation: ApiOperation }> = ({ document, operation }) => {
  const [good, ...problems] = Object.entries(operation.responses);
  const answer = good?.[1] as ApiResponse;
  const json = answer.content?.["application/json"];
  return (
    <>
      <Details summary={`Answer: ${good?.[0]}, ${Object.keys(answer.content ?? {}).join(" or ")}`}>
        <FieldTable
          caption={`Answer: ${operation.summary}`}
          fields={json ? fieldsOf(document, json.schema) : []}
        />
      </Details>
      <p class="soft">
        Problems:{" "}
        {problems.map(([status], index) => (
          <>
            {index > 0 ? ", " : ""}
            <a href={`#problem-${apiProblems[Number(status) as keyof typeof apiProblems].key}`}>{status}</a>
          </>
        ))}
      </p>
    </>
  );
};

const Problems: FC = () => (
  <section class="stack" aria-labelledby="problems">
    <h2 id="problems">Problems</h2>
    <p>
      What went wrong is told as <code>application/problem+json</code> (RFC 9457): <code>type</code>,{" "}
      <code>title</code>, <code>status</code>, <code>detail</code>, and in <code>errors</code> the single
      fields with what is wrong and how to mend it.
    </p>
    <SimpleTable
      caption="Problems by status"
      captionHidden
      columns={[{ label: "Status" }, { label: "What it means" }]}
      rows={Object.entries(apiProblems).map(([status, { key, title, meaning }]) => [
        <span id={`problem-${key}`}>{status}</span>,
        <Marked text={`${title}. ${meaning}`} />,
      ])}
    />
  </section>
);
