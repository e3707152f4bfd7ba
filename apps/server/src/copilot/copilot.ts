/**
 * Door of the copilot. Nouns: score (a probability of a question by its words, and later its outcome).
 * Invariants: a score never changes after it was given; an outcome is told once, by settlement or by the holder of its token.
 */
export { scoreMarkets } from './score-markets.ts';
