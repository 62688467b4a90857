import type { FC } from "hono/jsx";
import { Alert } from "../../../ui/alert.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Figure, Figures } from "../../../ui/figure.tsx";
import { ActionButton, Buttons } from "../../../ui/form.tsx";
import { Progress } from "../../../ui/progress.tsx";
import { LOST } from "./publication.rules.ts";
import type { Publication } from "./publication.types.ts";
import { countWithheld } from "./release.rules.ts";
import type { Release } from "./release.store.ts";
import { RESULTS_PATH } from "./results.pages.tsx";

/** The page of the work on a year's release, and where the work is asked for. */
export const publicationPath = (academicYear: string): string =>
  `/reports/portfolio/${academicYear}/publishing`;
export const publishPath = (academicYear: string): string => `/reports/${academicYear}/publish`;

export interface PublicationPageProps {
  academicYear: string;
  /** The work, where it was ever asked for here. */
  publication: Publication | null;
  /** Whether it goes on; where it does not, and is not finished either, it is lost. */
  underWay: boolean;
  /** The newest release, if any. */
  release: Release | null;
}

const broke = ({ publication, underWay }: PublicationPageProps): boolean =>
  publication !== null && publication.state !== "published" && !underWay;

/** The page says it in its heading. */
export function publicationHeading(props: PublicationPageProps): string {
  const { academicYear, underWay, release } = props;
  if (underWay) return `The results of ${academicYear} are being published`;
  if (broke(props)) return `The results of ${academicYear} could not be published`;
  return release
    ? `Release ${release.number} of ${academicYear} is published`
    : `Nothing of ${academicYear} is published yet`;
}

/** How far the work is; fetched again while it goes on. */
export const PublicationProgressView: FC<Omit<PublicationPageProps, "release">> = ({
  academicYear,
  publication,
  underWay,
}) => {
  const { step, done, total } = publication?.progress ?? {};
  const here = publicationPath(academicYear);
  return (
    <Progress
      label={
        step === "checking"
          ? "Proving that no withheld figure can be derived"
          : step === "collecting"
            ? "Collecting the accepted reports"
            : "Waiting for its turn"
      }
      done={done ?? 0}
      total={total}
      {...(underWay ? { poll: { href: `${here}/progress`, every: 1000 } } : {})}
      then={here}
      text="You may close this page; the work goes on."
    />
  );
};

const ReleaseView: FC<{ release: Release; publication: Publication | null }> = ({ release, publication }) => {
  const { academicYear, number, tables } = release;
  const { unchanged, exposed = 0 } = publication?.outcome.release === number ? publication.outcome : {};
  return (
    <>
      {unchanged ? (
        <Alert kind="info" heading="No further release was made">
          <p>Nothing had changed since release {number} when it was asked for.</p>
        </Alert>
      ) : null}
      {exposed > 0 ? (
        <Alert kind="warn" heading={`Earlier releases give ${exposed} withheld figures away already`}>
          <p>What is public cannot be taken back. The new release adds nothing to it.</p>
        </Alert>
      ) : null}
      <Figures>
        <Figure value={`No. ${number}`} label="release" />
        <Figure value={tables.organizations.length} label="accepted reports" />
        <Figure value={tables.trainees} label="people in training" />
        <Figure value={countWithheld(tables)} label="counts withheld in its tables" />
      </Figures>
      <Buttons
        main={{ label: "See what the public sees", href: `${RESULTS_PATH}/${academicYear}` }}
        quiet={[{ label: "Back to the reports", href: `/reports?year=${academicYear}` }]}
      />
    </>
  );
};

/** A year's release: being made, made, or why it could not be. */
export const PublicationPage: FC<PublicationPageProps> = (props) => {
  const { academicYear, publication, underWay, release } = props;
  return (
    <div class="stack">
      <h1>{publicationHeading(props)}</h1>
      {underWay ? (
        <>
          <PublicationProgressView {...props} />
          <p class="soft">
            Until it is done, the public sees {release ? `release ${release.number}` : "nothing of this year"}
            .
          </p>
        </>
      ) : broke(props) ? (
        <>
          <Alert kind="bad" heading="What happened">
            <p>{publication?.outcome.reason ?? LOST}</p>
            <p>
              Nothing was published. The public sees{" "}
              {release ? `release ${release.number}, as before` : "nothing of this year, as before"}.
            </p>
          </Alert>
          <ActionButton action={publishPath(academicYear)} label="Try again" quiet={false} />
        </>
      ) : release ? (
        <ReleaseView release={release} publication={publication} />
      ) : (
        <EmptyState
          heading="The accepted reports of a year are published together"
          main={{ label: "To the reports", href: `/reports?year=${academicYear}` }}
        >
          <p>Whoever reviews reports publishes them there, once the first one is accepted.</p>
        </EmptyState>
      )}
    </div>
  );
};
