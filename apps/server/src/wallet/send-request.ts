/** One POST to an operator's wallet. Whatever goes wrong is a reply too: nothing is thrown, nothing hangs, nothing is followed. */
import { Agent, buildConnector, request } from 'undici';
import type { Guard } from './guard-address.ts';
import { neverLeft, type Reply } from './outcome.rules.ts';

export type Sent = { reply: Reply; milliseconds: number };
export type Sender = {
  /** Sends these bytes and waits at most `budgetMs` for the whole answer. */
  send(url: string, body: string, headers: Record<string, string>, budgetMs: number): Promise<Sent>;
  close(): Promise<void>;
};

const LARGEST_ANSWER_BYTES = 65_536;
const CONNECT_WITHIN_MS = 2_000;
const HEADERS_BYTES = 16_384;

/** The connections to one operator's wallet: at most `connections`, kept alive between requests. */
export function openSender(guard: Guard, connections: number): Sender {
  const agent = new Agent({
    connect: buildConnector({ lookup: guard.lookup, timeout: CONNECT_WITHIN_MS }),
    connections,
    pipelining: 1,
    maxResponseSize: LARGEST_ANSWER_BYTES,
    maxHeaderSize: HEADERS_BYTES,
  });

  async function once(url: string, body: string, headers: Record<string, string>, budgetMs: number): Promise<Reply> {
    try {
      guard.checkHost(new URL(url).hostname);
      const answer = await request(url, {
        dispatcher: agent,
        method: 'POST',
        signal: AbortSignal.timeout(budgetMs),
        headersTimeout: budgetMs,
        bodyTimeout: budgetMs,
        headers: { ...headers, 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'Predictu-Wallet/1' },
        body,
      });
      return { kind: 'answered', status: answer.statusCode, text: await answer.body.text() };
    } catch (error) {
      return failureOf(error, budgetMs);
    }
  }

  return {
    async send(url, body, headers, budgetMs) {
      const begun = performance.now();
      const reply = await once(url, body, headers, budgetMs);
      return { reply, milliseconds: Math.round(performance.now() - begun) };
    },
    close: () => agent.destroy(),
  };
}

function failureOf(error: unknown, budgetMs: number): Reply {
  const { name, code, message, errors } = error as { name?: string; code?: string; message?: string; errors?: { code?: string }[] };
  if (name === 'TimeoutError') return { kind: 'lost', detail: `No answer within ${budgetMs} ms` };
  const detail = [code, message].filter(Boolean).join(': ') || String(error);
  // Several addresses were tried: none of them may have been reached.
  const codes = errors?.length ? errors.map((each) => each.code) : [code];
  return neverLeft(codes) ? { kind: 'unsent', detail } : { kind: 'lost', detail };
}
