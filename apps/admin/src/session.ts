/** The session of a platform admin. */
import { ENDPOINTS } from '@predictu/ui/api/admin-endpoints.gen.ts';
import { createClient } from '@predictu/ui/api/client.ts';
import { createSessionStore } from '@predictu/ui/api/session-store.ts';
import type { Answer } from '@predictu/ui/api/wire.ts';

export type Admin = Answer<'adminLogin'>['data']['user'];

export const session = createSessionStore<Admin>('admin');
export const client = createClient({ endpoints: ENDPOINTS, token: session.token, onUnauthorised: session.end });
