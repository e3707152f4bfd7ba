/** Who and what the benchmark trades with. Every id follows from one base, so that no list of them has to travel. */
import { encodeId } from '@predictu/contract/ids';

const OPERATORS = 3;
export const PLAYERS = 20_000;
export const MARKETS = 1_000;

/** Places of each kind of id above the base; bench/seed.sql uses the same. */
const PLAYER = 1_000n;
const SESSION = 100_000n;
const MARKET = 200_000n;

export const operatorId = (base: bigint, player: number): bigint => base + 1n + BigInt(player % OPERATORS);
export const playerId = (base: bigint, player: number): bigint => base + PLAYER + BigInt(player);
export const sessionId = (base: bigint, player: number): bigint => base + SESSION + BigInt(player);
const marketId = (base: bigint, market: number): bigint => base + MARKET + BigInt(market);
export const marketName = (base: bigint, market: number): string => encodeId('market', marketId(base, market));
