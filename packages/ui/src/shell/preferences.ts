/** What a person chose for this browser: theme, density, single-key shortcuts. */
import { useSyncExternalStore } from 'react';

export type Preferences = { theme: 'system' | 'light' | 'dark'; density: 'normal' | 'dense'; shortcuts: boolean };
const KEY = 'predictu.preferences';
const DEFAULTS: Preferences = { theme: 'system', density: 'normal', shortcuts: true };

function stored(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return DEFAULTS;
  }
}

let current = stored();
const listeners = new Set<() => void>();
const dark = matchMedia('(prefers-color-scheme: dark)');

export function applyPreferences(): void {
  const theme = current.theme === 'system' ? (dark.matches ? 'dark' : 'light') : current.theme;
  document.documentElement.dataset['theme'] = theme;
  document.documentElement.classList.toggle('dense', current.density === 'dense');
}
dark.addEventListener('change', applyPreferences);
// Paper is light.
addEventListener('beforeprint', () => {
  document.documentElement.dataset['theme'] = 'light';
});
addEventListener('afterprint', applyPreferences);

export function changePreferences(changes: Partial<Preferences>): void {
  current = { ...current, ...changes };
  localStorage.setItem(KEY, JSON.stringify(current));
  applyPreferences();
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
export const preferences = (): Preferences => current;
export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences);
