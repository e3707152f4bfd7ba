/** PING: is the wallet there, and does it accept our signature. For people step by step; every minute for health. BALANCE asks for a balance. */
import { lookup } from 'node:dns/promises';
import type { PingResult } from '@predictu/contract/shapes/wallet-settings';
import { type Cents, cents } from '@predictu/contract/units';
import type { Actor } from '../platform/actor.ts';
import type { Db } from '../platform/db.ts';
import { type Asked, type Asking, askWallet } from './ask-wallet.ts';
import { insertAttempts } from './attempt.sql.ts';
import { bodyOf } from './call.rules.ts';
import { rememberBalance } from './call.sql.ts';
import { operatorsToPing, recordHealth } from './endpoint.sql.ts';
import { mayConnect } from './guard-address.ts';
import { type Endpoint, endpointOf, endpointStatements } from './read-endpoint.ts';

const WORKER: Actor = { kind: 'worker', name: 'wallet' };
const WAITS_MS = 2_000;
type Method = 'PING' | 'BALANCE';

/** Asks what moves no money, and logs it. A string says why nothing was sent. */
async function ask(asking: Asking, endpoint: Endpoint, method: Method, params: Record<string, unknown>): Promise<Asked | string> {
  const { database, clock, newId, lines } = asking;
  const { operatorId, concurrency } = endpoint.settings;
  if (endpoint.obstacle !== null) return endpoint.obstacle;
  const place = await lines.of(operatorId, concurrency).enter(WAITS_MS);
  if (place === 'busy') return 'All connections to the wallet are in use';
  if (place === 'open') return 'The wallet has failed several times in a row; requests rest for up to half a minute';
  const id = newId();
  const body = bodyOf({ id, operatorId, method, createdAt: clock.now() }, params);
  const asked = await askWallet(asking, endpoint, place, { id, method, body, transactionId: null, callId: null });
  if (asked === 'late') return 'Nothing was sent in time';
  await database.exchange(WORKER, 'write', [insertAttempts([asked.attempt])]);
  return asked;
}

async function read({ database, clock }: Asking, operatorId: bigint): Promise<Endpoint> {
  const now = clock.now();
  return endpointOf(await database.exchange(WORKER, 'read', endpointStatements(operatorId, now)), operatorId, now);
}

/** Sends a PING and remembers how the wallet stands. */
export async function pingWallet(asking: Asking, operatorId: bigint, loopback: boolean): Promise<PingResult> {
  const endpoint = await read(asking, operatorId);
  const asked = await ask(asking, endpoint, 'PING', {});
  const now = asking.clock.now();
  const detail = typeof asked === 'string' ? asked : asked.attempt.detail;
  const ok = typeof asked !== 'string' && asked.outcome.kind === 'confirmed';
  await asking.database.as(WORKER, 'write', (db) => recordHealth(db, operatorId, ok, detail, now));
  return explain(endpoint, asked, await addressOf(endpoint.settings.callbackUrl, loopback));
}

async function addressOf(url: string | null, loopback: boolean): Promise<{ ok: boolean; detail: string }> {
  if (url === null) return { ok: false, detail: 'There is none' };
  try {
    const addresses = await lookup(new URL(url).hostname.replace(/^\[|\]$/g, ''), { all: true });
    const texts = addresses.map(({ address }) => address);
    const bad = texts.find((address) => !mayConnect(address, loopback));
    return { ok: bad === undefined, detail: bad === undefined ? texts.join(', ') : `${bad} is not a public address` };
  } catch (error) {
    return { ok: false, detail: (error as Error).message };
  }
}

function explain(endpoint: Endpoint, asked: Asked | string, address: { ok: boolean; detail: string }): PingResult {
  const url = endpoint.settings.callbackUrl;
  const steps: PingResult['steps'] = [{ step: 'callback_url', ok: url !== null, detail: url ?? 'No callback URL is set' }];
  if (url !== null) steps.push({ step: 'address', ...address });
  if (typeof asked === 'string') {
    steps.push({ step: 'request', ok: false, detail: asked });
    return { ok: false, steps, http_status: null, milliseconds: null, answer: null };
  }
  const { outcome, attempt } = asked;
  const secrets = endpoint.secrets.length;
  const webhook =
    secrets === 0 ? '; no webhook secret has been made' : secrets === 1 ? ' and the webhook secret' : ` and ${secrets} webhook secrets`;
  const refused = outcome.kind === 'refused' && outcome.code === 'INVALID_SIGNATURE';
  steps.push({
    step: 'signature',
    ok: !refused,
    detail: refused ? 'The wallet did not accept it' : `Signed by ${endpoint.key?.kid ?? 'a new key'}${webhook}`,
  });
  const answered = attempt.httpStatus !== null;
  const status = `HTTP ${attempt.httpStatus} after ${attempt.milliseconds} ms`;
  steps.push({ step: 'request', ok: answered, detail: answered ? status : (attempt.detail ?? 'No answer') });
  const ok = outcome.kind === 'confirmed';
  if (answered) steps.push({ step: 'answer', ok, detail: ok ? 'OK' : (attempt.detail ?? 'Not OK') });
  return { ok, steps, http_status: attempt.httpStatus, milliseconds: attempt.milliseconds, answer: attempt.answer };
}

/** PINGs every operator with a callback URL; a slow one holds up none of the others. */
export async function pingAll(asking: Asking, loopback: boolean): Promise<void> {
  const ids = await asking.database.as(WORKER, 'read', (db: Db) => operatorsToPing(db));
  await Promise.allSettled(ids.map((id) => pingWallet(asking, id, loopback)));
}

/** A player's balance as the wallet says it, remembered; null when it cannot be had. */
export async function askBalance(asking: Asking, player: { operatorId: bigint; id: bigint; externalId: string }): Promise<Cents | null> {
  const endpoint = await read(asking, player.operatorId);
  const asked = await ask(asking, endpoint, 'BALANCE', { player_id: player.externalId, currency: endpoint.settings.currency });
  if (typeof asked === 'string' || asked.outcome.kind !== 'confirmed' || asked.outcome.balance === null) return null;
  const balance = cents(asked.outcome.balance);
  await asking.database.exchange(WORKER, 'write', [rememberBalance(player.operatorId, player.id, balance, asking.clock.now())]);
  return balance;
}
