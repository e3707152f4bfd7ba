/** Which players a list shows. */
import { chooseIds } from '../platform/choose.ts';
import type { Condition } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import { type Choice, placeInTime, type Slice, type Sort } from '../platform/page.ts';

export type PlayerStatus = 'active' | 'inactive' | 'suspended';
export type PlayerFilter = {
  /** Always given when an operator asks. */
  operatorId?: bigint | undefined;
  /** Part of the username, e-mail or external id, in whatever case. */
  search?: string | undefined;
  /** The player a searched text names as a whole id. */
  searchId?: bigint | undefined;
  tier?: 'normal' | 'sharp' | 'restricted' | 'banned' | undefined;
  /** Only those of a tier above normal. */
  flagged?: true | undefined;
  status?: PlayerStatus | undefined;
  /** Whoever was last seen before this is inactive. */
  seenSince: Date;
  /** Cents, both inclusive. */
  minBalance?: bigint | undefined;
  maxBalance?: bigint | undefined;
};
/** For files, which begin where a page ended and never count again: first seen in [from, to), by id. */
type InPeriod = { from?: Date | undefined; to?: Date | undefined };
type BySequence = Sort<'id'>;
export type PlayerSort = Sort<'created_at' | 'last_active' | 'trade_count' | 'balance' | 'pnl' | 'volume' | 'score' | 'win_rate'>;
/** `beside`: how many positions each has open, where they are counted in memory. */
export type PlayerChoice = Choice & { beside?: readonly number[] | undefined };
export type ChoosePlayers = (db: Db, filter: PlayerFilter, sort: PlayerSort, slice: Slice) => Promise<PlayerChoice>;

/** What the player has: at the platform, or what the operator's wallet last answered. `p` the player, `o` its operator. */
export const BALANCE = `case when o.wallet_mode = 'seamless' then greatest(coalesce(p.wallet_balance_cents, 0), 0) else p.balance_cents end`;
/** `$since` as a place: what makes an account that is not suspended an inactive one. */
export const inactiveSince = (since: string): string => `(p.status = 'inactive' or coalesce(p.last_active_at, p.created_at) < ${since})`;

/** What a search looks into. */
export const NAMES = `lower(coalesce(p.username, '') || E'\\n' || coalesce(p.email, '') || E'\\n' || p.external_id)`;
const part = (text: string): string => `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;

const ofStatus = ({ status, seenSince }: PlayerFilter): Condition[] => {
  if (status === undefined) return [];
  if (status === 'suspended') return [['p.status = ?', status]];
  return [
    [`p.status <> ?`, 'suspended'],
    [`${status === 'inactive' ? '' : 'not '}${inactiveSince('?')}`, seenSince],
  ];
};

const conditions = (filter: PlayerFilter & InPeriod): Condition[] => [
  ['p.operator_id = ?', filter.operatorId],
  filter.searchId === undefined ? [`${NAMES} like ?`, filter.search && part(filter.search)] : ['p.id = ?', filter.searchId],
  ['p.tier = ?', filter.tier],
  ['p.tier <> ?', filter.flagged && 'normal'],
  ...ofStatus(filter),
  [`${BALANCE} >= ?`, filter.minBalance],
  [`${BALANCE} <= ?`, filter.maxBalance],
  ['p.created_at >= ?', filter.from],
  ['p.created_at < ?', filter.to],
];

const ORDERS: Record<PlayerSort['sort'] | 'id', readonly (string | { optional: string })[]> = {
  id: ['p.id'],
  created_at: ['p.created_at', 'p.id'],
  last_active: [{ optional: 'p.last_active_at' }, 'p.id'],
  trade_count: ['p.trade_count', 'p.id'],
  balance: [BALANCE, 'p.id'],
  pnl: ['p.realized_pnl_cents', 'p.id'],
  volume: ['p.volume_cents', 'p.id'],
  score: ['p.score', 'p.id'],
  win_rate: [{ optional: 'p.won_count::double precision / nullif(p.closed_count, 0)' }, 'p.id'],
};

/** The slice's players and how many there are. Cursor keys: milliseconds of the first visit, and the id; sorted by it the id alone. */
export const choosePlayers = (
  db: Db,
  filter: PlayerFilter & InPeriod,
  { sort, order }: PlayerSort | BySequence,
  slice: Slice,
): Promise<Choice> =>
  chooseIds(db, {
    id: 'p.id',
    from:
      sort === 'balance' || filter.minBalance !== undefined || filter.maxBalance !== undefined
        ? 'players p join operators o on o.id = p.operator_id'
        : 'players p',
    filter: conditions(filter),
    after: [
      sort === 'id'
        ? [`p.id ${order === 'desc' ? '<' : '>'} ?`, slice.after?.[0]]
        : [
            `(p.created_at, p.id) ${order === 'desc' ? '<' : '>'} ((?::text[])[1]::timestamptz, (?::text[])[2]::bigint)`,
            placeInTime(slice.after),
          ],
    ],
    by: ORDERS[sort],
    order,
    slice,
  });
