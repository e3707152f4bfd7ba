/** One HTTP question to a source. Whatever goes wrong is an answer too: nothing is thrown, nothing hangs. */
import { Agent, request } from 'undici';
import type { Clock } from '../platform/clock.ts';
import { parseJson } from './json.rules.ts';
import { answeredAt, retryAfter } from './retry.rules.ts';

export type Answer =
  /** `body` is parsed JSON, or the text when it is none. */
  { ok: true; body: unknown; at: Date } | { ok: false; trouble: string; status: number | null; waitMs: number | null };

export type Asker = {
  ask(url: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
};

const LARGEST_ANSWER = 32 * 1024 * 1024;

/** Asks with a time limit on the whole answer, so that neither silence nor a trickle holds anything up. */
export function asker(clock: Clock, timeoutMs: number): Asker {
  const agent = new Agent({
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: LARGEST_ANSWER,
    connections: 4,
  });
  const closing = new AbortController();
  return {
    async ask(url, body) {
      const failed = (trouble: string, status: number | null = null, waitMs: number | null = null): Answer => ({
        ok: false,
        trouble: `${new URL(url).pathname}: ${trouble}`,
        status,
        waitMs,
      });
      try {
        const answer = await request(url, {
          dispatcher: agent,
          signal: AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]),
          headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
          ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        });
        const text = await answer.body.text();
        const { statusCode: status, headers } = answer;
        if (status !== 200) return failed(`HTTP ${status}`, status, retryAfter(headers['retry-after'], clock.now()) ?? null);
        return { ok: true, body: parseJson(text) ?? text, at: answeredAt(headers['date'], headers['age'], clock.now()) };
      } catch (error) {
        return failed(error instanceof Error ? error.message || error.name : 'no answer');
      }
    },
    async close() {
      closing.abort();
      await agent.destroy();
    },
  };
}
