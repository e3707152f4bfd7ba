/** The one line that places a trade: a demo player comes in as an operator's server would bring it in. */
import { randomUUID } from 'node:crypto';
import { encodeId } from '@predictu/contract/ids';
import { SignJWT } from 'jose';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { DemoFile } from './demo-file.ts';
import { loadMarkets } from './demo-players.ts';
import { VISITOR } from './demo-seed.rules.ts';

const LAUNCH_SECONDS = 120;

export async function exampleTrade(
  { database, clock }: { database: Database; clock: Clock },
  baseUrl: string,
  file: DemoFile,
): Promise<string | undefined> {
  const [keys] = file.operators;
  const [market] = await database.as({ kind: 'worker', name: 'demo' }, 'read', (db) => loadMarkets(db, clock.now()));
  if (!keys || !market) return undefined;
  const now = Math.floor(clock.now().getTime() / 1_000);
  const launch = await new SignJWT({ sub: VISITOR.externalId, jti: randomUUID() })
    .setProtectedHeader({ alg: 'HS256', kid: keys.api_key })
    .setIssuedAt(now)
    .setExpirationTime(now + LAUNCH_SECONDS)
    .sign(new TextEncoder().encode(keys.api_secret));
  const answer = await fetch(`${baseUrl}/api/auth/embed-init`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: launch }),
  });
  if (!answer.ok) return undefined;
  const { data } = (await answer.json()) as { data: { token: string } };
  const body = JSON.stringify({
    market_id: encodeId('market', market.marketId),
    outcome: 'yes',
    side: 'buy',
    amount_usd: 5,
    limit_price: 0.99,
  });
  return `curl -s ${baseUrl}/api/casino/trades -H 'authorization: Bearer ${data.token}' -H "idempotency-key: first-$(date +%s)" -H 'content-type: application/json' -d '${body}'`;
}
