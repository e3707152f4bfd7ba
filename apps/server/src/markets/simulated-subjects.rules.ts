/** What simulated questions are about, how many run at a time, and the clauses they share. */
import type { Category } from '@predictu/contract/shapes/category';

export type Template = {
  /** `{subject}`, `{level}` and `{date}` are filled in. */
  title: string;
  yes: string;
  source: string;
  tags: readonly string[];
  subjects: readonly string[];
  /** Round levels the question may ask about; the text of the level, or none. */
  levels?: readonly string[];
  otherwise: string;
};

export const NEVER_HAPPENED = 'If it has not happened by then, this market resolves NO.';
export const MATCH_CLAUSE =
  'A draw resolves NO. If the match is postponed by more than seven days or cancelled, this market resolves 50-50.';
export const PRINT_CLAUSE =
  'Only the first published figure counts; later revisions do not. If publication is delayed by more than 14 days, the previous figure is used.';
// The lengths are multiples of the slots that share a template, so that no two of them ever ask the same question at once.
export const NATIONS = [
  'Spain',
  'Germany',
  'Brazil',
  'Japan',
  'Portugal',
  'Morocco',
  'Belgium',
  'Croatia',
  'Uruguay',
  'Senegal',
  'Denmark',
  'Mexico',
  'Ghana',
  'Italy',
  'Austria',
];
export const ECONOMIES = [
  'the United States',
  'the euro area',
  'the United Kingdom',
  'Japan',
  'Canada',
  'Australia',
  'Switzerland',
  'Sweden',
];
export const COINS = ['Bitcoin', 'Ether', 'Solana', 'XRP', 'Dogecoin', 'Cardano', 'Chainlink', 'Litecoin', 'Avalanche', 'Polkadot'];
export const COUNTRIES = [
  'France',
  'Germany',
  'Poland',
  'Chile',
  'Canada',
  'Sweden',
  'South Korea',
  'the Netherlands',
  'Kenya',
  'Argentina',
  'Norway',
  'Ireland',
];
export const CITIES = [
  'New York',
  'London',
  'Paris',
  'Tokyo',
  'Sydney',
  'Madrid',
  'Toronto',
  'Seoul',
  'Chicago',
  'Berlin',
  'Vienna',
  'Lisbon',
  'Dublin',
  'Oslo',
  'Boston',
  'Melbourne',
  'Montreal',
  'Osaka',
  'Athens',
  'Warsaw',
];

/** Questions open at a time and how many days one runs, by category. */
export const CALENDAR: Record<Category, { slots: number; days: readonly [number, number] }> = {
  sports: { slots: 30, days: [2, 10] },
  crypto: { slots: 22, days: [3, 30] },
  politics: { slots: 20, days: [14, 75] },
  entertainment: { slots: 16, days: [7, 45] },
  economics: { slots: 16, days: [7, 45] },
  other: { slots: 16, days: [4, 40] },
};
