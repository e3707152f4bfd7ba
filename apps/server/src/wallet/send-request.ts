/** One POST to an operator's wallet. Whatever goes wrong is a reply too: nothing is thrown, nothing hangs, nothing is followed. */
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { Guard } from './guard-address.ts';
import { neverLeft, type Reply } from './outcome.rules.ts';

export type Sent = { reply: Reply; milliseconds: number };
export type Sender = {
  /** Sends these bytes and waits at most `budgetMs` for the whole answer. */
  send(url: string, body: string, headers: Record<string, string>, budgetMs: number): Promise<Sent>;
  close(): Promise<void>;
};
type Posted = { target: URL; body: string; headers: Record<string, string>; budgetMs: number };

const LARGEST_ANSWER_BYTES = 65_536;
const CONNECT_WITHIN_MS = 2_000;
const HEADERS_BYTES = 16_384;
const OWN_HEADERS = { 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'Predictu-Wallet/1' };
/** Statuses below it announce an answer that is still to come. */
const FIRST_FINAL_STATUS = 200;

/** The connections to one operator's wallet: at most `connections`, kept alive between requests. */
export function openSender(guard: Guard, connections: number): Sender {
  const agent = new Agent({
    connect: buildConnector({ lookup: guard.lookup, timeout: CONNECT_WITHIN_MS }),
    connections,
    pipelining: 1,
    maxResponseSize: LARGEST_ANSWER_BYTES,
    maxHeaderSize: HEADERS_BYTES,
    // The budget bounds all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  async function once(url: string, body: string, headers: Record<string, string>, budgetMs: number): Promise<Reply> {
    try {
      const target = new URL(url);
      guard.checkHost(target.hostname);
      return await post(agent, { target, body, headers: { ...headers, ...OWN_HEADERS }, budgetMs });
    } catch (error) {
      return failureOf(error);
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

/**
 * Not undici's `request`: its stream and signal take a sixth of the time of an answer at once, and a signal that times out is kept, with all
 * that hangs on it, until the next full collection of garbage.
 */
function post(agent: Agent, { target, body, headers, budgetMs }: Posted): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let status = 0;
    let late: Error | undefined;
    let controller: Dispatcher.DispatchController | undefined;
    const timer = setTimeout(() => {
      late = new Error(`No answer within ${budgetMs} ms`);
      controller?.abort(late);
      resolve({ kind: 'lost', detail: late.message });
    }, budgetMs);
    const options = { origin: target.origin, path: `${target.pathname}${target.search}`, method: 'POST', headers, body } as const;
    agent.dispatch(options, {
      onRequestStart(given) {
        controller = given;
        // A connection that came too late must not carry it.
        if (late) given.abort(late);
      },
      onResponseStart(_controller, given) {
        status = given;
      },
      onResponseData(_controller, part) {
        parts.push(part);
      },
      onResponseEnd() {
        clearTimeout(timer);
        if (status >= FIRST_FINAL_STATUS) resolve({ kind: 'answered', status, text: new TextDecoder().decode(Buffer.concat(parts)) });
      },
      onResponseError(_controller, error) {
        clearTimeout(timer);
        reject(error);
      },
    });
  });
}

function failureOf(error: unknown): Reply {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: { code?: string }[] };
  const detail = [code, message].filter(Boolean).join(': ') || String(error);
  // Several addresses were tried: none of them may have been reached.
  const codes = errors?.length ? errors.map((each) => each.code) : [code];
  return neverLeft(codes) ? { kind: 'unsent', detail } : { kind: 'lost', detail };
}
