/** The engine under the clock of a history, and the people who act on it by the contract's own endpoints. */
import { type Endpoint, schemasOf } from '@predictu/contract/endpoint';
import { isRefusal } from '@predictu/contract/errors';
import type { Access } from '../access/access.ts';
import type { Rollups } from '../insights/insights.ts';
import type { Actor } from '../platform/actor.ts';
import type { VirtualClock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { Answer, Route } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import type { Settlement } from '../settlement/settlement.ts';
import type { TradePayments, Trading } from '../trading/trading.ts';
import type { Wallet } from '../wallet/wallet.ts';

/** The services of the platform, opened on a clock that the history moves. */
export type PastServices = {
  database: Database;
  access: Access;
  trading: Trading;
  payments: TradePayments;
  settlement: Settlement;
  wallet: Wallet;
  rollups: Pick<Rollups, 'run'>;
  newId: NewId;
  routes: readonly Route[];
  /** The worker's tasks, by their names. */
  jobs: Readonly<Record<string, (payload: unknown) => Promise<unknown>>>;
  close(): Promise<void>;
};
export type Past = PastServices & { clock: VirtualClock };

export const DEMO = { kind: 'worker', name: 'demo' } as const;

/** What somebody does by an endpoint: the same handler and the same checks of the body as over HTTP. @throws what it refuses */
export async function act<E extends Endpoint>(
  { database, routes, clock, newId }: Past,
  actor: Actor,
  endpoint: E,
  input: { params?: Record<string, string>; body?: unknown } = {},
): Promise<Exclude<Answer<E>, { refused: string }>> {
  const found = routes.find((route) => route.endpoint === endpoint);
  if (!found) throw new Error(`Nobody serves ${endpoint.method} ${endpoint.path}`);
  const read = {
    params: schemasOf(endpoint).params?.parse(input.params),
    query: undefined,
    body: schemasOf(endpoint).body?.parse(input.body ?? {}),
    idempotencyKey: undefined,
    bodyHash: '',
    lastEventId: undefined,
  };
  const client = { ip: '127.0.0.1', userAgent: null, origin: null };
  const answer = await database.as(actor, 'write', (db) =>
    found.handler({ db, actor, now: clock.now(), newId, requestId: `demo-${newId()}`, client, setHeader() {} } as never, read as never),
  );
  if (isRefusal(answer)) throw new Error(`${endpoint.path}: ${answer.message}`);
  return answer as Exclude<Answer<E>, { refused: string }>;
}
