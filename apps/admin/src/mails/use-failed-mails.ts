import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { useNow } from '@predictu/ui/kit/figures.tsx';

const WEEK_MS = 7 * 86_400_000;
const HOUR_MS = 3_600_000;

/** E-mails of the last week that have failed for good, as what is older is history: the latest three and how many; asked once for every place that says so. */
export function useFailedMails(): Answer<'listMails'> | undefined {
  const from = new Date(useNow(HOUR_MS).getTime() - WEEK_MS).toISOString().slice(0, 10);
  return useEndpoint('listMails', { query: { status: 'failed', from, limit: 3 } }, { every: 300_000 }).data;
}
