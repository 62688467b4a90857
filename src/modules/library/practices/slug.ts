const LONGEST = 100;

/** A title as a part of an address: "Año 1: ¡Salud!" -> "ano-1-salud". Empty where it has no Latin letter or digit. */
export function slugOf(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  return plain.slice(0, LONGEST).replaceAll(/^-+|-+$/g, "");
}
