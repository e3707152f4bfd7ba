/** Where a program can go: its rail, its palette, its `g` shortcuts. */
import type { IconName } from '../kit/icon.tsx';
import type { Address } from './address.ts';

export type Place = {
  to: string;
  label: string;
  icon: IconName /** The key after `g`. */;
  key?: string;
  group?: string;
  count?: string | number | undefined;
  hot?: boolean | undefined;
};

/** Something the palette found: an operator, a player, a trade, a market, an id pasted from anywhere. */
export type Found = { kind: string; label: string; detail?: string; to: string; search?: Address };

/** An act of the palette; dangerous ones open their dialog and never run. */
export type Act = { label: string; shortcut?: string; run: () => void };
