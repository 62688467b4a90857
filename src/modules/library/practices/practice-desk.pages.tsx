import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { TextArea } from "../../../ui/fields.tsx";
import { ActionButton, Button, Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { dayInWords } from "../../../ui/moment.ts";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { Tag } from "../../../ui/tag.tsx";
import type { Practice } from "./practice.types.ts";
import { DESK_PATH, practicePath } from "./practice-addresses.ts";

/** What a librarian may do with a practice. */
export const PracticeWays: FC<{ practice: Practice }> = ({ practice }) => (
  <div class="buttons no-print">
    {practice.state === "published" ? null : (
      <ActionButton action={`${practicePath(practice.slug)}/publish`} label="Publish" quiet={false} />
    )}
    <Button quiet label="Edit" href={`${practicePath(practice.slug)}/edit`} />
    {practice.state === "published" || practice.state === "draft" ? (
      <Button quiet label="Merge" href={`${practicePath(practice.slug)}/merge`} />
    ) : null}
    {practice.state === "published" ? (
      <Button quiet label="Withdraw" href={`${practicePath(practice.slug)}/withdraw`} />
    ) : null}
  </div>
);

/** What waits for the librarians. */
export const DeskPage: FC<{
  unpublished: Practice[];
  due: Practice[];
  /** What waits elsewhere on the desk. */
  waiting: { label: string; href: string; count: number }[];
}> = ({ unpublished, due, waiting }) => (
  <div class="stack">
    <h1>Library desk</h1>
    <Buttons main={{ label: "Add a practice", href: `${DESK_PATH}/new` }} />
    <section class="stack-tight" aria-labelledby="waiting-heading">
      <h2 id="waiting-heading">What waits</h2>
      <ul>
        {waiting.map(({ label, href, count }) => (
          <li>
            <a href={href}>{label}</a> <span class="count">{count.toLocaleString("en-US")}</span>
          </li>
        ))}
      </ul>
    </section>
    <section class="stack-tight" aria-labelledby="unpublished-heading">
      <h2 id="unpublished-heading">Not in the library</h2>
      {unpublished.length === 0 ? (
        <p class="soft">There are no drafts. What you add is a draft until you publish it.</p>
      ) : (
        <SimpleTable
          caption="Drafts, and what was withdrawn or merged"
          captionHidden
          columns={[{ label: "Practice" }, { label: "State" }, { label: "Last change" }]}
          rows={unpublished.map((practice) => [
            <a href={practicePath(practice.slug)}>{practice.content.title}</a>,
            <Tag tone={practice.state === "draft" ? "warn" : "neutral"}>{STATE_WORDS[practice.state]}</Tag>,
            dayInWords(practice.changedAt),
          ])}
        />
      )}
    </section>
    <section class="stack-tight" aria-labelledby="due-heading">
      <h2 id="due-heading">Due to be looked at again</h2>
      {due.length === 0 ? (
        <p class="soft">Nothing is due in the next 30 days.</p>
      ) : (
        <SimpleTable
          caption="Practices whose review is due"
          captionHidden
          columns={[{ label: "Practice" }, { label: "By" }, { label: "Last verified" }]}
          rows={due.map(({ slug, content }) => [
            <a href={practicePath(slug)}>{content.title}</a>,
            content.reviewBy ? dayInWords(content.reviewBy) : "",
            content.lastVerifiedOn ? dayInWords(content.lastVerifiedOn) : "Never",
          ])}
        />
      )}
    </section>
  </div>
);

const STATE_WORDS: Record<Practice["state"], string> = {
  draft: "Draft",
  published: "Published",
  merged: "Merged",
  withdrawn: "Withdrawn",
};

/** Asks for the reason before a practice is taken out. */
export const WithdrawPage: FC<{ practice: Practice; sent?: Sent | undefined }> = ({ practice, sent }) => (
  <div class="stack">
    <h1>Withdraw “{practice.content.title}”</h1>
    <ErrorSummary errors={sentErrors(sent)} />
    <p>
      It leaves the lists and the search. Its address goes on answering and says why. It can be published
      again, and nothing of its history is lost.
    </p>
    <Form action={`${practicePath(practice.slug)}/withdraw`}>
      <TextArea
        name="because"
        label="The reason, for everybody to read"
        value={sentText(sent, "because")}
        error={sentError(sent, "because")}
        required
        maxlength={2000}
      />
      <Buttons
        main={{ label: "Withdraw it", danger: true }}
        quiet={[{ label: "Cancel", href: practicePath(practice.slug) }]}
      />
    </Form>
  </div>
);
