/** What happens, followed once for a whole console: it feeds the lists of activity, and makes what it touches be asked again. */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useEvents } from './follow-events.ts';
import { refreshPace } from './refresh-pace.ts';
import type { Operation, Row } from './wire.ts';

export type Activity = Row<'listOwnActivity'>;
/** The answers that an entry of each type makes out of date. */
export type Touches = Readonly<Record<Activity['type'], readonly Operation[]>>;

type Listener = (entry: Activity) => void;
type Live = { connected: boolean; recent: readonly Activity[]; listen: (listener: Listener) => () => void };

/** One screen asks the same thing again this often at most, however much happens. */
const LEAST_MS = 20_000;
const RECENT = 200;
/** What the stream makes out of date is good for this long until it does. */
const ANNOUNCED_MS = 60_000;

const Context = createContext<Live>({ connected: false, recent: [], listen: () => () => {} });

const watchVisibility = (changed: () => void) => {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
};
const useVisible = (): boolean => useSyncExternalStore(watchVisibility, () => document.visibilityState === 'visible');

/** `stream` is the address of the activity stream; nothing is followed while the tab is hidden. */
export function LiveProvider({ stream, touches, children }: { stream: string; touches: Touches; children: ReactNode }) {
  const queries = useQueryClient();
  const visible = useVisible();
  const listeners = useRef(new Set<Listener>());
  const recent = useRef<Activity[]>([]);
  const pace = useMemo(
    () => refreshPace(LEAST_MS, (operation: Operation) => void queries.invalidateQueries({ queryKey: [operation] })),
    [queries],
  );
  useEffect(() => {
    // Trades never end: what they touch has just been asked for when a console opens.
    for (const operation of touches.trade) pace.begin(operation);
    return pace.stop;
  }, [pace, touches]);
  useEffect(() => {
    for (const operation of new Set(Object.values(touches).flat())) queries.setQueryDefaults([operation], { staleTime: ANNOUNCED_MS });
  }, [queries, touches]);
  const connected = useEvents(visible ? stream : null, ({ data }) => {
    const entry = data as Activity;
    recent.current = [entry, ...recent.current].slice(0, RECENT);
    for (const operation of touches[entry.type]) pace.touch(operation);
    for (const listener of listeners.current) listener(entry);
  });
  const value = useMemo<Live>(
    () => ({
      connected,
      get recent() {
        return recent.current;
      },
      listen(listener) {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [connected],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export const useLive = (): Live => useContext(Context);

/** Hears every entry while the screen stands. */
export function useActivity(listener: Listener): void {
  const { listen } = useLive();
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => listen((entry) => latest.current(entry)), [listen]);
}
