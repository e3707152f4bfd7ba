/** Which signing keys and webhook secrets count at an instant. At most two of a kind are live, so a rotation ends before the next begins. */

const MINUTE_MS = 60_000;
/** A new signing key is published this long before it signs: longer than a key set may be cached. */
export const PUBLISHED_BEFORE_MS = 10 * MINUTE_MS;
/** What was replaced stays live this long. */
export const RETIRES_AFTER_MS = 24 * 60 * MINUTE_MS;
/** How long a key set may be cached, seconds. */
export const KEY_SET_MAX_AGE_S = 300;

export type KeyLife = { id: bigint; activeFrom: Date; endsAt: Date | null };
export type KeyState = 'new' | 'active' | 'retiring' | 'ended';

const isLive = ({ endsAt }: { endsAt: Date | null }, now: Date): boolean => endsAt === null || now < endsAt;

/** Those not ended, oldest first. */
export const liveKeys = <K extends { id: bigint; endsAt: Date | null }>(keys: readonly K[], now: Date): K[] =>
  keys.filter((key) => isLive(key, now)).sort((a, b) => (a.id < b.id ? -1 : 1));

/** The key that signs now: the latest that is active; undefined when there is none. */
export const signingKey = <K extends KeyLife>(keys: readonly K[], now: Date): K | undefined =>
  liveKeys(keys, now).findLast(({ activeFrom }) => activeFrom <= now);

/** Where a key stands in its life. */
export function keyState(key: KeyLife, keys: readonly KeyLife[], now: Date): KeyState {
  if (!isLive(key, now)) return 'ended';
  if (key.activeFrom > now) return 'new';
  return signingKey(keys, now)?.id === key.id ? 'active' : 'retiring';
}

/** When a new signing key begins to sign and its predecessor ends; the very first signs at once. Null while a rotation is under way. */
export function planRotation(
  keys: readonly { id: bigint; endsAt: Date | null }[],
  now: Date,
  publishedBeforeMs: number,
): { activeFrom: Date; predecessor: { id: bigint; endsAt: Date } | null } | null {
  const live = liveKeys(keys, now);
  const [current, another] = live;
  if (another) return null;
  if (!current) return { activeFrom: now, predecessor: null };
  const activeFrom = new Date(now.getTime() + publishedBeforeMs);
  return { activeFrom, predecessor: { id: current.id, endsAt: new Date(activeFrom.getTime() + RETIRES_AFTER_MS) } };
}
