import type { Child, FC } from "hono/jsx";
import { type ButtonProps, Buttons } from "./form.tsx";

export type ErrorKind = 403 | 404 | 409 | 422 | 429 | 500;

const said: Record<ErrorKind, { heading: string; what: string; next: string }> = {
  403: {
    heading: "This page is not open to you",
    what: "You are signed in, but your role here does not include this page. Nothing was changed.",
    next: "If you need it for your work, ask the person who manages your organization's accounts. If you belong to several organizations, switch to the right one.",
  },
  404: {
    heading: "There is no page at this address",
    what: "It may have moved, or a letter may be missing from the address.",
    next: "Check the address, or start again from the home page.",
  },
  409: {
    heading: "Someone changed this before you did",
    what: "While you were working, the same thing was changed elsewhere. Your change was not saved, and theirs was not overwritten.",
    next: "Open it again to see how it stands now, then make your change once more.",
  },
  422: {
    heading: "Something in this form could not be read",
    what: "Nothing was saved. What you typed is still in your browser.",
    next: "Go back, look at what is marked, and send it again.",
  },
  429: {
    heading: "That was a little too fast",
    what: "Many requests came from here in a short time, so we paused. Nothing was lost.",
    next: "Wait a minute, then try again.",
  },
  500: {
    heading: "Something went wrong on our side",
    what: "It is not your doing. What you sent was not saved, and nothing is half done.",
    next: "Try again in a moment. If it happens again, tell us what you were doing and give the number below.",
  },
};

export type ErrorPageProps = {
  kind: ErrorKind;
  /** 1 on a page of its own. */
  level?: 1 | 2 | 3 | undefined;
  /** In place of the general words, where more is known. */
  heading?: Child;
  what?: Child;
  next?: Child;
  main?: ButtonProps | undefined;
  quiet?: ButtonProps[] | undefined;
  /** Under which the log can be searched. */
  reference?: string | undefined;
};

/** The heading of an error's page, for its title. */
export const errorHeading = (kind: ErrorKind): string => said[kind].heading;

/** What happened, and what to do next. */
export const ErrorPage: FC<ErrorPageProps> = ({
  kind,
  level = 1,
  heading,
  what,
  next,
  main,
  quiet,
  reference,
}) => {
  const Heading = `h${level}` as "h1";
  return (
    <div class="error-page stack">
      <p class="error-kind">Error {kind}</p>
      <Heading>{heading ?? said[kind].heading}</Heading>
      <p class="lead">{what ?? said[kind].what}</p>
      <p>{next ?? said[kind].next}</p>
      {reference ? (
        <p class="small soft">
          Reference <code>{reference}</code>
        </p>
      ) : null}
      <Buttons main={main ?? { label: "Go to the home page", href: "/" }} quiet={quiet} />
    </div>
  );
};
