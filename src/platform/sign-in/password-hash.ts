import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { defineWords } from "../../ui/words.tsx";
import { RequestProblem } from "../web/problems.ts";

const say = defineWords("password-hash", {
  en: { busy: "Many people sign in just now, and each password takes the hub a moment." },
  es: {
    busy: "Muchas personas inician sesión en este momento, y revisar cada contraseña toma un instante.",
  },
});

/** How a password was hashed, and what came of it. */
interface Kept {
  cost: number;
  blocks: number;
  lanes: number;
  salt: Buffer | string;
  key: Buffer;
}

/** scrypt as OWASP's Password Storage Cheat Sheet asks for it: N 2^17, r 8, p 1, which takes 128 MB for each hash. */
const BLOCKS = 8;
const LANES = 1;
const SALT_BYTES = 16;
const KEY_BYTES = 64;
/** At a time, so that a burst of sign-ins takes memory for two hashes, and two of the four threads that files need too. */
const AT_A_TIME = 2;
/** Whoever waits keeps a connection to the database: fewer than there are, so that pages go on. */
const MOST_WAITING = 12;

export interface PasswordHashing {
  /** A new hash. It says how it was made: scrypt$17$8$1$salt$key. */
  hash(password: string): Promise<string>;
  verify(check: { hash: string; password: string }): Promise<boolean>;
  /** Whether this was hashed otherwise than new passwords are. */
  isOutdated(hash: string): boolean;
}

/** @param cost the logarithm of scrypt's N: 17 for 2^17. */
export function createPasswordHashing(cost: number): PasswordHashing {
  const manner = `scrypt$${cost}$${BLOCKS}$${LANES}$`;
  const inTurn = createQueue(AT_A_TIME, MOST_WAITING);
  const hash = async (password: string): Promise<string> => {
    const salt = randomBytes(SALT_BYTES);
    const key = await inTurn(() => derive(password, { cost, blocks: BLOCKS, lanes: LANES, salt }, KEY_BYTES));
    return `${manner}${salt.toString("base64url")}$${key.toString("base64url")}`;
  };
  const isOutdated = (kept: string): boolean => !kept.startsWith(manner);
  return {
    hash,
    isOutdated,
    verify: async ({ hash: text, password }) => {
      const kept = readHash(text);
      if (!kept) return false;
      const key = await inTurn(() => derive(password, kept, kept.key.length));
      const isRight = timingSafeEqual(key, kept.key);
      // An earlier hash is quick. A wrong password takes as long as where nobody has the e-mail, which is a new hash.
      if (!isRight && isOutdated(text)) await hash(password);
      return isRight;
    },
  };
}

function readHash(text: string): Kept | null {
  const named = /^scrypt\$(\d{2})\$(\d{1,2})\$(\d)\$([\w-]+)\$([\w-]+)$/.exec(text);
  if (named) {
    const [, cost, blocks, lanes, salt = "", key = ""] = named;
    return {
      cost: Number(cost),
      blocks: Number(blocks),
      lanes: Number(lanes),
      salt: Buffer.from(salt, "base64url"),
      key: Buffer.from(key, "base64url"),
    };
  }
  // As better-auth hashes by itself, and this hub until version 0.2: the salt is the text of its hexadecimal digits.
  const earlier = /^([0-9a-f]{32}):([0-9a-f]{128})$/.exec(text);
  if (!earlier) return null;
  const [, digits = "", result = ""] = earlier;
  return { cost: 14, blocks: 16, lanes: 1, salt: digits, key: Buffer.from(result, "hex") };
}

/** One form of the letters, however a keyboard puts them together. */
function derive(password: string, how: Omit<Kept, "key">, length: number): Promise<Buffer> {
  const N = 2 ** how.cost;
  const options = { N, r: how.blocks, p: how.lanes, maxmem: 2 * 128 * N * how.blocks };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), how.salt, length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** Lets so many through at a time, and so many wait. @throws RequestProblem to the next. */
function createQueue(atATime: number, mostWaiting: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running < atATime) running += 1;
    else if (waiting.length >= mostWaiting) throw new RequestProblem(429, say("busy"));
    // Whoever is done hands the place on.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
