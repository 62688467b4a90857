const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_LENGTH = 22;
/** January 1, 1980, midnight: where a zip's time begins. */
const BEGINNING = { time: 0, date: 0x21 };

/**
 * A workbook that was written just now says so in each of its parts: takes that out, so that the same rows give the
 * same bytes. For zips that the hub has written itself.
 */
export function forgetTimes(zip: Buffer): Buffer {
  const settled = Buffer.from(zip);
  let end = settled.length - END_LENGTH;
  while (end >= 0 && settled.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) return settled;
  let at = settled.readUInt32LE(end + 16);
  for (let left = settled.readUInt16LE(end + 10); left > 0 && settled.readUInt32LE(at) === ENTRY; left -= 1) {
    const part = settled.readUInt32LE(at + 42);
    for (const times of [at + 12, part + 10]) {
      settled.writeUInt16LE(BEGINNING.time, times);
      settled.writeUInt16LE(BEGINNING.date, times + 2);
    }
    at += 46 + settled.readUInt16LE(at + 28) + settled.readUInt16LE(at + 30) + settled.readUInt16LE(at + 32);
  }
  return settled;
}
