/** Display names of simulated players. */
const FIRST = 'lucky quiet red river north silver early bold green late sunny paper iron swift plain amber'.split(' ');
const SECOND = 'fox otter harbor dice comet lark anchor badger maple rook heron lantern pilot pepper wolf mill'.split(' ');

/** A player's display name, from its number and a draw in [0, 1). */
export const usernameOf = (index: number, draw: number): string =>
  `${FIRST[index % FIRST.length]}_${SECOND[Math.floor(draw * SECOND.length)]}_${index + 1}`;
