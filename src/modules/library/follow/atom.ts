import { utcSecond, xmlRoot } from "./xml.ts";

/** A feed as RFC 4287 has it. All addresses are absolute. */
export interface AtomFeed {
  title: string;
  subtitle: string;
  language: string;
  updated: Date;
  author: { name: string; uri: string };
  /** Its own address, which is its name too. */
  self: string;
  /** The page that shows the same. */
  alternate: string;
  entries: readonly AtomEntry[];
}

export interface AtomEntry {
  id: string;
  title: string;
  summary: string;
  language: string;
  address: string;
  published: Date;
  updated: Date;
  categories: readonly { term: string; scheme: string; label: string }[];
  rights: string;
}

export const ATOM = "application/atom+xml";
const NAMESPACE = "http://www.w3.org/2005/Atom";

/** Writes a feed. Texts are texts: nothing in them is read as markup. */
export function writeAtom(feed: AtomFeed): string {
  const root = xmlRoot(NAMESPACE, "feed", { "xml:lang": feed.language });
  root.ele("id").txt(feed.self);
  root.ele("title").txt(feed.title);
  root.ele("subtitle").txt(feed.subtitle);
  root.ele("updated").txt(feed.updated.toISOString());
  root.ele("generator").txt("Trellis");
  const author = root.ele("author");
  author.ele("name").txt(feed.author.name);
  author.ele("uri").txt(feed.author.uri);
  root.ele("link", { rel: "self", type: ATOM, href: feed.self });
  root.ele("link", { rel: "alternate", type: "text/html", href: feed.alternate });
  for (const entry of feed.entries) {
    const element = root.ele("entry", { "xml:lang": entry.language });
    element.ele("id").txt(entry.id);
    element.ele("title").txt(entry.title);
    element.ele("published").txt(utcSecond(entry.published));
    element.ele("updated").txt(entry.updated.toISOString());
    element.ele("link", { rel: "alternate", type: "text/html", href: entry.address });
    for (const category of entry.categories) element.ele("category", { ...category });
    element.ele("rights").txt(entry.rights);
    element.ele("summary").txt(entry.summary);
  }
  return root.write();
}
