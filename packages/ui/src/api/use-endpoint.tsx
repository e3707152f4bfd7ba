/** Queries and acts of a screen, by operation name. */
import {
  keepPreviousData,
  QueryClient,
  QueryClientProvider,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { ApiError, type CallOptions, type Client } from './client.ts';
import type { Answer, Given, Operation } from './wire.ts';

const ClientContext = createContext<Client | null>(null);

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error('Stands outside of ApiProvider');
  return client;
}

/** Too many requests: the client has waited and asked again by itself; the next refresh waits as long as the server says. */
const retry = (failures: number, error: unknown): boolean =>
  error instanceof ApiError && error.retryable && error.waitMs === null && failures < 2;
/** An answer is good for this long: going back to a screen does not ask again; acts and events do. */
const FRESH_MS = 15_000;

export function ApiProvider({ client, children }: { client: Client; children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { retry, staleTime: FRESH_MS, refetchOnWindowFocus: true, placeholderData: keepPreviousData } },
      }),
  );
  return (
    <ClientContext.Provider value={client}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ClientContext.Provider>
  );
}

export type EndpointOptions = { enabled?: boolean /** Milliseconds between refreshes while the screen is visible. */; every?: number };

/** The answer of a GET operation; kept while its parameters change, so that a screen never blinks. */
export function useEndpoint<Op extends Operation>(
  operation: Op,
  given: Given<Op>,
  { enabled = true, every }: EndpointOptions = {},
): UseQueryResult<Answer<Op>, ApiError> {
  const client = useClient();
  return useQuery<Answer<Op>, ApiError>({
    queryKey: [operation, given],
    queryFn: ({ signal }) => client.call(operation, given, { signal }),
    enabled,
    // Not while the tab is hidden.
    refetchInterval: ({ state: { error } }) => error?.waitMs ?? every ?? false,
  });
}

/** An operation that changes something. `refreshes` names the lists it touches. Never optimistic. */
export function useAct<Op extends Operation>(operation: Op, refreshes: readonly Operation[] = []) {
  const client = useClient();
  const queries = useQueryClient();
  return useMutation<Answer<Op>, ApiError, Given<Op> & CallOptions>({
    mutationFn: ({ signal: _, idempotencyKey, ...given }) =>
      client.call(operation, given as unknown as Given<Op>, idempotencyKey === undefined ? {} : { idempotencyKey }),
    onSuccess: () => Promise.all(refreshes.map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
}

/** Asks every list of these operations again: what a live event does. */
export function useRefresh(): (operations: readonly Operation[]) => void {
  const queries = useQueryClient();
  return (operations) => {
    for (const name of operations) void queries.invalidateQueries({ queryKey: [name] });
  };
}
