import { create } from "xmlbuilder2";

type Attributes = Readonly<Record<string, string>>;
type Built = ReturnType<typeof create>;

/**
 * The builder takes what looks like a reference ("&nbsp;", "&#60;") for one that somebody wrote on purpose, and lets it
 * stand: feeds would be broken by it, or say something else. A text is a text.
 */
const literal = (text: string): string => text.replaceAll("&", "&amp;");
const literals = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, literal(value)]));

/** An element that is being written. Nothing in a text or in an attribute is read as markup. */
export class XmlElement {
  readonly #built: Built;
  constructor(built: Built) {
    this.#built = built;
  }

  /** Adds an element, in a namespace where two names are given. */
  ele(name: string, attributes?: Attributes): XmlElement;
  ele(namespace: string, name: string): XmlElement;
  ele(first: string, second: string | Attributes = {}): XmlElement {
    return new XmlElement(
      typeof second === "string" ? this.#built.ele(first, second) : this.#built.ele(first, literals(second)),
    );
  }

  /** Adds an attribute of a namespace. */
  att(namespace: string, name: string, value: string): void {
    this.#built.att(namespace, name, literal(value));
  }

  txt(text: string): void {
    this.#built.txt(literal(text));
  }

  /** The whole document. Nothing is indented: spaces are part of a text. */
  write(): string {
    return this.#built.end({ prettyPrint: false });
  }
}

/** An XML document's root. What XML cannot hold, control characters and halves of characters, is left out of every text. */
export const xmlRoot = (namespace: string, name: string, attributes: Attributes = {}): XmlElement =>
  new XmlElement(
    create({ version: "1.0", encoding: "UTF-8", invalidCharReplacement: "" }).ele(
      namespace,
      name,
      literals(attributes),
    ),
  );

/** A moment as standards write it, to the second. */
export const utcSecond = (moment: Date): string => moment.toISOString().replace(/\.\d+Z$/, "Z");
