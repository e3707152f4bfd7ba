/** Asks everything the server leans on how it is; a slow answer counts as none. */
import type { Downstream } from '@predictu/contract/public/health';

export type Probe = () => Promise<Downstream>;
export type Probes = Record<'supabase' | 'redis' | 'anthropic' | 'worker' | 'market_feed', Probe>;
export type HealthStatus = 'ok' | 'degraded' | 'down';

const PATIENCE_MS = 2_000;
export const NOT_CONFIGURED: Probe = async () => ({ state: 'not_configured', latency_ms: null, detail: null });

/** A probe that is one timed round trip: its failure is `down`, its message stays in the log. */
export const roundTrip =
  (trip: () => Promise<unknown>): Probe =>
  async () => {
    const start = performance.now();
    await trip();
    return { state: 'ok', latency_ms: Math.round((performance.now() - start) * 100) / 100, detail: null };
  };

async function ask(probe: Probe): Promise<Downstream> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Downstream>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'down', latency_ms: null, detail: `no answer within ${PATIENCE_MS} ms` }), PATIENCE_MS);
  });
  try {
    return await Promise.race([probe(), late]);
  } catch {
    return { state: 'down', latency_ms: null, detail: 'cannot be reached' };
  } finally {
    clearTimeout(timer);
  }
}

/** Without the database nothing works; anything else that is away only takes a part with it. */
export async function checkHealth(probes: Probes): Promise<{ status: HealthStatus; downstreams: Record<keyof Probes, Downstream> }> {
  const names = Object.keys(probes) as (keyof Probes)[];
  const answers = await Promise.all(names.map((name) => ask(probes[name])));
  const downstreams = Object.fromEntries(names.map((name, i) => [name, answers[i]])) as Record<keyof Probes, Downstream>;
  const impaired = answers.some(({ state }) => state === 'down' || state === 'degraded');
  return { status: downstreams.supabase.state === 'down' ? 'down' : impaired ? 'degraded' : 'ok', downstreams };
}
