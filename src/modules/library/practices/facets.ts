// What practices can be found by. The groups are those that the database makes of a practice's content (library.facets_of).

export interface FacetGroup {
  /** In the database ("state:NE") and in addresses (?state=NE). */
  key: string;
  /** The code list that its labels come from; null: states, or words of the page. */
  list: string | null;
}

/** In the order in which they are offered. */
export const FACET_GROUPS = [
  { key: "state", list: null },
  { key: "category", list: "practice_category" },
  { key: "stage", list: "career_stage" },
  { key: "occupation", list: "practice_occupation" },
  { key: "mechanism", list: "practice_mechanism" },
  { key: "setting", list: "practice_setting" },
  { key: "population", list: "practice_population" },
  { key: "rating", list: null },
  { key: "obligation", list: null },
  { key: "status", list: "practice_status" },
] as const satisfies readonly FacetGroup[];

export type FacetKey = (typeof FACET_GROUPS)[number]["key"];

/** What is chosen, a list of codes per group; several codes of one group mean any of them. */
export type Chosen = Readonly<Partial<Record<FacetKey, readonly string[]>>>;

/** How many practices each choice leads to, by group and code. */
export type FacetCounts = ReadonlyMap<FacetKey, ReadonlyMap<string, number>>;

/** The content's field behind a group, where it is a list of codes. */
export const CONTENT_FIELDS = {
  state: "states",
  category: "categories",
  stage: "stages",
  occupation: "occupations",
  setting: "settings",
  population: "populations",
  mechanism: "mechanisms",
} as const;

/** The groups' keys, in their order. */
export const CHOICE_KEYS: readonly FacetKey[] = FACET_GROUPS.map(({ key }) => key);
