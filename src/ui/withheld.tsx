import type { FC } from "hono/jsx";
import { defineWords } from "./words.tsx";

const say = defineWords("withheld", {
  en: {
    withheld: "withheld",
    why: "Withheld so that no one can be recognized: it counts 10 people or fewer, or would reveal such a count.",
    note: "Withheld: counts of {{limit}} people or fewer, and those from which one could be worked out.",
    how: "Why and how",
  },
  es: {
    withheld: "reservado",
    why: "Reservado para que no se pueda reconocer a nadie: cuenta a 10 personas o menos, o revelaría una cifra así.",
    note: "Reservado: las cifras de {{limit}} personas o menos, y las que permitirían calcular una de ellas.",
    how: "Por qué y cómo",
  },
});

/** In place of a count too small to publish. Never "<11", never 0. */
export const Withheld: FC<{ why?: string | undefined }> = ({ why }) => (
  <abbr class="withheld" title={why ?? say("why")}>
    {say("withheld")}
  </abbr>
);

/** Once a page, below figures some of which are withheld. */
export const WithheldNote: FC<{ limit?: number | undefined; href?: string | undefined }> = ({
  limit = 10,
  href,
}) => (
  <p class="small soft">
    {say("note", { limit })}
    {href ? (
      <>
        {" "}
        <a href={href}>{say("how")}</a>
      </>
    ) : null}
  </p>
);
