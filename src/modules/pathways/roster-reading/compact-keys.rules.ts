// An exact set of keys outside the JavaScript heap: a million of them take some 30 MB.

const GROW = 2;
const FIRST_ENTRIES = 1024;

/** Numbers keys in the order of their first appearance. A key is two numbers and a short text. */
export class CompactKeys {
  #bytes = new Uint16Array(FIRST_ENTRIES * 16);
  #end = 0;
  #starts = new Uint32Array(FIRST_ENTRIES);
  #hashes = new Int32Array(FIRST_ENTRIES);
  // Open addressing; 0 is empty, otherwise the key's number + 1.
  #table = new Uint32Array(FIRST_ENTRIES * 4);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of the key; a new key gets the number that `size` had before. */
  add(first: number, second: number, text: string): number {
    const hash = hashOf(first, second, text);
    const mask = this.#table.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const entry = this.#table[slot] ?? 0;
      if (entry === 0) break;
      if (this.#hashes[entry - 1] === hash && this.#equals(entry - 1, first, second, text)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    this.#table[slot] = this.#size + 1;
    return this.#append(hash, first, second, text);
  }

  #equals(entry: number, first: number, second: number, text: string): boolean {
    const bytes = this.#bytes;
    let at = this.#starts[entry] ?? 0;
    if (bytes[at++] !== text.length) return false;
    if (bytes[at++] !== first >>> 16 || bytes[at++] !== (first & 0xffff)) return false;
    if (bytes[at++] !== second >>> 16 || bytes[at++] !== (second & 0xffff)) return false;
    for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  #append(hash: number, first: number, second: number, text: string): number {
    const need = this.#end + text.length + 5;
    if (need > this.#bytes.length) this.#bytes = grown(this.#bytes, Uint16Array, need);
    if (this.#size === this.#starts.length) {
      this.#starts = grown(this.#starts, Uint32Array, this.#size + 1);
      this.#hashes = grown(this.#hashes, Int32Array, this.#size + 1);
    }
    this.#starts[this.#size] = this.#end;
    this.#hashes[this.#size] = hash;
    const bytes = this.#bytes;
    let at = this.#end;
    bytes[at++] = text.length;
    bytes[at++] = first >>> 16;
    bytes[at++] = first & 0xffff;
    bytes[at++] = second >>> 16;
    bytes[at++] = second & 0xffff;
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
    this.#end = at;
    const number = this.#size++;
    if (this.#size * 2 > this.#table.length) this.#rehash();
    return number;
  }

  #rehash(): void {
    const table = new Uint32Array(this.#table.length * GROW);
    const mask = table.length - 1;
    for (let entry = 0; entry < this.#size; entry++) {
      const hash = this.#hashes[entry] ?? 0;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = entry + 1;
    }
    this.#table = table;
  }
}

/** FNV-1a over the numbers and the text, mixed once more so that the low bits are as good as the high ones. */
function hashOf(first: number, second: number, text: string): number {
  let hash = Math.imul(0x811c9dc5 ^ first, 0x01000193);
  hash = Math.imul(hash ^ second, 0x01000193);
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

interface Numbers {
  length: number;
  set(from: ArrayLike<number>): void;
}

function grown<T extends Numbers & ArrayLike<number>>(
  old: T,
  kind: new (length: number) => T,
  need: number,
): T {
  const larger = new kind(Math.max(need, old.length * GROW));
  larger.set(old);
  return larger;
}

/** Small numbers for texts that repeat: grantees, programs. */
export class TextNumbers {
  #numbers = new Map<string, number>();

  numberOf(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(text, number);
    }
    return number;
  }
}
