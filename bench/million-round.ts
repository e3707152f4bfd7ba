/** One round of requests at an even pace to the server of the million, in stretches that nobody disturbed. */
import type { Child } from './child.ts';
import type { MillionMeasured } from './million-load.ts';
import type { Answers } from './million-server.ts';
import { describeUndisturbed, undisturbed } from './undisturbed.ts';

/** Milliseconds of each answer, by list. */
export type Timed = Record<string, number[]>;
export type Round = {
  answers: Answers;
  trades: number;
  /** For people: what counted. */
  told: string;
};

/** More rounds than this would say no more, and one is a minute. */
export const MOST_ROUNDS = 3;
/** Short enough to lie between two bursts of a busy neighbour, long enough to see what half a percent of it is. */
const STRETCH_MS = 2_500;

/** `ask` sends requests for so many milliseconds. */
export async function measureRound(
  server: Child,
  { milliseconds, quick }: { milliseconds: number; quick: boolean },
  ask: (milliseconds: number) => Promise<MillionMeasured>,
): Promise<Round> {
  const wanted = quick ? 1 : Math.ceil(milliseconds / STRETCH_MS);
  const found = await undisturbed(wanted, async () => {
    const { trades } = await ask(quick ? milliseconds : STRETCH_MS);
    return { answers: await server.ask<Answers>({ want: 'times' }), trades };
  });
  const answers: Answers = {};
  for (const { answers: some } of found.counted)
    for (const [list, answered] of Object.entries(some)) answers[list] = [...(answers[list] ?? []), ...answered];
  return { answers, trades: found.counted.reduce((sum, { trades }) => sum + trades, 0), told: describeUndisturbed(found) };
}

export const timesOf = (answers: Answers): Timed =>
  Object.fromEntries(Object.entries(answers).map(([list, answered]) => [list, answered.map(({ milliseconds }) => milliseconds)]));

export const numberOf = (answers: Answers): number => Object.values(answers).reduce((sum, { length }) => sum + length, 0);
