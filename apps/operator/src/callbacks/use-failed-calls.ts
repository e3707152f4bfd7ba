import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';

const QUERY = { query: { status: 'failed', limit: 1 } } as const;

/** How many callbacks wait for a person. */
export const useFailedCalls = (): number => useEndpoint('listOwnWalletCalls', QUERY, { every: 30_000 }).data?.pagination.total ?? 0;
