/** What people of the platform do in the course of the history, each thing at its part of the whole: breakers, voids, a pause, a correction. */
import { pauseMarket, resumeMarket } from '@predictu/contract/admin/markets';
import { acknowledgeRiskEvents, createBreaker, resetBreaker, tripBreaker } from '@predictu/contract/admin/risk';
import { changeSettlementRules, correctSettlement, resolveMarket } from '@predictu/contract/admin/settlements';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Staff } from './create-staff.ts';
import { keepCompany, limitVisitor } from './keep-company.ts';
import type { Board } from './market-board.ts';
import { act, DEMO, type Past } from './past.ts';
import { restrictFlagged, watchOwnPlayers } from './watch-players.ts';

export type Incidents = {
  /** Everything whose time has come; `passed` goes from 0 to 1. */
  run(passed: number): Promise<void>;
  /** What is left undecided when the history ends. */
  runLast(): Promise<void>;
};
type Desk = { past: Past; staff: Staff; board: Board };
type Incident = { at: number; happens(desk: Desk): Promise<void> };

const BREAKERS = [
  { scope: 'global', trigger_type: 'exposure_pct', trigger_threshold: 92, cooldown_minutes: 240, auto_reset: true },
  {
    scope: 'operator',
    scope_id: 'lucky-spins',
    trigger_type: 'exposure_pct',
    trigger_threshold: 85,
    cooldown_minutes: 180,
    auto_reset: true,
  },
  {
    scope: 'category',
    scope_id: 'entertainment',
    trigger_type: 'exposure_pct',
    trigger_threshold: 70,
    cooldown_minutes: 120,
    auto_reset: true,
  },
  { scope: 'category', scope_id: 'other', trigger_type: 'exposure_pct', trigger_threshold: 80, cooldown_minutes: 120, auto_reset: true },
] as const;

const REVIEW_MS = 5 * 3_600_000;
const SHIFT_MS = 8 * 3_600_000;

/** The market most is at stake in. */
async function largestMarket({ past }: Desk): Promise<bigint | undefined> {
  const [row] = await past.database.as(DEMO, 'read', (db) =>
    db.query<{ id: bigint }>(
      `select m.id from exposure e join markets m on m.id = e.key where e.operator_id = 0 and e.scope = 2 and m.status = 'active' and m.closed_at is null
       order by e.yes_shares + e.no_shares desc, m.id limit 1`,
    ),
  );
  return row?.id;
}

async function decideMarket(desk: Desk, resolution: 'void' | 'yes' | 'no', evidence: string): Promise<void> {
  const { past, staff, board } = desk;
  const id = await largestMarket(desk);
  if (id === undefined) return;
  await act(past, staff.admin, resolveMarket, { params: { market_id: encodeId('market', id) }, body: { resolution, evidence } });
  await past.settlement.run();
  await board.reload();
}

/** The latest result that paid somebody turns out to be the wrong way round. */
async function correctLast({ past, staff }: Desk): Promise<void> {
  const [last] = await past.database.as(DEMO, 'read', (db) =>
    db.query<{ id: bigint; outcome: 'yes' | 'no' }>(
      `select s.id, s.outcome from market_settlements s where s.status = 'decided' and s.outcome in ('yes', 'no') and s.corrects_id is null
         and exists (select from settlement_records r where r.settlement_id = s.id and r.payout_cents > 0 and r.losers > 0) order by s.id desc limit 1`,
    ),
  );
  if (!last) return;
  const resolution = last.outcome === 'yes' ? 'no' : 'yes';
  const evidence = 'The organiser published a corrected result; the first report had the sides exchanged.';
  await act(past, staff.admin, correctSettlement, {
    params: { settlement_id: encodeId('settlement', last.id) },
    body: { resolution, evidence },
  });
  await past.settlement.run();
}

/** At the start of a shift somebody takes note of what the one before left. */
async function readAlerts({ past, staff }: Desk): Promise<void> {
  const before = new Date(past.clock.now().getTime() - SHIFT_MS);
  const [last] = await past.database.as(DEMO, 'read', (db) =>
    db.query<{ id: bigint | null }>('select max(id) as id from risk_events where created_at < $1', [before]),
  );
  if (last?.id) await act(past, staff.admin, acknowledgeRiskEvents, { body: { through: encodeId('event', last.id as Id<'event'>) } });
}

/** Results held because two signals disagree are looked into by hand some hours later. */
async function reviewHeld({ past, staff }: Desk): Promise<void> {
  const before = new Date(past.clock.now().getTime() - REVIEW_MS);
  const held = await past.database.as(DEMO, 'read', (db) =>
    db.query<{ market_id: bigint; outcome: 'yes' | 'no' | 'split' }>(
      `select market_id, outcome from market_settlements where status = 'held' and proposed_at < $1 order by id`,
      [before],
    ),
  );
  for (const { market_id: marketId, outcome: resolution } of held) {
    const body = { resolution, evidence: 'Looked into by hand: the source is right, the last price was old.' };
    await act(past, staff.admin, resolveMarket, { params: { market_id: encodeId('market', marketId) }, body });
  }
  if (held.length > 0) await past.settlement.run();
}

/** A breaker that a person trips, and resets when it is over. */
function haltByHand(at: number, until: number, scope: 'global' | 'market', why: string, over: string): Incident[] {
  let params: { breaker_id: string } | undefined;
  return [
    {
      at,
      async happens(desk) {
        const marketId = scope === 'market' ? await largestMarket(desk) : undefined;
        if (scope === 'market' && marketId === undefined) return;
        const scopeId = marketId === undefined ? null : encodeId('market', marketId);
        const body = { scope, scope_id: scopeId, trigger_type: 'manual', cooldown_minutes: 60, auto_reset: false };
        const { data } = await act(desk.past, desk.staff.admin, createBreaker, { body });
        params = { breaker_id: encodeId('breaker', data.id) };
        await act(desk.past, desk.staff.admin, tripBreaker, { params, body: { reason: why } });
      },
    },
    {
      at: until,
      async happens({ past, staff }) {
        if (params) await act(past, staff.admin, resetBreaker, { params, body: { reason: over } });
      },
    },
  ];
}

async function isOver({ past }: Desk, marketId: bigint): Promise<boolean> {
  const found = await past.database.as(DEMO, 'read', (db) =>
    db.query(`select 1 from markets where id = $1 and status in ('resolved', 'cancelled')`, [marketId]),
  );
  return found.length > 0;
}

function pausedMarket(at: number, until: number): Incident[] {
  let paused: bigint | undefined;
  const change = async ({ past, staff, board }: Desk, endpoint: typeof pauseMarket, id: bigint, reason: string): Promise<void> => {
    await act(past, staff.admin, endpoint, { params: { market_id: encodeId('market', id) }, body: { reason } });
    await board.reload();
  };
  return [
    {
      at,
      async happens(desk) {
        paused = await largestMarket(desk);
        if (paused !== undefined) await change(desk, pauseMarket, paused, 'The wording is under review');
      },
    },
    {
      at: until,
      async happens(desk) {
        // In a long history it may have ended meanwhile.
        const over = paused === undefined || (await isOver(desk, paused));
        if (!over && paused !== undefined) await change(desk, resumeMarket, paused, 'The wording stands');
      },
    },
  ];
}

const setRules =
  (rules: { challenge_minutes: number; four_eyes: boolean }) =>
  ({ past, staff }: Desk): Promise<unknown> =>
    act(past, staff.admin, changeSettlementRules, { body: rules });

const incidents = (): Incident[] =>
  [
    {
      at: 0,
      async happens({ past, staff }: Desk) {
        for (const body of BREAKERS) await act(past, staff.admin, createBreaker, { body });
      },
    },
    ...haltByHand(0.18, 0.182, 'market', 'Two sources report different scores', 'Both sources agree again'),
    { at: 0.31, happens: (desk: Desk) => decideMarket(desk, 'void', 'The event was called off before it began.') },
    ...pausedMarket(0.42, 0.423),
    { at: 0.53, happens: (desk: Desk) => decideMarket(desk, 'void', 'The question named a competition that does not exist.') },
    { at: 0.61, happens: correctLast },
    ...haltByHand(0.68, 0.681, 'global', 'Price source under review', 'The price source was found sound'),
    { at: 0.79, happens: (desk: Desk) => decideMarket(desk, 'void', 'The event was abandoned and will not be repeated.') },
    { at: 0.88, happens: correctLast },
    ...[0.5, 0.7, 0.86, 0.95].map((at) => ({ at, happens: ({ past, staff }: Desk) => restrictFlagged(past, staff) })),
    ...[0.25, 0.5, 0.75].map((at) => ({ at, happens: readAlerts })),
    {
      at: 0.93,
      async happens({ past, staff }: Desk) {
        for (const operator of staff.operators) await watchOwnPlayers(past, operator);
      },
    },
    { at: 0.965, happens: ({ past, staff }: Desk) => keepCompany(past, staff) },
  ].sort((one, other) => one.at - other.at);

export function openIncidents(desk: Desk): Incidents {
  const waiting = incidents();
  const setStrict = setRules({ challenge_minutes: 0, four_eyes: true });
  const setUsual = setRules({ challenge_minutes: 0, four_eyes: false });
  return {
    async run(passed) {
      while ((waiting[0]?.at ?? 2) <= passed) await waiting.shift()?.happens(desk);
      await reviewHeld(desk);
    },
    async runLast() {
      await restrictFlagged(desk.past, desk.staff);
      await limitVisitor(desk.past, desk.staff);
      await readAlerts(desk);
      await setStrict(desk);
      await decideMarket(desk, 'yes', 'Announced by the organiser; waits for a second pair of eyes.');
      await decideMarket(desk, 'void', 'Cancelled by the organiser; waits for a second pair of eyes.');
      await setUsual(desk);
    },
  };
}
