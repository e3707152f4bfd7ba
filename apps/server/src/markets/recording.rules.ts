/** Files of a recording: which payloads they hold and when each was heard. */
import { readInstant } from './instant.rules.ts';
import { isRecord, parseJson } from './json.rules.ts';
import type { Frame } from './source.rules.ts';

/** Keys under which payloads carry the time they were fetched, and rows the time they were changed. */
const FETCHED = ['fetched_at_unix', 'built_at_unix'];
const CHANGED = ['updatedAt', 'timestamp', 'ts', 't', 'accepting_order_timestamp'];

/** The time in a file name: `2026-05-09T052356Z`, `2026-02-10T2213`, `2026-02-07`. */
export function timeOfName(name: string): Date | undefined {
  const parts = /(\d{4}-\d\d-\d\d)(?:T(\d\d)(\d\d)(\d\d)?Z?)?/.exec(name);
  if (!parts) return undefined;
  const [, day, hour, minute, second = '00'] = parts;
  return readInstant(hour === undefined ? `${day}T23:59:59Z` : `${day}T${hour}:${minute}:${second}Z`);
}

/** The latest time any row of a payload names, looking two levels deep. */
function latestIn(body: unknown, depth = 0): Date | undefined {
  let latest: Date | undefined;
  const consider = (at: Date | undefined): void => {
    if (at && (!latest || at > latest)) latest = at;
  };
  if (Array.isArray(body)) for (const row of body) consider(latestIn(row, depth));
  else if (isRecord(body)) {
    for (const key of CHANGED) consider(readInstant(body[key]));
    if (depth < 2) for (const value of Object.values(body)) if (Array.isArray(value)) consider(latestIn(value, depth + 1));
  }
  return latest;
}

/** When a whole payload was recorded: what it says itself, the newest row in it, or the name of its file. */
function timeOfPayload(name: string, body: unknown): Date | undefined {
  const stated = isRecord(body) ? FETCHED.map((key) => readInstant(body[key])).find((at) => at !== undefined) : undefined;
  return stated ?? latestIn(body) ?? timeOfName(name);
}

/** Rows of comma-separated text as objects; quoted cells may hold commas, quotes and line breaks. */
export function readTable(text: string): Record<string, string>[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  const [header = [], ...records] = rows;
  return records.map((cells) => Object.fromEntries(header.map((key, index) => [key, cells[index] ?? ''])));
}

/**
 * The frames of one file. `.jsonl` holds one frame a line as `{at, body, key?, confirms?}`; `.csv` one row a frame;
 * anything else is one payload. A line or file without a time takes the one before it, or `otherwise`.
 */
export function framesOfFile(name: string, text: string, otherwise: Date): Frame[] {
  if (name.endsWith('.jsonl')) {
    let at = otherwise;
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): Frame => {
        const record = parseJson(line);
        if (!isRecord(record) || !('body' in record)) return { body: line, at, key: name };
        at = readInstant(record['at']) ?? at;
        return {
          body: record['body'],
          at,
          confirms: record['confirms'] === true,
          ...(typeof record['key'] === 'string' && { key: record['key'] }),
        };
      });
  }
  if (name.endsWith('.csv')) {
    return readTable(text).map((row) => ({
      body: row,
      at: latestIn(row) ?? readInstant(row['timestamp']) ?? timeOfName(name) ?? otherwise,
    }));
  }
  const body = parseJson(text);
  return [{ body: body ?? text, at: timeOfPayload(name, body) ?? otherwise, key: name }];
}

/** Moves the times of an event by a rule, so that a recording seems to happen now. */
export const retimed = <E extends { at: Date }>(event: E, move: (at: Date) => Date): E => ({
  ...event,
  at: move(event.at),
  ...('endAt' in event && event.endAt instanceof Date && { endAt: move(event.endAt) }),
});
