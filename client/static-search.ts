// In a static copy of the library: shows the view that the address of the list of practices asks for (?q=, ?state=NE, …),
// found in the copy's own index. The page without a query is finished as it is.
import {
  markWords,
  type SearchEntry,
  type SearchPageData,
  type SearchResult,
  type SearchView,
  searchEntries,
} from "../src/modules/library/copying/static-search.rules.ts";
import { readTerms } from "../src/modules/library/practices/search-terms.ts";

const AT_A_TIME = 50;
const IN_SIGHT = 8;

type Page = SearchPageData & { index: string; loading: string; failed: string };
type Asked = { q: string; sort: string; chosen: Record<string, string[]> };

function make(tag: string, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The tick of a chosen filter, drawn as the hub draws it. */
function tick(): Element {
  const [svg, path] = ["svg", "path"].map((name) =>
    document.createElementNS("http://www.w3.org/2000/svg", name),
  );
  if (!svg || !path) return make("span", {});
  for (const [name, value] of Object.entries({
    class: "icon",
    viewBox: "0 0 24 24",
    width: "20",
    height: "20",
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "2",
    "aria-hidden": "true",
  }))
    svg.setAttribute(name, value);
  path.setAttribute("d", "M5 12.5l4.5 4.5L19 7.5");
  svg.append(path);
  return svg;
}

const fill = (sentence: string, values: Record<string, string>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

const number = (count: number): string =>
  count.toLocaleString(document.documentElement.lang === "es" ? "es-US" : "en-US");

function readAsked(page: Page): Asked {
  const given = new URLSearchParams(location.search);
  const codes = (key: string): string[] =>
    [...new Set(given.getAll(key))].filter((code) => /^[A-Za-z0-9_]{1,60}$/.test(code)).slice(0, 30);
  return {
    q: (given.get("q") ?? "").trim().slice(0, 200),
    sort: given.get("sort") ?? "",
    chosen: Object.fromEntries(page.groups.map(({ key }) => [key, codes(key)])),
  };
}

/** The address of a view: this same page with another query. */
function addressOf({ q, sort, chosen }: Asked): string {
  const parts = new URLSearchParams();
  if (q) parts.set("q", q);
  for (const [key, codes] of Object.entries(chosen)) for (const code of codes) parts.append(key, code);
  if (sort) parts.set("sort", sort);
  return `?${parts}`;
}

function toggled(asked: Asked, key: string, code: string): Asked {
  const codes = asked.chosen[key] ?? [];
  const next = codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code];
  return { ...asked, chosen: { ...asked.chosen, [key]: next } };
}

const labelOf = (page: Page, key: string, code: string): string => page.labels[key]?.[code] ?? code;

function marked(text: string, sought: readonly string[]): (Node | string)[] {
  return markWords(text, sought).map((piece, at) => (at % 2 === 0 ? piece : make("mark", {}, piece)));
}

function card(page: Page, entry: SearchEntry, sought: readonly string[]): HTMLElement {
  const codes = (group: string): string[] =>
    entry.f.filter((facet) => facet.startsWith(`${group}:`)).map((facet) => facet.slice(group.length + 1));
  const [rating = "not_rated"] = codes("rating");
  const tone = page.tones[rating];
  const states = codes("state").map((code) => labelOf(page, "state", code));
  return make(
    "li",
    { class: "practice-card", lang: entry.l },
    make(
      "h2",
      { class: "practice-card-title" },
      make("a", { href: `${entry.s}/index.html` }, ...marked(entry.t, sought)),
    ),
    make("p", {}, ...marked(entry.m, sought)),
    make(
      "p",
      { class: "practice-card-facts" },
      make("span", { class: "strong" }, states.join(", ")),
      make("span", { class: tone ? `usa-tag tag--${tone}` : "usa-tag" }, labelOf(page, "rating", rating)),
      ...(codes("obligation").includes("yes")
        ? [make("span", { class: "soft" }, labelOf(page, "obligation", "yes"))]
        : []),
    ),
  );
}

function facets(page: Page, asked: Asked, counts: SearchResult["counts"]): HTMLElement[] {
  return page.groups.flatMap(({ key, label }, place) => {
    const chosen = asked.chosen[key] ?? [];
    const inOrder = Object.keys(page.labels[key] ?? {});
    const others = [...counts.keys()]
      .filter((one) => one.startsWith(`${key}:`))
      .map((one) => one.slice(key.length + 1));
    const codes = [...new Set([...inOrder, ...others])].filter(
      (code) => (counts.get(`${key}:${code}`) ?? 0) > 0 || chosen.includes(code),
    );
    if (codes.length === 0) return [];
    const line = (code: string): HTMLElement =>
      make(
        "li",
        {},
        make(
          "a",
          {
            class: "facet",
            href: addressOf(toggled(asked, key, code)),
            ...(chosen.includes(code) ? { "aria-current": "true" } : {}),
          },
          make("span", { class: "facet-box" }, chosen.includes(code) ? tick() : ""),
          make("span", {}, labelOf(page, key, code)),
          make("span", { class: "count" }, number(counts.get(`${key}:${code}`) ?? 0)),
        ),
      );
    const rest = codes.slice(IN_SIGHT);
    return [
      make(
        "details",
        { class: "facet-group", ...(place < 3 || chosen.length > 0 ? { open: "" } : {}) },
        make("summary", {}, label),
        make("ul", {}, ...codes.slice(0, IN_SIGHT).map(line)),
        ...(rest.length === 0
          ? []
          : [
              make(
                "details",
                rest.some((code) => chosen.includes(code)) ? { open: "" } : {},
                make("summary", {}, page.words["more"] ?? ""),
                make("ul", {}, ...rest.map(line)),
              ),
            ]),
      ),
    ];
  });
}

function chosenList(page: Page, asked: Asked): HTMLElement[] {
  const lines = Object.entries(asked.chosen).flatMap(([key, codes]) =>
    codes.map((code) => {
      const label = labelOf(page, key, code);
      const link = make(
        "a",
        {
          href: addressOf(toggled(asked, key, code)),
          "aria-label": fill(page.words["remove"] ?? "", { label }),
        },
        `${label} `,
        make("span", { "aria-hidden": "true" }, "×"),
      );
      return make("li", {}, link);
    }),
  );
  if (lines.length === 0) return [];
  const clear = make(
    "a",
    { class: "chosen-clear", href: addressOf({ ...asked, chosen: {} }) },
    page.words["clear"] ?? "",
  );
  return [make("ul", { class: "chosen" }, ...lines, make("li", {}, clear))];
}

function headingOf(page: Page, asked: Asked, count: number): string {
  const chosen = Object.entries(asked.chosen).flatMap(([key, codes]) =>
    codes.map((code) => labelOf(page, key, code)),
  );
  const key = asked.q ? "found_for" : chosen.length === 1 ? "found_in" : "found";
  const sentence = page.words[`${key}_${count === 1 ? "one" : "other"}`] ?? "";
  return fill(sentence, { count: number(count), words: asked.q, place: chosen[0] ?? "" });
}

function orderLine(page: Page, asked: Asked, order: string): HTMLElement {
  const offered = page.orders.filter(({ key }) => key !== "relevance" || asked.q);
  const parts = offered.flatMap(({ key, label }, at): (Node | string)[] => [
    at > 0 ? ", " : "",
    key === order
      ? make("strong", {}, label)
      : make("a", { href: addressOf({ ...asked, sort: key }) }, label),
  ]);
  return make("p", { class: "small" }, `${page.words["order"] ?? ""}: `, ...parts);
}

/** The cards, some at a time. */
function listOf(page: Page, entries: readonly SearchEntry[], sought: readonly string[]): HTMLElement[] {
  const list = make("ol", { class: "practice-list" });
  const more = make(
    "button",
    { class: "usa-button usa-button--outline", type: "button" },
    page.words["more"] ?? "",
  );
  let shown = 0;
  const show = (): void => {
    const from = shown;
    shown = Math.min(entries.length, shown + AT_A_TIME);
    list.append(...entries.slice(from, shown).map((entry) => card(page, entry, sought)));
    if (shown >= entries.length) more.remove();
    if (from > 0) list.children[from]?.querySelector("a")?.focus();
  };
  more.addEventListener("click", show);
  show();
  return shown < entries.length ? [list, more] : [list];
}

function showView(page: Page, asked: Asked, entries: readonly SearchEntry[]): void {
  const terms = readTerms(asked.q);
  const order = (["relevance", "title", "newest", "changed"] as const).find(
    (one) => one === asked.sort && (one !== "relevance" || asked.q),
  );
  const view: SearchView = { terms, chosen: asked.chosen, order: order ?? (asked.q ? "relevance" : "title") };
  const found = searchEntries(entries, view);
  const heading = headingOf(page, asked, found.entries.length);
  const title = document.querySelector("h1");
  if (title) title.textContent = heading;
  document.title = document.title.replace(/^.*?( - |$)/, () => `${heading} - `).replace(/ - $/, "");
  const sought = [
    ...terms.filter(({ isWithout }) => !isWithout).map(({ text }) => text),
    ...[...found.meant.values()].flat(),
  ];
  const notes = [
    ...(found.isAny ? [make("p", {}, page.words["any_words"] ?? "")] : []),
    ...[...found.meant].map(([typed, meant]) =>
      make("p", {}, fill(page.words["meant"] ?? "", { typed, meant: meant.join(", ") })),
    ),
    ...chosenList(page, asked),
  ];
  document.querySelectorAll("main .chosen").forEach((one) => one.remove());
  document.querySelector("main .finder")?.before(...notes);
  const count = Object.values(asked.chosen).flat().length;
  const summary = document.querySelector(".finder-fold > summary");
  const words = page.words[`filters_chosen_${count === 1 ? "one" : "other"}`] ?? "";
  if (summary && count > 0) summary.textContent = fill(words, { count: number(count) });
  const fold = document.querySelector(".finder-fold");
  fold?.querySelectorAll(".facet-group").forEach((one) => one.remove());
  fold?.append(...facets(page, asked, found.counts));
  document
    .querySelector("main .finder > .stack")
    ?.replaceChildren(
      ...(found.entries.length > 0
        ? [orderLine(page, asked, view.order), ...listOf(page, found.entries, sought)]
        : [
            make(
              "div",
              { class: "empty" },
              make("h2", { class: "empty-heading" }, page.words["none"] ?? ""),
              make("p", {}, page.words["none_next"] ?? ""),
              make("p", {}, make("a", { href: "index.html" }, page.words["all"] ?? "")),
            ),
          ]),
    );
}

function keepTyped(asked: Asked): void {
  const form = document.querySelector<HTMLFormElement>("main form.filters");
  const field = form?.querySelector<HTMLInputElement>('input[name="q"]');
  if (!form || !field) return;
  field.value = asked.q;
  for (const [name, codes] of Object.entries(asked.chosen))
    for (const value of codes) form.append(make("input", { type: "hidden", name, value }));
}

function start(data: HTMLElement): void {
  const page = JSON.parse(data.textContent ?? "{}") as Page;
  const asked = readAsked(page);
  if (addressOf(asked) === "?") return;
  keepTyped(asked);
  const region = document.querySelector("main .finder > .stack");
  region?.setAttribute("aria-live", "polite");
  const say = (text: string): void => region?.replaceChildren(make("p", {}, text));
  say(page.loading);
  // As a script and not by fetch: a page that is opened from a disk may not fetch.
  const script = make("script", { src: page.index });
  script.addEventListener("load", () =>
    showView(page, asked, (globalThis as { trellisLibrary?: SearchEntry[] }).trellisLibrary ?? []),
  );
  script.addEventListener("error", () => say(page.failed));
  document.head.append(script);
}

const data = document.getElementById("static-search");
if (data) start(data);
