/** What a player chose for this browser; a frame that may keep nothing forgets it. */
import { useSyncExternalStore } from 'react';

export type OddsFormat = 'price' | 'percent' | 'decimal' | 'fractional' | 'american';
export type Choices = {
  odds: OddsFormat;
  language: string | null;
  /** Settled positions that the player has put away, where the operator lets it do so itself. */
  putAway: readonly string[];
};
const KEY = 'predictu.widget';

function stored(): Choices {
  const defaults: Choices = { odds: 'price', language: null, putAway: [] };
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Choices>) };
  } catch {
    return defaults;
  }
}

let current = stored();
const listeners = new Set<() => void>();

export function choose(changes: Partial<Choices>): void {
  current = { ...current, ...changes };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // A frame of another site may be denied storage: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export const choices = (): Choices => current;
export const useChoices = (): Choices =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, choices);
