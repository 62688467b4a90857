// Makes a page of the hub into one of the copy: links lead within the copy, and what only a running hub can do is taken out.
import { escapeHtml } from "../../ui/render-child.ts";
import { sayCopy } from "./copy.words.ts";
import { ADDRESS_ATTRIBUTES, listChoices, type PageAddress, resolve } from "./page-links.ts";
import {
  addClass,
  attributeOf,
  closest,
  detach,
  dropAttribute,
  type Element,
  elementsOf,
  hasClass,
  insert,
  isInPage,
  parentOf,
  parsePage,
  remove,
  replaceWith,
  setAttribute,
  type Tree,
  textOf,
  unwrap,
  writePage,
} from "./page-tree.ts";
import { relativeAddress } from "./relative.ts";
import type { Target } from "./site-addresses.ts";

export interface CopiedPage extends PageAddress {
  /** Where the page lies. */
  place: string;
  /** Where every address of the copy lies. */
  places: ReadonlyMap<string, string>;
  /** At the head of every page, in markup: that this is a copy, and of when. */
  notice: string;
  /** At the end of the head, in markup. */
  head: string;
  isSearchPage: boolean;
  /** Whether the hub has an address that everybody reaches: else what is said of its own is left out. */
  hasAddress: boolean;
}

/** What the copy's pages may load and do: their own files, and nothing else. `file:` is for who opens them from a disk. */
const POLICY =
  "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' data: file:; media-src 'self' file:; form-action 'self' file:; base-uri 'none'";

/** The finished page. */
export function copyPage(text: string, page: CopiedPage): string {
  const tree = parsePage(text);
  for (const element of elementsOf(tree))
    if (attributeOf(element, "data-live") !== undefined && isInPage(element, tree)) remove(element);
  for (const element of elementsOf(tree)) if (element.tagName === "form") placeForm(element, page);
  for (const element of elementsOf(tree)) placeAddresses(element, tree, page);
  for (const element of elementsOf(tree)) {
    if (hasClass(element, "facet-group")) markFacetGroup(element);
    if (hasClass(element, "finder")) widenFinder(element);
  }
  finishHead(tree, page);
  const body = elementsOf(tree).find(({ tagName }) => tagName === "body");
  const skip = body?.childNodes.find((node) => "tagName" in node && hasClass(node, "usa-skipnav"));
  if (body && skip) {
    detach(skip);
    insert(body, "first", page.notice);
    skip.parentNode = body;
    body.childNodes.unshift(skip);
  }
  if (page.isSearchPage) addNoScriptNote(tree, page);
  return writePage(tree);
}

/** The address of a target as the page writes it; null where the copy has none. */
function addressOf(target: Target, page: CopiedPage): string | null {
  if (target.kind === "living") return null;
  const place = page.places.get(target.key);
  if (place === undefined) return null;
  const address = relativeAddress(page.place, place);
  return target.kind === "search" ? `${address}?${target.query}` : address;
}

/** Searching goes on by script, a choice with pages of its own becomes links; every other form goes. */
function placeForm(form: Element, page: CopiedPage): void {
  const isPost = attributeOf(form, "method")?.toLowerCase() === "post";
  const target = resolve(attributeOf(form, "action") ?? page.key, page)?.target;
  const choices = listChoices(form, page);
  const inside = elementsOf(form);
  if (!isPost && target?.kind === "copied" && isSearch(target.key) && page.places.has(target.key)) {
    setAttribute(form, "action", addressOf(target, page) ?? "");
    addClass(form, "needs-script");
  } else if (choices.length > 0) {
    // Their addresses are placed with all others.
    const links = choices.map(
      ({ key, label }) => `<li><a href="${escapeHtml(key)}">${escapeHtml(label)}</a></li>`,
    );
    const around = parentOf(form);
    const outer = around && "tagName" in around && around.tagName === "search" ? around : form;
    replaceWith(
      outer,
      `<nav class="stack-tight" aria-labelledby="copy-choose"><p class="strong" id="copy-choose">${escapeHtml(sayCopy("choose"))}</p><ul class="category-list">${links.join("")}</ul></nav>`,
    );
  } else if (!isPost && inside.some(({ tagName }) => ["ol", "ul", "table"].includes(tagName))) unwrap(form);
  else remove(form);
}

const isSearch = (key: string): boolean => /^(\/es)?\/library\/practices$/.test(key);

function placeAddresses(element: Element, tree: Tree, page: CopiedPage): void {
  if (attributeOf(element, "rel") === "canonical" || attributeOf(element, "type") === "application/ld+json") {
    // Both name addresses in whole.
    if (!page.hasAddress) detach(element);
    return;
  }
  for (const name of ADDRESS_ATTRIBUTES[element.tagName] ?? []) {
    const written = attributeOf(element, name);
    const found = written === undefined ? null : resolve(written, page);
    if (!found || !isInPage(element, tree)) continue;
    const address = addressOf(found.target, page);
    if (address !== null) {
      setAttribute(element, name, `${address}${found.fragment}`);
      if (found.target.kind === "search") markNeedsScript(element);
    } else if (element.tagName === "a") dropLink(element);
    else detach(element);
  }
  // A page that is opened from a disk runs no modules.
  if (element.tagName === "script" && attributeOf(element, "src") !== undefined) {
    dropAttribute(element, "type");
    setAttribute(element, "defer", "");
  }
}

/** A link that leads nowhere in the copy: what stands alone goes, in a sentence its words stay. */
function dropLink(link: Element): void {
  const parent = parentOf(link);
  const around = parent && "tagName" in parent ? textOf(parent).replace(textOf(link), "") : "";
  const isAlone = around.replaceAll(/[\s·,|×]/g, "") === "";
  const isNeeded = parent && "tagName" in parent && /^(t[dh]|d[dt]|h[1-6])$/.test(parent.tagName);
  if (hasClass(link, "usa-button") || (isAlone && !isNeeded)) remove(link);
  else unwrap(link);
}

/** A choice that only the script follows is not shown where there is none. */
function markNeedsScript(link: Element): void {
  const line = closest(
    link,
    (one) => one.tagName === "li" || (one.tagName === "p" && hasClass(one, "small")),
  );
  if (line && closest(line, (one) => hasClass(one, "finder") || hasClass(one, "chosen")))
    addClass(line, "needs-script");
}

function markFacetGroup(group: Element): void {
  const lines = elementsOf(group).filter(({ tagName }) => tagName === "li");
  if (lines.every((line) => hasClass(line, "needs-script"))) addClass(group, "needs-script");
}

/** A list whose filters are gone has the whole width. */
function widenFinder(finder: Element): void {
  if (!elementsOf(finder).some((one) => hasClass(one, "finder-facets")))
    setAttribute(finder, "class", "stack");
}

function finishHead(tree: Tree, page: CopiedPage): void {
  for (const element of elementsOf(tree)) {
    if (element.tagName === "noscript" && closest(element, ({ tagName }) => tagName === "head"))
      detach(element);
    if (element.tagName !== "head") continue;
    insert(element, "first", `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`);
    // The encoding stands before everything else.
    const charset = elementsOf(element).find((one) => attributeOf(one, "charset") !== undefined);
    if (charset) {
      detach(charset);
      charset.parentNode = element;
      element.childNodes.unshift(charset);
    }
    insert(element, "last", page.head);
  }
}

/** Who has no script reads what works without it. */
function addNoScriptNote(tree: Tree, page: CopiedPage): void {
  const heading = elementsOf(tree).find(({ tagName }) => tagName === "h1");
  const library = addressOf({ kind: "copied", key: page.key.replace(/\/practices.*$/, "") }, page);
  const parent = heading ? parentOf(heading) : null;
  if (!heading || library === null || !parent || !("tagName" in parent)) return;
  const note = `<noscript><p>${escapeHtml(sayCopy("no_script"))} <a href="${escapeHtml(library)}">${escapeHtml(sayCopy("by_state"))}</a></p></noscript>`;
  const at = parent.childNodes.indexOf(heading);
  insert(parent, "last", note);
  const added = parent.childNodes.pop();
  if (added) parent.childNodes.splice(at + 1, 0, added);
}
