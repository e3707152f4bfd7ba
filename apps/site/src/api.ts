/** Calls of the public API. */
import { ApiError, createClient } from '@predictu/ui/api/client.ts';
import { ENDPOINTS } from '@predictu/ui/api/public-endpoints.gen.ts';
import { element } from './page.ts';

export const client = createClient({ endpoints: ENDPOINTS, token: () => null });

/** A failure in the words of the API, with the id to name when it is reported. */
export function problemWords(error: unknown): HTMLElement {
  const said = error instanceof ApiError ? error.message : 'Something went wrong on this page';
  const id = error instanceof ApiError && error.requestId ? [` Request ${error.requestId}`] : [];
  return element('p', 'problem shown', [said, ...id]);
}
