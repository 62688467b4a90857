import type { RouteDefinition } from "../../platform/web/route.ts";
import { attributeOf, type Element, elementsOf, type Tree } from "./page-tree.ts";
import { type Target, targetOf } from "./site-addresses.ts";

/** What is needed to understand the addresses on a page. */
export interface PageAddress {
  routes: readonly RouteDefinition[];
  origin: string;
  /** The page's own address. */
  key: string;
}

/** Where elements say an address. */
export const ADDRESS_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ["href"],
  area: ["href"],
  link: ["href"],
  script: ["src"],
  img: ["src"],
  source: ["src"],
  video: ["src", "poster"],
  audio: ["src"],
  track: ["src"],
};

/** What an address on a page means: null where it leads out of the hub, or to a place on the same page. */
export function resolve(address: string, page: PageAddress): { target: Target; fragment: string } | null {
  if (address.startsWith("#")) return null;
  const url = URL.parse(address, `${page.origin}${page.key}`);
  if (url?.origin !== page.origin) return null;
  return { target: targetOf(page.routes, decoded(url.pathname), url.search), fragment: url.hash };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The choices of a form that the copy has a page for, each by what it is called. */
export function listChoices(form: Element, page: PageAddress): { key: string; label: string }[] {
  const action = attributeOf(form, "action") ?? page.key;
  const select = elementsOf(form).find(
    (one) => one.tagName === "select" && attributeOf(one, "name") === "stage",
  );
  if (!select || attributeOf(form, "method")?.toLowerCase() === "post") return [];
  return elementsOf(select)
    .filter(({ tagName }) => tagName === "option")
    .flatMap((option) => {
      const value = attributeOf(option, "value") ?? "";
      const found = resolve(`${action}?stage=${encodeURIComponent(value)}`, page)?.target;
      const label = option.childNodes.map((node) => ("value" in node ? node.value : "")).join("");
      return value !== "" && found?.kind === "copied" ? [{ key: found.key, label }] : [];
    });
}

/** Everything that a page leads to or loads and that the copy has, each once. */
export function listTargets(tree: Tree, page: PageAddress): string[] {
  const found = new Set<string>();
  for (const element of elementsOf(tree)) {
    if (element.tagName === "form") for (const { key } of listChoices(element, page)) found.add(key);
    // Other addresses of the same page are for search engines; they are linked in its body as well.
    if (element.tagName === "link" && attributeOf(element, "rel") === "canonical") continue;
    for (const name of ADDRESS_ATTRIBUTES[element.tagName] ?? []) {
      const address = attributeOf(element, name);
      const target = address === undefined ? undefined : resolve(address, page)?.target;
      if (target?.kind === "copied" || target?.kind === "search") found.add(target.key);
    }
  }
  return [...found];
}
