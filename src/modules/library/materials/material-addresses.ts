import { languageNow } from "../../../ui/language.ts";
import { DESK_PATH, LIBRARY_PATH } from "../practices/practice-addresses.ts";

export const MATERIALS_PATH = `${LIBRARY_PATH}/materials`;
export const DESK_MATERIALS_PATH = `${DESK_PATH}/materials`;
/** Where files are sent to. Their bodies are read as they come, so these paths have no parameters. */
export const UPLOAD_PATH = `${DESK_MATERIALS_PATH}/upload`;
export const CAPTIONS_UPLOAD_PATH = `${DESK_MATERIALS_PATH}/captions`;

export const materialPath = (slug: string): string => `${MATERIALS_PATH}/${slug}`;
export const deskMaterialPath = (slug: string): string => `${DESK_MATERIALS_PATH}/${slug}`;
export const filePath = (slug: string, version: number): string => `${materialPath(slug)}/file/${version}`;
export const picturePath = (slug: string, version: number): string =>
  `${materialPath(slug)}/picture/${version}`;
export const captionsPath = (slug: string, version: number, language: string): string =>
  `${materialPath(slug)}/captions/${version}/${language}`;

/** What a list of materials shows, as its address says it. */
export interface MaterialView {
  q?: string | undefined;
  kind: readonly string[];
  language: readonly string[];
  page?: number | undefined;
}

export function materialViewPath(view: MaterialView): string {
  const parts = new URLSearchParams();
  if (view.q) parts.set("q", view.q);
  for (const code of view.kind) parts.append("kind", code);
  for (const code of view.language) parts.append("language", code);
  if (view.page && view.page > 1) parts.set("page", String(view.page));
  const query = parts.toString();
  return `${MATERIALS_PATH}${query ? `?${query}` : ""}`;
}

/** A language's name in the language of the page; what cannot be a language's code stays as it is. */
export function languageName(code: string): string {
  if (!/^[a-z]{2,3}$/.test(code)) return code;
  return new Intl.DisplayNames([languageNow()], { type: "language", fallback: "code" }).of(code) ?? code;
}
