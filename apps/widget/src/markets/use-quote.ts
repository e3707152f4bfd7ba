/** A binding quote for what the ticket says, and the seconds it still holds. A quote that ran out is never used: a new one is asked for. */
import { ApiError } from '@predictu/ui/api/client.ts';
import { useClient } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Body } from '@predictu/ui/api/wire.ts';
import { useNow } from '@predictu/ui/kit/figures.tsx';
import { useCallback, useEffect, useState } from 'react';

export type Quote = Answer<'requestQuote'>['data'];
export type Order = Body<'requestQuote'>;

const SETTLE_MS = 250;

export type Quoted = { quote: Quote | null; seconds: number; expired: boolean; refusal: ApiError | null; again: () => void };

export function useQuote(order: Order | null): Quoted {
  const client = useClient();
  const now = useNow(250);
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<{ quote: Quote | null; refusal: ApiError | null }>({ quote: null, refusal: null });
  const key = JSON.stringify(order);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is the order by value, `round` asks once more.
  useEffect(() => {
    setAnswer({ quote: null, refusal: null });
    if (!order) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      client.call('requestQuote', { body: order }, { signal: stop.signal }).then(
        ({ data }) => setAnswer({ quote: data, refusal: null }),
        (error) => !stop.signal.aborted && setAnswer({ quote: null, refusal: error instanceof ApiError ? error : null }),
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key, round]);
  const left = answer.quote ? Date.parse(answer.quote.expires_at) - now.getTime() : 0;
  return {
    ...answer,
    seconds: Math.max(0, Math.ceil(left / 1_000)),
    expired: answer.quote !== null && left <= 0,
    again: useCallback(() => setRound((count) => count + 1), []),
  };
}
