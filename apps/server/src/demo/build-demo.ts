/**
 * Builds the demo on an empty installation: staff, three operators and some months of players, markets and trades, decided by the real
 * engine under a virtual clock that ends now.
 */
import { encodeId } from '@predictu/contract/ids';
import { type Clock, type VirtualClock, virtualClock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { admitPlayer } from '../players/players.ts';
import { addressInvoices } from './bill-operators.ts';
import { createStaff, type Staff } from './create-staff.ts';
import { DAY_MS, type DemoScale } from './demo-calendar.rules.ts';
import type { DemoFile } from './demo-file.ts';
import { DEMO_PASSWORD, VISITOR } from './demo-seed.rules.ts';
import { moveCash } from './make-move.ts';
import type { Past, PastServices } from './past.ts';
import { type PastCasinoOptions, startPastCasino } from './past-casino.ts';
import { playHistory } from './play-history.ts';
import type { Progress } from './progress.ts';

export type BuildOptions = {
  clock: Clock;
  /** Opens the platform's services on the clock of the history. */
  openPast(clock: VirtualClock): Promise<PastServices>;
  progress: Progress;
  /** Absent, every operator's money stays with the platform. */
  casino?: Pick<PastCasinoOptions, 'port' | 'journal' | 'log'>;
  scale: DemoScale;
};

/** Only an installation without operators gets a demo; anything else keeps its own. */
export const isEmpty = (database: Database): Promise<boolean> =>
  database.as({ kind: 'admin', adminId: 0n, email: 'demo', permissions: [] }, 'read', async (db) => {
    return (await db.query('select 1 from operators limit 1')).length === 0;
  });

export async function buildDemo({ clock, openPast, progress, casino, scale }: BuildOptions): Promise<DemoFile['operators']> {
  const end = clock.now();
  const pastClock = virtualClock(new Date(end.getTime() - scale.days * DAY_MS));
  const past: Past = { ...(await openPast(pastClock)), clock: pastClock };
  try {
    progress.step('operators and staff', 0);
    const staff = await createStaff(past);
    await inviteVisitor(past, staff);
    await addressInvoices(past, staff);
    const { webhookSecret } = await playHistory({
      past,
      scale,
      end,
      staff,
      ...(casino && { startCasino: (operator, secret) => startPastCasino({ past, ...casino, operator, webhookSecret: secret }) }),
      progress: (done) => progress.step(`${scale.days} days of trading`, done),
    });
    return staff.operators.map(({ operator, id, key }) => ({
      slug: operator.slug,
      operator_id: encodeId('operator', id),
      email: operator.member ?? '',
      password: DEMO_PASSWORD,
      api_key: key.apiKey,
      api_secret: key.apiSecret,
      ...(operator.ownWallet && webhookSecret !== undefined && { webhook_secret: webhookSecret }),
    }));
  } finally {
    await past.close();
  }
}

/** Somebody for the visitor of the demo to be: an account with money and no history. */
async function inviteVisitor(past: Past, { operators }: Staff): Promise<void> {
  const operatorId = operators[0]?.id;
  if (operatorId === undefined) return;
  const { database, clock, newId } = past;
  const { externalId, username, deposit } = VISITOR;
  const { id } = await database.as({ kind: 'access' }, 'write', async (db) => {
    const admitted = await admitPlayer(db, { operatorId, externalId, username, email: null }, clock.now(), newId);
    await db.query('update players set limit_tier = $3 where operator_id = $1 and id = $2', [operatorId, admitted.id, 'regular']);
    return admitted;
  });
  await moveCash(past, { operatorId, id, balance: 0n as typeof deposit }, 'deposit', deposit, `demo-first-${id}`);
}
