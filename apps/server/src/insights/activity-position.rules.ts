/**
 * Where a reader of the activity feed stands, as opaque text. What is written beside trades becomes visible in another order than its ids, so
 * a place is what one snapshot of the database could see, with the last trade in it, and within that the last entry handed out.
 */

/** What there was at one moment: a snapshot as Postgres writes it, and the place of the last trade. */
export type Moment = { snapshot: string; lastTrade: bigint };
/** An entry: its id, and what tells it apart from others of that id; 0 for trades. */
export type Place = { id: bigint; number: bigint };
/** A page continues below `after`, among what there was at `at`. */
export type PageCursor = { at: Moment; after: Place };
/** A stream has handed out all there was at `from`, and of what came until `to` all up to `after`. */
export type StreamPosition = { from: Moment; until?: { to: Moment; after: Place } };

const LARGEST_ID = 2n ** 63n - 1n;
const LARGEST_TRANSACTION = 2n ** 64n - 1n;
const SNAPSHOT = /^(\d{1,20}):(\d{1,20}):(\d{1,20}(?:,\d{1,20})*)?$/;

/** What Postgres reads as a snapshot: anything else would be an error there. */
function isSnapshot(text: string): boolean {
  const [, low, high, running] = SNAPSHOT.exec(text) ?? [];
  if (low === undefined || high === undefined) return false;
  const [least, end] = [BigInt(low), BigInt(high)];
  if (least === 0n || least > end || end > LARGEST_TRANSACTION) return false;
  const ids = running === undefined ? [] : running.split(',').map(BigInt);
  return ids.every((id, index) => id >= least && id < end && (index === 0 || id > (ids[index - 1] as bigint)));
}

/** The first transaction a snapshot could not see for certain. */
export const oldestRunning = ({ snapshot }: Moment): string => snapshot.slice(0, snapshot.indexOf(':'));

const write = (kind: string, parts: readonly (string | bigint)[]): string =>
  Buffer.from([kind, ...parts].join('/'), 'latin1').toString('base64url');
const read = (text: string): string[] => Buffer.from(text, 'base64url').toString('latin1').split('/');

const idOf = (text: string | undefined): bigint | undefined => {
  if (text === undefined || !/^\d{1,19}$/.test(text)) return undefined;
  const id = BigInt(text);
  return id <= LARGEST_ID ? id : undefined;
};
function momentOf(snapshot: string | undefined, lastTrade: string | undefined): Moment | undefined {
  const trade = idOf(lastTrade);
  return snapshot !== undefined && trade !== undefined && isSnapshot(snapshot) ? { snapshot, lastTrade: trade } : undefined;
}
function placeOf(id: string | undefined, number: string | undefined): Place | undefined {
  const [read1, read2] = [idOf(id), idOf(number)];
  return read1 !== undefined && read2 !== undefined ? { id: read1, number: read2 } : undefined;
}

export const writeCursor = ({ at, after }: PageCursor): string => write('p', [at.snapshot, at.lastTrade, after.id, after.number]);

/** Undefined for anything that is not a cursor of this feed. */
export function readCursor(text: string): PageCursor | undefined {
  const [kind, snapshot, lastTrade, id, number, ...rest] = read(text);
  const [at, after] = [momentOf(snapshot, lastTrade), placeOf(id, number)];
  return kind === 'p' && rest.length === 0 && at && after ? { at, after } : undefined;
}

export const writePosition = ({ from, until }: StreamPosition): string =>
  write('s', [
    from.snapshot,
    from.lastTrade,
    ...(until ? [until.to.snapshot, until.to.lastTrade, until.after.id, until.after.number] : []),
  ]);

/** Undefined for anything that is not a position of this feed's stream. */
export function readPosition(text: string): StreamPosition | undefined {
  const [kind, snapshot, lastTrade, ...rest] = read(text);
  const from = momentOf(snapshot, lastTrade);
  if (kind !== 's' || !from) return undefined;
  if (rest.length === 0) return { from };
  const [to, after] = [momentOf(rest[0], rest[1]), placeOf(rest[2], rest[3])];
  return rest.length === 4 && to && after ? { from, until: { to, after } } : undefined;
}

/** Trades below a place: their number is 0, so one of the same id stands below every other entry of it. */
export const tradesBelow = ({ id, number }: Place): bigint => (number > 0n ? id + 1n : id);

const compare = (a: Place, b: Place): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
export const newestFirst = (a: Place, b: Place): number => compare(b, a);
export const oldestFirst = compare;
