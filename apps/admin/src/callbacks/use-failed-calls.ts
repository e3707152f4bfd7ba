import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';

const QUERY = { query: { status: 'failed', limit: 5 } } as const;

/** Callbacks that wait for a person: the latest five and how many; asked once for every place that says so. */
export const useFailedCalls = (): Answer<'listWalletCalls'> | undefined => useEndpoint('listWalletCalls', QUERY, { every: 30_000 }).data;
