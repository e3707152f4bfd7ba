/** Server-sent events through `fetch`, because they need the bearer token. Resumes after the last id. */
import { useEffect, useRef, useState } from 'react';
import type { Client } from './client.ts';
import { useClient } from './use-endpoint.tsx';

export type ServerEvent = { id: string | null; event: string; data: unknown };
type Pending = { id: string | null; event: string; data: string[] };

const fresh = (): Pending => ({ id: null, event: 'message', data: [] });

/** Reads one stream to its end. */
export async function readEvents(body: ReadableStream<Uint8Array>, onEvent: (event: ServerEvent) => void): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  let pending = fresh();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (pending.data.length > 0) onEvent({ id: pending.id, event: pending.event, data: JSON.parse(pending.data.join('\n')) });
        pending = fresh();
      } else if (line.startsWith('id:')) pending.id = line.slice(3).trim();
      else if (line.startsWith('event:')) pending.event = line.slice(6).trim();
      else if (line.startsWith('data:')) pending.data.push(line.slice(5).trimStart());
    }
  }
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

async function follow(
  client: Client,
  address: string,
  signal: AbortSignal,
  onEvent: (event: ServerEvent) => void,
  onState: (live: boolean) => void,
) {
  let last: string | null = null;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const response = await client.open(address, { signal, headers: last === null ? {} : { 'last-event-id': last } });
      onState(true);
      failures = 0;
      await readEvents(response.body as ReadableStream<Uint8Array>, (event) => {
        last = event.id ?? last;
        onEvent(event);
      });
    } catch {
      failures += 1;
    }
    onState(false);
    await pause(Math.min(15_000, 500 * 2 ** failures), signal);
  }
}

/** Follows a stream while the screen stands; says whether it is connected. */
export function useEvents(address: string | null, onEvent: (event: ServerEvent) => void): boolean {
  const client = useClient();
  const [live, setLive] = useState(false);
  const listener = useRef(onEvent);
  listener.current = onEvent;
  useEffect(() => {
    if (address === null) return;
    const stop = new AbortController();
    void follow(client, address, stop.signal, (event) => listener.current(event), setLive);
    return () => stop.abort();
  }, [client, address]);
  return live;
}
