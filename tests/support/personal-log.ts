// Whether a hub's log says of whom it tells: names, addresses, codes and ids of all that the hub holds.
import type { TestHub } from "./test-hub.ts";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const NETWORK_ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}\b|\[?::1\]?|(?<=\W)localhost\b/g;
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.]+/g;

export interface LogMarks {
  /** Found wherever they stand. */
  phrases: string[];
  /** Codes and words: found as whole tokens, since short ones are parts of others. */
  tokens: Set<string>;
}

/** Everything of the hub that its log must not hold. */
export async function collectLogMarks(hub: TestHub): Promise<LogMarks> {
  const { rows } = await hub.services.database.ownerPool.query<{ kind: string; mark: string }>(`
    select 'phrase' as kind, name as mark from directory.organization where length(name) > 4
    union select 'token', name from directory.organization where length(name) <= 4
    union select 'phrase', name from directory.person union select 'phrase', name from platform.hub
    union select 'phrase', name from directory.site
    union select 'phrase', file_name from pathways.roster
    union select 'phrase', program_name from pathways.enrollment where program_name like '% %'
    union select 'phrase', email from auth."user" union select 'phrase', id from auth."user"
    union select 'phrase', id from auth.session union select 'phrase', token from auth.session
    union select 'phrase', recipient from platform.mail union select 'phrase', subject from platform.mail
    union select 'token', number from directory.award
    union select 'token', code from directory.grantee_code
    union select 'token', trainee_code from pathways.enrollment`);
  const words = rows.filter(({ kind }) => kind === "phrase").map(({ mark }) => mark);
  const { rows: people } = await hub.services.database.ownerPool.query<{ name: string }>(
    "select name from directory.person",
  );
  const names = people.flatMap(({ name }) => name.split(/[\s.]+/)).filter((word) => word.length > 2);
  return {
    phrases: [...new Set(words)].filter((phrase) => phrase.length > 4),
    tokens: new Set([...rows.filter(({ kind }) => kind === "token").map(({ mark }) => mark), ...names]),
  };
}

/** What of the marks, and which addresses and ids besides, stand in the lines of a log. */
export function findPersonalData(log: string, marks: LogMarks): string[] {
  const found = new Set<string>();
  for (const line of log.split("\n").filter(Boolean)) {
    // Made for the log itself, or counted: none of these is anybody's.
    const {
      request: _request,
      time: _time,
      ms: _ms,
      level: _level,
      status: _status,
      ...rest
    } = JSON.parse(line);
    const text = JSON.stringify(rest).replaceAll(/:\d+:\d+\)?"/g, '"');
    for (const phrase of marks.phrases) if (text.includes(phrase)) found.add(phrase);
    for (const token of text.match(/[\p{L}\p{N}][\p{L}\p{N}._-]*/gu) ?? [])
      if (marks.tokens.has(token)) found.add(token);
    for (const pattern of [UUID, NETWORK_ADDRESS, EMAIL])
      for (const [one] of text.matchAll(pattern)) found.add(one);
  }
  return [...found];
}
