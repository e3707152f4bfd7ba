/** The session of a console, as its screens follow it. */
import { useSyncExternalStore } from 'react';
import type { Session, SessionStore } from './session-store.ts';

export const useSession = <Person>(store: SessionStore<Person>): Session<Person> | null =>
  useSyncExternalStore(store.subscribe, store.read);
