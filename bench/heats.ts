/** The heats of the contest: who runs, with how many callers, on what; and which promise needs which. */
import type { Run } from './load.ts';
import { POOL_SIZES } from './peers/pools.ts';
import type { Contender } from './server.ts';
import type { Mix } from './workload.ts';

export type Heat = {
  contender: Contender;
  callers: number;
  mix: Mix;
  /** Server processes; of two, the second forwards. */
  processes: 1 | 2;
};
export type HeatName = `${Contender} ${number}${'' | ' one-market' | ' quotes'}${'' | ' two'}`;

export function nameOf({ contender, callers, mix, processes }: Heat): HeatName {
  return `${contender} ${callers}${mix === 'spread' ? '' : (` ${mix}` as const)}${processes === 2 ? ' two' : ''}`;
}

export const heat = (contender: Contender, callers: number, mix: Mix = 'spread', processes: 1 | 2 = 1): Heat => ({
  contender,
  callers,
  mix,
  processes,
});

/** Run in every round, so that their ratios are of the same moments. */
const BY_PROMISE: Record<number, readonly Heat[]> = {
  1: [heat('ours', 256), heat('txt', 256), heat('fn', 256), heat('ours', 64), heat('txt', 64), heat('fn', 64)],
  2: [heat('ours', 64), heat('fn', 64), heat('ours', 1), heat('fn', 1)],
  3: [heat('ours', 256), heat('ours', 256, 'spread', 2)],
  4: [heat('ours', 256), heat('ours', 256, 'one-market')],
};
/** Run once, for the table: no promise is made on them. */
const BESIDES: readonly Heat[] = [
  heat('ours', 64, 'quotes'),
  heat('ours', 256, 'quotes'),
  heat('txt', 1),
  ...([1, 64] as const).flatMap((callers) => [
    heat('ours', callers, 'one-market'),
    heat('ours', callers, 'spread', 2),
    heat('ours', callers, 'one-market', 2),
  ]),
  heat('ours', 256, 'one-market', 2),
];

const distinct = (heats: readonly Heat[]): Heat[] => [...new Map(heats.map((one) => [nameOf(one), one])).values()];

export const heatsOf = (promises: readonly number[]): Heat[] => distinct(promises.flatMap((number) => BY_PROMISE[number] ?? []));
export const besides = (): readonly Heat[] => BESIDES;

/** The pools a contender is tried with; the better one counts. A lone caller uses one connection, whatever the pool. */
export const poolsOf = ({ contender, callers }: Heat): readonly number[] =>
  contender === 'ours' || callers === 1 ? [POOL_SIZES[0]] : POOL_SIZES;

/** What the load generator is told. */
export const runOf = (one: Heat, ports: readonly number[], milliseconds: number): Run => ({
  state: one.contender,
  ports: ports.slice(0, one.processes),
  callers: one.callers,
  mix: one.mix,
  milliseconds,
});
