import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const PREFIX = "trl_";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 32 random bytes to the base of 62, then the check. */
const RANDOM_LENGTH = 43;
const CHECK_LENGTH = 6;

function toBase62(bytes: Uint8Array, length: number): string {
  let number = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  for (; number > 0n; number /= 62n) text = `${ALPHABET[Number(number % 62n)]}${text}`;
  return text.padStart(length, "0");
}

function checkOf(random: string): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(random));
  return toBase62(sum, CHECK_LENGTH);
}

/** A new token. Its end is a check sum, so that a mistyped one, or one found by a scanner of secrets, is told without asking the database. */
export function makeTokenText(): string {
  const random = toBase62(randomBytes(32), RANDOM_LENGTH);
  return `${PREFIX}${random}${checkOf(random)}`;
}

/** Whether a text can be a token at all. */
export function isTokenText(text: string): boolean {
  const match = /^trl_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/.exec(text);
  return match !== null && checkOf(match[1] ?? "") === match[2];
}

/** As it is kept. The token is random enough for a plain hash. */
export const hashToken = (text: string): Buffer => createHash("sha256").update(text).digest();
