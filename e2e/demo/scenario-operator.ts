/** An operator of the scenario's own in a running demo: made by the administrator, left suspended and without money, so that the demo's own stay as they are. */
import { expect } from 'vitest';
import { PredictuOperator } from '../../packages/sdk/src/index.ts';
import { openNetwork, openSilence } from '../../packages/sdk/test/network.ts';
import type { Step } from '../../packages/sdk/test/run-scenario.ts';
import { DEMO, signInTo, type Visit } from './stage.ts';

/** What one step asks at most. */
const LEAST_LEFT = 12;
/** A limit beyond this takes more requests than a minute has time for. */
const MOST_TO_USE_UP = 600;

export type ScenarioOperator = {
  /** What a runner is told. */
  known: Record<string, string>;
  /** The steps this demo can play: its own limit has to be one that can be reached. */
  playable(steps: readonly Step[]): Step[];
  close(): Promise<void>;
};
type Created = { data: { id: string; slug: string; api_key: string; api_secret: string } };

/** As far as its players may come in; a page of this machine needs no domain. */
const ONBOARDING = [
  { action: 'advance', step: 'branding', data: { primary_color: '#0b7285', secondary_color: '#f4f6f8', display_name: 'Scenario' } },
  { action: 'skip', step: 's2s_config' },
  { action: 'advance', step: 'embed_setup', data: { embed_origins: ['http://127.0.0.1:4000'] } },
];

async function answered<T>(response: Promise<Response>, status: number): Promise<T> {
  const answer = await response;
  expect(answer.status, await answer.clone().text()).toBe(status);
  return (await answer.json()) as T;
}

async function createOperator(admin: Visit, library: string): Promise<Created['data']> {
  const moment = new Date();
  const slug = `scenario-${library.toLowerCase()}-${moment.getTime().toString(36)}`;
  const name = `Scenario of the ${library} library, ${moment.toISOString().slice(0, 19)}`;
  const { data } = await answered<Created>(admin.send('/operators', { slug, name, contact_email: `${slug}@predictu.local` }), 201);
  for (const step of ONBOARDING) await answered(admin.send(`/onboarding/${data.id}`, step), 200);
  return data;
}

async function enter(client: PredictuOperator, playerId: string): Promise<void> {
  const body = JSON.stringify({ token: await client.launchToken({ playerId }) });
  await answered(fetch(`${DEMO}/api/auth/embed-init`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }), 200);
}

/** Asks until nothing is left of the minute. */
async function useUp(authorization: string): Promise<void> {
  for (let asked = 0; asked < MOST_TO_USE_UP; asked += 1) {
    const { status } = await fetch(`${DEMO}/api/operator/risk`, { headers: { authorization } });
    if (status === 429) return;
  }
  throw new Error('The limit was not reached');
}

export async function openScenarioOperator(library: string): Promise<ScenarioOperator> {
  const [admin, neighbour] = await Promise.all([signInTo('admin'), signInTo('operator')]);
  const { id, slug, api_key: apiKey, api_secret: apiSecret } = await createOperator(admin, library);
  const client = new PredictuOperator({ apiKey, apiSecret, baseUrl: DEMO });
  await client.apiKeys.create({ name: 'server', permissions: ['server_api'] });
  const reader = await client.apiKeys.create({ name: 'reader', permissions: ['read_only'] });
  for (const playerId of ['first', 'second']) await enter(client, playerId);
  const [market] = (await client.markets.list({ limit: 1 })).data;
  const [stranger] = (await neighbour.ask<{ data: { id: string }[] }>('/users?limit=1')).data;
  const silence = await openSilence();
  // A limit is lifted by the next minute, for which the network waits.
  const setLimit = async ({ operator = 0 }: Record<string, number>, authorization: string) =>
    operator > 1 ? undefined : useUp(authorization);
  const network = await openNetwork({ to: DEMO, setLimit, leastLeft: LEAST_LEFT });
  const limit = client.rateLimit?.limit ?? 0;
  return {
    known: {
      base_url: network.url,
      api_key: apiKey,
      api_secret: apiSecret,
      reader_key: reader.api_key,
      reader_secret: reader.api_secret,
      operator_id: id,
      stranger: stranger?.id ?? '',
      market: market?.id ?? '',
      wallet_url: `${network.url}/wallet`,
      silent_url: silence.url,
    },
    playable: (steps) => steps.filter((step) => step.limit === undefined || limit <= MOST_TO_USE_UP),
    async close() {
      network.close();
      silence.close();
      const fresh = new PredictuOperator({ apiKey, apiSecret, baseUrl: DEMO });
      for await (const { id: player, balance_usd: amount } of fresh.users.list({ min_balance: 0.01 }))
        await fresh.users.adjustBalance(player, { action: 'withdraw', amount_usd: amount, reason: 'The scenario is over' });
      await answered(admin.send(`/operators/${slug}/suspend`, { reason: 'The scenario is over' }), 200);
    },
  };
}
