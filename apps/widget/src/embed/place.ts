/** Where the player is, in the frame's own hash: back works, and a casino can link to a market. */
import { useSyncExternalStore } from 'react';
import { tellPage } from './bridge.ts';

export type Place = { screen: 'markets' | 'market' | 'positions' | 'history' | 'account'; id?: string };
const SCREENS = new Set(['positions', 'history', 'account']);

function placeOf(hash: string): Place {
  const [, screen = '', id] = hash.replace(/^#/, '').split('/');
  if (screen === 'markets' && id) return { screen: 'market', id };
  return { screen: SCREENS.has(screen) ? (screen as Place['screen']) : 'markets' };
}

export function goTo(path: string): void {
  location.hash = path;
  tellPage('navigate', { path });
  scrollTo(0, 0);
}

let hash = location.hash;
let place = placeOf(hash);
export const usePlace = (): Place =>
  useSyncExternalStore(
    (listener) => {
      addEventListener('hashchange', listener);
      return () => removeEventListener('hashchange', listener);
    },
    () => {
      if (hash !== location.hash) {
        hash = location.hash;
        place = placeOf(hash);
      }
      return place;
    },
  );
