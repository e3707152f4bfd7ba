/** Who and what trades in the million, by number. Every id follows from one base. */
import { encodeId } from '@predictu/contract/ids';

export const MILLION = { operators: 5, players: 200_000, markets: 2_000, trades: 1_000_000, days: 90 } as const;
/** This part of the players is there from the start; the rest come evenly over the days. */
export const EARLY = 0.4;

/** Places of each kind of id above the base; bench/million.sql uses the same. */
const PLAYER = 1_000n;
const SESSION = 1_000_000n;
const MARKET = 3_000_000n;

export const operatorOf = (base: bigint, player: number): bigint => base + 1n + BigInt(player % MILLION.operators);
export const playerOf = (base: bigint, player: number): bigint => base + PLAYER + BigInt(player);
export const sessionOf = (base: bigint, player: number): bigint => playerOf(base, player) + SESSION;
export const marketOf = (base: bigint, market: number): bigint => base + MARKET + BigInt(market);
export const marketNameOf = (base: bigint, market: number): string => encodeId('market', marketOf(base, market));
