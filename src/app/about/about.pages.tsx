import type { FC, PropsWithChildren } from "hono/jsx";
import { sayWith } from "../../ui/words.tsx";
import { sayAbout as say } from "./about.words.ts";

const Part: FC<PropsWithChildren<{ id: string; heading: string }>> = ({ id, heading, children }) => (
  <section class="stack-tight" aria-labelledby={id}>
    <h2 id={id}>{heading}</h2>
    {children}
  </section>
);

/** Who runs this site, with what, how figures are protected, and who can use it how. */
export const AboutPage: FC<{ hubName: string; withholdBelow: number }> = ({ hubName, withholdBelow }) => {
  const hub = { hub: hubName };
  return (
    <div class="stack narrow">
      <h1>{say("title")}</h1>
      <Part id="hub" heading={say("hub")}>
        <p>{say("hubText", hub)}</p>
        <p>
          {sayWith(say("hubLinks"), {
            results: <a href="/results">{say("resultsLink")}</a>,
            data: <a href="/data">{say("dataLink")}</a>,
          })}
        </p>
      </Part>
      <Part id="trellis" heading={say("trellis")}>
        <p>{say("trellisText")}</p>
      </Part>
      <Part id="figures" heading={say("figures")}>
        <p>{say("figuresIntro")}</p>
        <ul>
          <li>{say("figuresReports")}</li>
          <li>{say("figuresFew", { most: withholdBelow - 1 })}</li>
          <li>{say("figuresMore")}</li>
          <li>{say("figuresProof")}</li>
          <li>{say("figuresNames")}</li>
        </ul>
        <p>{say("figuresLimit")}</p>
      </Part>
      <Part id="accessibility" heading={say("access")}>
        <p>{say("accessIntro")}</p>
        <ul>
          <li>{say("accessKeyboard")}</li>
          <li>{say("accessPhone")}</li>
          <li>{say("accessCharts")}</li>
        </ul>
        <p>{say("accessTests")}</p>
        <h3>{say("barrier")}</h3>
        <p>{say("barrierText", hub)}</p>
      </Part>
      <Part id="languages" heading={say("languages")}>
        <p>{say("languagesText")}</p>
      </Part>
      <Part id="privacy" heading={say("privacy")}>
        <p>{say("privacyText")}</p>
      </Part>
      <Part id="license" heading={say("license")}>
        <p>{say("licenseText")}</p>
      </Part>
      <Part id="contact" heading={say("contact")}>
        <p>{say("contactText", hub)}</p>
      </Part>
    </div>
  );
};
