/**
 * A small number for a text, from a few of its characters: the place of the text in a direct-mapped memory of 1,024
 * entries. Comparing one candidate is several times faster than hashing a whole text that has just been cut from a file.
 */
export function textSlot(text: string): number {
  const { length } = text;
  if (length === 0) return 0;
  const middle = length >> 1;
  let mixed = Math.imul(length, 31) ^ text.charCodeAt(length - 1);
  mixed = Math.imul(mixed, 33) ^ text.charCodeAt(middle);
  if (length > 3) {
    mixed = Math.imul(mixed, 33) ^ text.charCodeAt(length - 2);
    mixed = Math.imul(mixed, 33) ^ text.charCodeAt(middle + 1);
    mixed = Math.imul(mixed, 33) ^ text.charCodeAt(3);
  }
  return (mixed ^ (mixed >>> 10)) & (TEXT_SLOTS - 1);
}

export const TEXT_SLOTS = 1024;
