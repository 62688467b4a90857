import type { FC } from "hono/jsx";

/** In place of a count too small to publish. Never "<11", never 0. */
export const Withheld: FC<{ why?: string | undefined }> = ({
  why = "Withheld so that no one can be recognized: it counts 10 people or fewer, or would reveal such a count.",
}) => (
  <abbr class="withheld" title={why}>
    withheld
  </abbr>
);

/** Once a page, below figures some of which are withheld. */
export const WithheldNote: FC<{ limit?: number | undefined; href?: string | undefined }> = ({
  limit = 10,
  href,
}) => (
  <p class="small soft">
    Withheld: counts of {limit} people or fewer, and those from which one could be worked out.
    {href ? (
      <>
        {" "}
        <a href={href}>Why and how</a>
      </>
    ) : null}
  </p>
);
