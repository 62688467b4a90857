import type { FC } from "hono/jsx";
import { PlacesServed, publishedCount, type Release } from "../../modules/reports/index.ts";
import { Figure, Figures } from "../../ui/figure.tsx";
import { Buttons } from "../../ui/form.tsx";
import { LoopDrawing } from "../../ui/loop-drawing.tsx";

/** The public home page: what the hub does, the loop, the year's figures, the places served. */
export const HomePage: FC<{ hubName: string; release: Release | null }> = ({ hubName, release }) => {
  const tables = release?.tables ?? null;
  const people = tables?.trainees ?? null;
  return (
    <>
      <div class="wrap">
        <div class="columns columns--center">
          <div class="stack">
            <h1>People who know a community can care for it. Help them grow.</h1>
            <p class="lead">
              {hubName} works with the organizations that recruit, train and keep the people who care for
              their own communities. What they do is counted once, checked, and shared, so that the next
              community starts further on.
            </p>
            {release ? (
              <Buttons
                main={{
                  label: `See the results of ${release.academicYear}`,
                  href: `/results/${release.academicYear}`,
                }}
                quiet={[{ label: "Sign in", href: "/sign-in" }]}
              />
            ) : (
              <Buttons main={{ label: "Sign in", href: "/sign-in" }} />
            )}
          </div>
          <LoopDrawing
            title="the learning loop"
            subtitle="from a need to what was learned"
            nodes={{
              needs: { label: "Needs", count: null },
              practices: { label: "Practices", count: null },
              programs: {
                label: "Programs",
                count: tables ? `${tables.organizations.length} grantees` : null,
              },
              people: {
                label: "People",
                count: typeof people === "number" ? `${people.toLocaleString("en-US")} trained` : null,
                href: release ? `/results/${release.academicYear}` : undefined,
              },
              measures: { label: "Measures", count: null },
              evidence: { label: "Evidence", count: null },
            }}
          />
        </div>
      </div>
      {release && tables ? (
        <>
          <div class="band band--leaf">
            <section class="wrap stack" aria-labelledby="year-heading">
              <div class="row">
                <h2 id="year-heading">The year {release.academicYear}</h2>
                <a href={`/results/${release.academicYear}`}>Read the annual report</a>
              </div>
              <Figures>
                <Figure
                  value={tables.trainees}
                  label="people in training"
                  of={`with ${tables.organizations.length} grantees`}
                />
                <Figure value={publishedCount(tables, "outcome", "completed")} label="completed a program" />
                <Figure
                  value={publishedCount(tables, "program_type", "registered_apprenticeship")}
                  label="in registered apprenticeships"
                />
                <Figure
                  value={publishedCount(tables, "rural_background", "yes")}
                  label="grew up in a rural area"
                />
              </Figures>
            </section>
          </div>
          <div class="wrap">
            <PlacesServed tables={tables} />
          </div>
        </>
      ) : (
        <div class="wrap">
          <p class="soft">
            Figures appear here when the first annual reports have been accepted and published.
          </p>
        </div>
      )}
    </>
  );
};
