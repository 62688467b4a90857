// A finished page as a tree, for taking parts out of it and putting others in.
import { type DefaultTreeAdapterTypes, parse, parseFragment, serialize } from "parse5";

export type Element = DefaultTreeAdapterTypes.Element;
export type Tree = DefaultTreeAdapterTypes.Document;
type Parent = DefaultTreeAdapterTypes.ParentNode;
type Child = DefaultTreeAdapterTypes.ChildNode;

// What stands in <noscript> is read as markup: links in it are links.
const OPTIONS = { scriptingEnabled: false };

export const parsePage = (text: string): Tree => parse(text, OPTIONS);
export const writePage = (tree: Tree): string => serialize(tree, OPTIONS);

const isElement = (node: Child): node is Element => "tagName" in node;

/** Every element below a node, in the order of the page. A list, so that the tree may change meanwhile. */
export function elementsOf(node: Parent): Element[] {
  const found: Element[] = [];
  const open: Child[] = node.childNodes.toReversed();
  for (let next = open.pop(); next; next = open.pop()) {
    if (!isElement(next)) continue;
    found.push(next);
    open.push(...next.childNodes.toReversed());
  }
  return found;
}

export const attributeOf = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;

export function setAttribute(element: Element, name: string, value: string): void {
  const known = element.attrs.find((one) => one.name === name);
  if (known) known.value = value;
  else element.attrs.push({ name, value });
}

export function dropAttribute(element: Element, name: string): void {
  element.attrs = element.attrs.filter((one) => one.name !== name);
}

export const hasClass = (element: Element, name: string): boolean =>
  (attributeOf(element, "class") ?? "").split(/\s+/).includes(name);

export function addClass(element: Element, name: string): void {
  if (!hasClass(element, name))
    setAttribute(element, "class", `${attributeOf(element, "class") ?? ""} ${name}`.trim());
}

/** Whether it still hangs in the page, and has not gone with something around it. */
export function isInPage(element: Element, tree: Tree): boolean {
  for (let node: Parent | null = element; node; node = parentOf(node)) if (node === tree) return true;
  return false;
}

export const parentOf = (node: Parent | Child): Parent | null =>
  ("parentNode" in node ? node.parentNode : null) ?? null;

/** The nearest element around it, itself included, that fits. */
export function closest(element: Element, fits: (one: Element) => boolean): Element | null {
  for (let node: Parent | null = element; node; node = parentOf(node))
    if ("tagName" in node && fits(node)) return node;
  return null;
}

export function detach(node: Child): void {
  const parent = parentOf(node);
  if (parent) parent.childNodes = parent.childNodes.filter((one) => one !== node);
  node.parentNode = null;
}

/** Puts what is written in markup where an element is. Nothing of it may come from outside. */
export function replaceWith(element: Element, markup: string): void {
  const parent = parentOf(element);
  if (!parent) return;
  const nodes = parseFragment(markup, OPTIONS).childNodes;
  for (const node of nodes) node.parentNode = parent;
  parent.childNodes = parent.childNodes.flatMap((one) => (one === element ? nodes : [one]));
  element.parentNode = null;
}

/** Puts what is written in markup at the beginning or the end of an element. */
export function insert(parent: Element, place: "first" | "last", markup: string): void {
  const nodes = parseFragment(markup, OPTIONS).childNodes;
  for (const node of nodes) node.parentNode = parent;
  parent.childNodes = place === "first" ? [...nodes, ...parent.childNodes] : [...parent.childNodes, ...nodes];
}

/** Leaves what is in an element in its place, without the element. */
export function unwrap(element: Element): void {
  const parent = parentOf(element);
  if (!parent) return;
  for (const node of element.childNodes) node.parentNode = parent;
  parent.childNodes = parent.childNodes.flatMap((one) => (one === element ? element.childNodes : [one]));
  element.childNodes = [];
  element.parentNode = null;
}

export function textOf(node: Parent): string {
  return node.childNodes
    .map((one) => (isElement(one) ? textOf(one) : "value" in one ? one.value : ""))
    .join("");
}

const SHOWN = new Set(["img", "svg", "video", "audio", "table", "hr", "input", "select", "textarea"]);
const KEPT = new Set(["main", "body", "html", "head", "header", "footer", "article", "td", "th"]);
/** They are worth nothing without what they announce. */
const ANNOUNCED = new Set(["section", "aside", "details", "nav"]);
const announces = ({ tagName }: Element): boolean => /^(h[1-6]|summary)$/.test(tagName);

/** Nothing to read or see is left in it, or nothing but its heading. */
function isBare(element: Element): boolean {
  const inside = elementsOf(element);
  if (inside.some((one) => SHOWN.has(one.tagName))) return false;
  const said = textOf(element).replaceAll(/[\s·,|–-]/g, "");
  if (!ANNOUNCED.has(element.tagName)) return said === "";
  const headings = inside.filter(announces).map(textOf).join("");
  return said === headings.replaceAll(/[\s·,|–-]/g, "");
}

/** Takes an element away, and whatever around it has nothing in it any more. */
export function remove(element: Element): void {
  for (let next: Element | null = element; next; ) {
    const parent: Parent | null = parentOf(next);
    detach(next);
    next = parent && "tagName" in parent && !KEPT.has(parent.tagName) && isBare(parent) ? parent : null;
  }
}
