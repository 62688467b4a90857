// A page as a browser reads it: its elements, and the text that each shows.
import { type DefaultTreeAdapterTypes, parse } from "parse5";

export type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

/** All elements below one, in the order of the page. */
export function elementsOf(node: Parent): Element[] {
  return node.childNodes.flatMap((one) => ("tagName" in one ? [one, ...elementsOf(one)] : []));
}

/** The elements of a page; what stands in `noscript` is read as those without script see it. */
export const readElements = (html: string): Element[] => elementsOf(parse(html, { scriptingEnabled: false }));

export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;

export const hasClass = (element: Element, name: string): boolean =>
  (attribute(element, "class") ?? "").split(" ").includes(name);

/** The text of an element and of all that is in it, but for what only screen readers are told beside it. */
export function textOf(element: Element): string {
  return element.childNodes
    .map((one) => {
      if ("value" in one) return one.value;
      return "tagName" in one && !hasClass(one, "usa-sr-only") ? textOf(one) : "";
    })
    .join("");
}

export const byTag = (elements: readonly Element[], tag: string): Element[] =>
  elements.filter(({ tagName }) => tagName === tag);

/** The text of the first element of a name. */
export function firstOf(elements: readonly Element[], tag: string): string {
  const [first] = byTag(elements, tag);
  if (!first) throw new Error(`there is no <${tag}>`);
  return textOf(first);
}

/** What a page is made of, without its words: each element with the names of its attributes. */
export const shapeOf = (elements: readonly Element[]): string[] =>
  elements.map(
    ({ tagName, attrs }) =>
      `<${[tagName, ...attrs.map(({ name }) => name).toSorted((one, other) => one.localeCompare(other))].join(
        " ",
      )}>`,
  );

/** The part of a page under one of its headings. */
export function sectionOf(elements: readonly Element[], heading: string): Element[] {
  const section = elements.find((one) => attribute(one, "aria-labelledby") === heading);
  if (!section) throw new Error(`the page has no part ${heading}`);
  return elementsOf(section);
}

/** What is told of each term of the page's lists of particulars. */
export const particularsOf = (elements: readonly Element[]): Record<string, string> =>
  Object.fromEntries(
    elements.flatMap((one, at) => {
      const next = elements.slice(at + 1).find(({ tagName }) => tagName === "dt" || tagName === "dd");
      return one.tagName === "dt" && next?.tagName === "dd" ? [[textOf(one), textOf(next)]] : [];
    }),
  );

/** The fields of a page's form, as a browser sends them. */
export function fieldsOf(elements: readonly Element[], action: string): Record<string, string[]> {
  const form = elements.find((one) => one.tagName === "form" && attribute(one, "action") === action);
  if (!form) throw new Error(`the page has no form for ${action}`);
  const fields: Record<string, string[]> = {};
  const add = (element: Element, value: string): void => {
    const name = attribute(element, "name");
    if (name) fields[name] = [...(fields[name] ?? []), value];
  };
  for (const one of elementsOf(form)) {
    if (one.tagName === "textarea") add(one, textOf(one).replaceAll("\n", "\r\n"));
    else if (one.tagName === "select") {
      const options = elementsOf(one).filter(({ tagName }) => tagName === "option");
      const chosen = options.find((option) => attribute(option, "selected") !== undefined) ?? options[0];
      if (chosen) add(one, attribute(chosen, "value") ?? "");
    } else if (one.tagName === "input") {
      const isChoice = /^(checkbox|radio)$/.test(attribute(one, "type") ?? "");
      // One line is one line: a browser takes line ends out.
      if (!isChoice || attribute(one, "checked") !== undefined)
        add(one, (attribute(one, "value") ?? "").replaceAll(/[\r\n]/g, ""));
    }
  }
  return fields;
}
