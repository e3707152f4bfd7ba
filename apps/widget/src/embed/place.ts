/** Where the player is, in the frame's own hash: back works, and a casino can link to a market. */
import { useSyncExternalStore } from 'react';
import { tellPage } from './bridge.ts';

/** Screens that are loaded when one of them is opened. */
const EXTRAS = ['account', 'watchlist', 'alerts', 'notifications', 'leaderboard', 'feed', 'referral', 'limits', 'profile'] as const;
export type ExtraScreen = (typeof EXTRAS)[number];
export type Place = { screen: 'markets' | 'market' | 'positions' | 'history' | ExtraScreen; id?: string };
const SCREENS = new Set<string>(['positions', 'history', ...EXTRAS]);

export const isExtra = (screen: Place['screen']): screen is ExtraScreen => (EXTRAS as readonly string[]).includes(screen);

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
