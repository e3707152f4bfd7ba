/** The session of an operator's member. */
import { createClient } from '@predictu/ui/api/client.ts';
import { ENDPOINTS } from '@predictu/ui/api/operator-endpoints.gen.ts';
import { createSessionStore } from '@predictu/ui/api/session-store.ts';
import type { Answer } from '@predictu/ui/api/wire.ts';

export type Member = Answer<'operatorLogin'>['data']['user'];

export const session = createSessionStore<Member>('operator');
export const client = createClient({ endpoints: ENDPOINTS, token: session.token, onUnauthorised: session.end });
