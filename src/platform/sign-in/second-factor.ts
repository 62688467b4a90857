import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";

const PERIOD_SECONDS = 30;
/** One step before and after: clocks of telephones are not exact (RFC 6238, section 5.2). */
const WINDOW = 1;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
/** Without letters that look alike. */
const RECOVERY_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/** 140 bits: so many that a plain hash keeps them as safe as a slow one (ASVS 5, 6.5.2: from 112 bits on). */
const RECOVERY_LENGTH = 28;
/** Those made before version 0.2 have 80 bits; they work until they are used up or made anew. */
const EARLIER_LENGTH = 16;

/** A new secret for an authenticator app, in base32. */
export const makeSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const totp = (secret: string, issuer: string, label: string): TOTP =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_SECONDS });

/** The address that the QR code holds (Key URI format of Google Authenticator). */
export const authenticatorAddress = (secret: string, issuer: string, label: string): string =>
  totp(secret, issuer, label).toString();

/**
 * Whether a code is right now (RFC 6238: SHA-1, 6 digits, 30 seconds).
 * @returns the time step it belongs to, or null. The caller keeps the step and refuses it, and all before, from then on.
 */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const delta = totp(secret, "", "").validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
}

/** Ten codes for paper, seven groups of four letters and digits each. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    // 256 is a multiple of the 32 letters: every letter is as likely as the others.
    const letters = [...randomBytes(RECOVERY_LENGTH)].map((byte) => RECOVERY_LETTERS[byte % 32] ?? "");
    return letters.join("").replaceAll(/(.{4})(?=.)/g, "$1-");
  });
}

/** A recovery code as it is kept; typed in small letters, with spaces or without the dash it is the same. */
export function hashRecoveryCode(code: string): Buffer {
  return createHash("sha256")
    .update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ""))
    .digest();
}

const lengthOf = (code: string): number => code.replaceAll(/[^A-Za-z0-9]/g, "").length;

/** Whether this is a recovery code of the earlier, shorter kind. */
export const isEarlierRecoveryCode = (code: string): boolean => lengthOf(code) === EARLIER_LENGTH;

/** Whether this is written like a recovery code, not like six digits. */
export const looksLikeRecoveryCode = (code: string): boolean =>
  lengthOf(code) === RECOVERY_LENGTH || isEarlierRecoveryCode(code);

const keyOf = (hubSecret: string): Buffer =>
  Buffer.from(hkdfSync("sha256", hubSecret, "", "trellis second factor", 32));

/** A secret as it lies in the database: AES-256-GCM under a key made of the hub's secret, bound to its user. */
export function sealSecret(hubSecret: string, userId: string, secret: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(hubSecret), nonce).setAAD(Buffer.from(userId));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** The secret again, or null where it was sealed under another hub's secret or for another user. */
export function openSecret(hubSecret: string, userId: string, sealed: Buffer): string | null {
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyOf(hubSecret), sealed.subarray(0, 12))
      .setAAD(Buffer.from(userId))
      .setAuthTag(sealed.subarray(12, 28));
    return decipher.update(sealed.subarray(28), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return null;
  }
}
