/** Who plays at Lucky Spins on the first day. */
import type { NewPlayer } from './ledger.ts';

/** The people a visitor can log in as; each shows another answer of the wallet. */
export const GUESTS: readonly NewPlayer[] = [
  { id: 'ls-ana', name: 'Ana', deposit: 500_00 },
  { id: 'ls-bruno', name: 'Bruno', deposit: 12_50 },
  { id: 'ls-chidi', name: 'Chidi', deposit: 250_00, betLimit: 5_00 },
  { id: 'ls-dara', name: 'Dara', deposit: 80_00, blocked: true },
];

const HOUSE_COUNT = 1_000;
/** The regulars, under the ids by which the platform's demo knows them. */
export const HOUSE_PLAYERS: readonly NewPlayer[] = Array.from({ length: HOUSE_COUNT }, (_, index) => {
  const number = String(index + 1).padStart(4, '0');
  return { id: `lsc-${number}`, name: `Regular ${number}`, deposit: 2_500_00 };
});
