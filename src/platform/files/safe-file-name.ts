// The name that a file is given out under: what people see, and what their machine writes to its disk.

const LONGEST = 120;
/** Characters that turn the direction of writing, or that nobody sees: "gpj.exe" must not look like "exe.jpg". */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu;
/** Names that Windows takes for machines. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A name as it came, without folders and unseen characters, of a bearable length, and ending as the content is.
 * @param ending without its dot.
 */
export function safeFileName(given: string, ending: string): string {
  const base =
    given
      .normalize("NFC")
      // As browsers write them in forms.
      .replaceAll("%22", '"')
      .replaceAll(/%0[AD]/g, "")
      .replaceAll("\\", "/")
      .split("/")
      .at(-1)
      ?.replaceAll(UNSEEN, "")
      .replaceAll(/[<>:"|?*%]/g, "_")
      .replaceAll(/\s+/g, " ") ?? "";
  const stem = base.replace(/\.[\p{L}\p{N}]{1,8}$/u, "").replaceAll(/^[\s.]+|[\s.]+$/g, "");
  const cut = Array.from(stem).slice(0, LONGEST).join("").trim();
  return `${cut === "" || DEVICE.test(cut) ? "file" : cut}.${ending}`;
}

/** The header that names a file (RFC 6266): plain letters for old browsers, the whole name for all others. */
export function contentDisposition(how: "attachment" | "inline", name: string): string {
  const plain = name.replaceAll(/[^\w .()-]/g, "_");
  const whole = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${whole}`;
}
