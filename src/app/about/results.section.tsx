import { listReleases } from "../../modules/reports/index.ts";
import { dayInWords } from "../../ui/moment.ts";
import { SimpleTable } from "../../ui/simple-table.tsx";
import { sayData as say } from "./about.words.ts";
import type { DataSection } from "./data-section.ts";

/** The newest release of each year, as files. */
export const resultsSection: DataSection = {
  id: "results",
  heading: () => say("results"),
  content: async (trx) => {
    const releases = await listReleases(trx);
    const newest = releases.filter(
      (one, index) => releases.findIndex((other) => other.academicYear === one.academicYear) === index,
    );
    return (
      <>
        <p>{say("resultsText")}</p>
        {newest.length === 0 ? (
          <p class="soft">{say("noResults")}</p>
        ) : (
          <SimpleTable
            caption={say("filesOfYears")}
            captionHidden
            columns={[
              { label: say("year") },
              { label: say("release"), numeric: true },
              { label: say("published") },
              { label: say("files") },
            ]}
            rows={newest.map(({ academicYear, number, publishedAt }) => [
              <a class="nowrap" href={`/results/${academicYear}`}>
                {academicYear}
              </a>,
              number,
              dayInWords(publishedAt),
              <>
                <a
                  href={`/results/${academicYear}?format=csv`}
                  aria-label={say("csvOf", { year: academicYear })}
                >
                  CSV
                </a>{" "}
                ·{" "}
                <a
                  href={`/results/${academicYear}?format=json`}
                  aria-label={say("jsonOf", { year: academicYear })}
                >
                  JSON
                </a>
              </>,
            ])}
          />
        )}
      </>
    );
  },
};
