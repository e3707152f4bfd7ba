/** Single keys and chords; off inside inputs, and off altogether when the person says so (WCAG 2.1.4). */
import { useEffect, useRef } from 'react';
import { preferences } from './preferences.ts';

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Keys as written on them (`j`, `/`, `?`, `Escape`), chords as `g u`, with modifiers as `mod+k`. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    let first: string | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pressed = (event: KeyboardEvent) => {
      const key = event.metaKey || event.ctrlKey ? `mod+${event.key.toLowerCase()}` : event.key;
      if (event.altKey || (!key.startsWith('mod+') && (typing(event.target) || !preferences().shortcuts))) return;
      const action = (first === null ? undefined : latest.current[`${first} ${key}`]) ?? latest.current[key];
      first = null;
      clearTimeout(timer);
      if (action) {
        action(event);
        return;
      }
      if (Object.keys(latest.current).some((name) => name.startsWith(`${key} `))) {
        first = key;
        timer = setTimeout(() => {
          first = null;
        }, 1_200);
      }
    };
    addEventListener('keydown', pressed);
    return () => {
      removeEventListener('keydown', pressed);
      clearTimeout(timer);
    };
  }, []);
}
