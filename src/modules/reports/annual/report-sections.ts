import sections from "../../../../reference/report-sections.json" with { type: "json" };

/** The narrative sections of the annual report, with what belongs into each. */
export const reportSections: readonly { code: string; title: string; guidance: string }[] = sections;
