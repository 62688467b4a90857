import { sayWith } from "../../ui/words.tsx";
import { sayData as say } from "./about.words.ts";
import type { DataSection } from "./data-section.ts";

/** What programs read by themselves. */
export const apiSection: DataSection = {
  id: "api",
  heading: () => say("api"),
  content: async () => (
    <p data-live>
      {sayWith(say("apiText"), {
        page: (
          <a href="/api" hreflang="en">
            {say("apiPage")}
          </a>
        ),
        document: (
          <a href="/api/v1/openapi.json" hreflang="en">
            {say("apiDocument")}
          </a>
        ),
      })}
    </p>
  ),
};
