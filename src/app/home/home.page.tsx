import type { FC } from "hono/jsx";
import { PlacesServed, publishedCount, type Release } from "../../modules/reports/index.ts";
import { Card, Grid } from "../../ui/card.tsx";
import { Figure, Figures } from "../../ui/figure.tsx";
import { Buttons } from "../../ui/form.tsx";
import { localeNow } from "../../ui/language.ts";
import { LoopDrawing } from "../../ui/loop-drawing.tsx";
import { defineWords } from "../../ui/words.tsx";

/** The words of the public home page. */
export const sayHome = defineWords("home", {
  en: {
    description:
      "A hub for the behavioral health workforce: people trained, apprenticed, supported and employed in their own communities.",
    heading: "People who know a community can care for it. Help them grow.",
    lead: "{{hub}} works with the organizations that recruit, train and keep the people who care for their own communities. What they do is counted once, checked, and shared, so that the next community starts further on.",
    seeResults: "See the results of {{year}}",
    signIn: "Sign in",
    loop: "the learning loop",
    loopText: "from need to evidence",
    needs: "Needs",
    practices: "Practices",
    programs: "Programs",
    people: "People",
    measures: "Measures",
    evidence: "Evidence",
    grantees_one: "{{shown}} grantee",
    grantees_other: "{{shown}} grantees",
    trained: "{{people}} trained",
    year: "The year {{year}}",
    readReport: "Read the annual report",
    inTraining: "people in training",
    withGrantees_one: "with {{shown}} grantee",
    withGrantees_other: "with {{shown}} grantees",
    completed: "completed a program",
    apprentices: "in registered apprenticeships",
    rural: "grew up in a rural area",
    library: "What has been tried, and where",
    libraryText_one:
      "{{shown}} program or policy that brings people into this work, trains them and keeps them. Each entry says what is known and what is not.",
    libraryText_other:
      "{{shown}} programs and policies that bring people into this work, train them and keep them. Each entry says what is known and what is not.",
    libraryLink: "Open the library",
    inLibrary_one: "{{shown}} told",
    inLibrary_other: "{{shown}} told",
    careers: "Your way into this work",
    careersText:
      "From grade 8 to the license: what each kind of work asks for, how long the way takes from where you are, and what you can do next.",
    careersLink: "Find your way",
    nothing: "Figures appear here when the first annual reports have been accepted and published.",
  },
  es: {
    description:
      "Un centro para la fuerza laboral de salud conductual: personas que se forman, aprenden trabajando, reciben apoyo y encuentran empleo en sus propias comunidades.",
    heading: "Las personas que conocen a su comunidad pueden cuidarla. Ayúdelas a crecer.",
    lead: "{{hub}} trabaja con las organizaciones que contratan, forman y apoyan a las personas que cuidan de sus propias comunidades. Lo que hacen se cuenta una vez, se revisa y se comparte, para que la próxima comunidad empiece con ventaja.",
    seeResults: "Ver los resultados de {{year}}",
    signIn: "Iniciar sesión",
    loop: "el ciclo de aprendizaje",
    loopText: "de necesidad a evidencia",
    needs: "Necesidades",
    practices: "Prácticas",
    programs: "Programas",
    people: "Personas",
    measures: "Medidas",
    evidence: "Evidencia",
    // Short: they stand in a circle.
    grantees_one: "{{shown}} entidad",
    grantees_other: "{{shown}} entidades",
    trained: "{{people}}",
    year: "El año {{year}}",
    readReport: "Leer el informe anual",
    inTraining: "personas en formación",
    withGrantees_one: "con {{shown}} beneficiario de subvención",
    withGrantees_other: "con {{shown}} beneficiarios de subvención",
    completed: "terminaron un programa",
    apprentices: "en aprendizajes registrados",
    rural: "crecieron en una zona rural",
    library: "Qué se ha intentado, y dónde",
    libraryText_one:
      "{{shown}} programa o política que acerca a las personas a este trabajo, las forma y las conserva. La ficha dice qué se sabe y qué no.",
    libraryText_other:
      "{{shown}} programas y políticas que acercan a las personas a este trabajo, las forman y las conservan. Cada ficha dice qué se sabe y qué no.",
    libraryLink: "Abrir la biblioteca",
    inLibrary_one: "{{shown}} contada",
    inLibrary_other: "{{shown}} contadas",
    careers: "Su camino hacia este trabajo",
    careersText:
      "Del octavo grado a la licencia: qué pide cada tipo de trabajo, cuánto dura el camino desde donde usted está y qué puede hacer ahora.",
    careersLink: "Encontrar su camino",
    nothing: "Aquí aparecerán las cifras cuando se hayan aceptado y publicado los primeros informes anuales.",
  },
});
const say = sayHome;

/** The public home page: what the hub does, the loop, the year's figures, the places served. */
export const HomePage: FC<{
  hubName: string;
  release: Release | null;
  /** How many practices the library offers. */
  practices: number;
}> = ({ hubName, release, practices }) => {
  const tables = release?.tables ?? null;
  const people = tables?.trainees ?? null;
  return (
    <>
      <div class="wrap">
        <div class="columns columns--center">
          <div class="stack">
            <h1>{say("heading")}</h1>
            <p class="lead">{say("lead", { hub: hubName })}</p>
            {release ? (
              <Buttons
                main={{
                  label: say("seeResults", { year: release.academicYear }),
                  href: `/results/${release.academicYear}`,
                }}
                quiet={[{ label: say("signIn"), href: "/sign-in" }]}
              />
            ) : (
              <Buttons main={{ label: say("signIn"), href: "/sign-in" }} />
            )}
          </div>
          <LoopDrawing
            title={say("loop")}
            subtitle={say("loopText")}
            nodes={{
              needs: { label: say("needs"), count: null },
              practices: {
                label: say("practices"),
                count: practices > 0 ? say("inLibrary", { count: practices }) : null,
                href: "/library",
              },
              programs: {
                label: say("programs"),
                count: tables ? say("grantees", { count: tables.organizations.length }) : null,
              },
              people: {
                label: say("people"),
                count:
                  typeof people === "number"
                    ? say("trained", { people: people.toLocaleString(localeNow()) })
                    : null,
                href: release ? `/results/${release.academicYear}` : undefined,
              },
              measures: { label: say("measures"), count: null },
              evidence: { label: say("evidence"), count: null },
            }}
          />
        </div>
      </div>
      <div class="wrap">
        <Grid>
          <Card heading={say("library")} href="/library">
            <p>{say("libraryText", { count: practices })}</p>
            <p>
              <a href="/library">{say("libraryLink")}</a>
            </p>
          </Card>
          <Card heading={say("careers")} href="/careers">
            <p>{say("careersText")}</p>
            <p>
              <a href="/careers">{say("careersLink")}</a>
            </p>
          </Card>
        </Grid>
      </div>
      {release && tables ? (
        <>
          <div class="band band--leaf">
            <section class="wrap stack" aria-labelledby="year-heading">
              <div class="row">
                <h2 id="year-heading">{say("year", { year: release.academicYear })}</h2>
                <a href={`/results/${release.academicYear}`}>{say("readReport")}</a>
              </div>
              <Figures>
                <Figure
                  value={tables.trainees}
                  label={say("inTraining")}
                  of={say("withGrantees", { count: tables.organizations.length })}
                />
                <Figure value={publishedCount(tables, "outcome", "completed")} label={say("completed")} />
                <Figure
                  value={publishedCount(tables, "program_type", "registered_apprenticeship")}
                  label={say("apprentices")}
                />
                <Figure value={publishedCount(tables, "rural_background", "yes")} label={say("rural")} />
              </Figures>
            </section>
          </div>
          <div class="wrap">
            <PlacesServed tables={tables} />
          </div>
        </>
      ) : (
        <div class="wrap">
          <p class="soft">{say("nothing")}</p>
        </div>
      )}
    </>
  );
};
