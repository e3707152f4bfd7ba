/** The player's session: in memory only, because a frame on another site may keep nothing. */
import { createClient } from '@predictu/ui/api/client.ts';
import { ENDPOINTS } from '@predictu/ui/api/player-endpoints.gen.ts';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { useSyncExternalStore } from 'react';
import { framingPage, tellPage } from './bridge.ts';

export type Player = Answer<'embedInit'>['data']['user'];
export type State =
  | { phase: 'visitor' }
  | { phase: 'signing-in' }
  | { phase: 'player'; player: Player }
  | { phase: 'refused'; message: string };

let token: string | null = null;
let state: State = { phase: 'visitor' };
const listeners = new Set<() => void>();

function become(next: State): void {
  state = next;
  for (const listener of listeners) listener();
}

export const client = createClient({
  endpoints: ENDPOINTS,
  token: () => token,
  onUnauthorised: () => {
    token = null;
    become({ phase: 'visitor' });
    tellPage('session-expired');
  },
});

/** Turns a launch token into a session. Without one the frame is for browsing. */
export async function signIn(launchToken: string | null): Promise<void> {
  if (launchToken === null) return become({ phase: 'visitor' });
  become({ phase: 'signing-in' });
  try {
    token = null;
    const page = framingPage();
    const { data } = await client.call('embedInit', { body: { token: launchToken, ...(page !== null && { origin: page }) } });
    token = data.token;
    become({ phase: 'player', player: data.user });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    become({ phase: 'refused', message });
    tellPage('error', { error: { code: (error as { code?: string }).code ?? 'SESSION', message } });
  }
}

/** Whoever was not let in may be now: its page is asked for another token. */
export function tryAgain(): void {
  if (state.phase !== 'refused') return;
  become({ phase: 'visitor' });
  tellPage('session-expired');
}

export const useSessionState = (): State =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
