/** Server-sent events: read, and gone on with after the last one seen whenever the stream ends. */
import { ApiConnectionError, ApiError, PredictuError } from './errors.ts';
import { chance, pause } from './runtime.ts';

export type StreamEvent<T> = { id: string; event: string; data: T };
export type StreamOptions = {
  /** Ends the stream. So does leaving the loop. */
  signal?: AbortSignal;
  /** Goes on after this event, such as the last one before a restart. */
  lastEventId?: string;
};
type Open = (lastEventId: string | undefined, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;

const AGAIN_MS = 1_000;
const LONGEST_AGAIN_MS = 30_000;

/** One block between empty lines; undefined for comments and for what has no data. */
function readEvent<T>(block: string): StreamEvent<T> | undefined {
  const fields: Record<string, string> = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, '');
    fields[name] = name === 'data' && fields['data'] !== undefined ? `${fields['data']}\n${value}` : value;
  }
  if (fields['data'] === undefined) return undefined;
  return { id: fields['id'] ?? '', event: fields['event'] ?? 'message', data: JSON.parse(fields['data']) as T };
}

/** Blocks of a body, however it is cut into chunks. */
async function* blocksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let waiting = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      waiting += decoder.decode(value, { stream: true });
      const blocks = waiting.split('\n\n');
      waiting = blocks.pop() ?? '';
      yield* blocks;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

export class EventStream<T> implements AsyncIterable<StreamEvent<T>> {
  private readonly open: Open;
  private readonly options: StreamOptions;
  constructor(open: Open, options: StreamOptions) {
    this.open = open;
    this.options = options;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<StreamEvent<T>, void> {
    const ended = new AbortController();
    const stop = () => ended.abort(this.options.signal?.reason);
    if (this.options.signal?.aborted) stop();
    this.options.signal?.addEventListener('abort', stop, { once: true });
    let { lastEventId } = this.options;
    let failures = 0;
    try {
      while (!ended.signal.aborted) {
        try {
          for await (const block of blocksOf(await this.open(lastEventId, ended.signal))) {
            failures = 0;
            const event = readEvent<T>(block);
            if (!event) continue;
            if (event.id) lastEventId = event.id;
            yield event;
          }
        } catch (error) {
          if (ended.signal.aborted) return;
          if (error instanceof ApiError ? !error.retryable : error instanceof PredictuError && !(error instanceof ApiConnectionError))
            throw error;
          failures += 1;
        }
        await pause(Math.min(LONGEST_AGAIN_MS, AGAIN_MS * 2 ** failures) * (0.5 + chance() / 2), ended.signal).catch(() => undefined);
      }
    } finally {
      this.options.signal?.removeEventListener('abort', stop);
      ended.abort();
    }
  }
}
