// Backups are encrypted with a passphrase in the age format (age-encryption.org/v1), so that `age -d` opens them too.
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { Decrypter, Encrypter } from "age-encryption";
import { BackupProblem } from "./manifest.ts";

/** How a file in the age format begins. */
export const ENCRYPTED_START = "age-encryption.org/v1";

/** The stream, encrypted. */
export async function encrypt(plain: Readable, passphrase: string): Promise<Readable> {
  const web = Readable.toWeb(plain) as ReadableStream<Uint8Array>;
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  return Readable.fromWeb((await encrypter.encrypt(web)) as ReadableStream<Uint8Array>);
}

/** The stream, decrypted; what was changed or cut off ends it with an error. @throws BackupProblem on a wrong passphrase. */
export async function decrypt(encrypted: Readable, passphrase: string): Promise<Readable> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    const web = Readable.toWeb(encrypted) as ReadableStream<Uint8Array>;
    return Readable.fromWeb((await decrypter.decrypt(web)) as ReadableStream<Uint8Array>);
  } catch (error) {
    encrypted.destroy();
    if (error instanceof Error && error.message.startsWith("no identity matched"))
      throw new BackupProblem(
        "The passphrase does not open this backup. Give the one it was encrypted with; without it nobody can open it.",
        { cause: error },
      );
    throw error;
  }
}
