/** Requests for every list of the consoles, with any mix of its filters and sorts: the registry of endpoints says which there are. */
import { contract } from '@predictu/contract';
import type { Endpoint } from '@predictu/contract/endpoint';
import { encodeId, type Id } from '@predictu/contract/ids';
import { openApi } from '../apps/server/src/platform/openapi.ts';
import { MILLION, marketNameOf, operatorOf, playerOf } from './million-scene.ts';

type Property = { enum?: string[]; anyOf?: Property[] };
type List = { path: string; audience: 'admin' | 'operator'; properties: [name: string, property: Property][] };
export type Console = { audience: 'admin' | 'operator'; url: string };

const DAY_MS = 86_400_000;
/** Of ten filters about three are used at once. */
const USED = 0.3;
const NEVER = new Set(['cursor']);
/** A part of a path that names what the million has none of. */
const UNKNOWN_PLACE = /\{(?!slug|user_id|market_id)/;

type Documented = { parameters: { name: string; in: string; schema: Property }[] };

/** Whatever is paged and belongs to a console. */
function lists(): List[] {
  const { paths } = openApi(contract, { title: '', version: '', description: '', serverUrl: '' }) as {
    paths: Record<string, { get?: Documented }>;
  };
  const endpoints: Endpoint[] = Object.values(contract);
  return endpoints.flatMap(({ method, path, audience }) => {
    if (method !== 'GET' || (audience !== 'admin' && audience !== 'operator')) return [];
    const asked = (paths[path]?.get?.parameters ?? []).filter((parameter) => parameter.in === 'query' && !NEVER.has(parameter.name));
    if (!asked.some(({ name }) => name === 'limit') || UNKNOWN_PLACE.test(path)) return [];
    return [{ path, audience, properties: asked.map(({ name, schema }) => [name, schema] as [string, Property]) }];
  });
}

/** The members' operator is the first one, and so are the players they ask about. */
export function consoleRequests(base: bigint, madeAt: Date, random: () => number, only = ''): () => Console {
  const all = lists().filter(({ path }) => path.includes(only));
  const below = (n: number): number => Math.floor(random() * n);
  const player = (audience: List['audience']): bigint => {
    const n = audience === 'operator' ? below(MILLION.players / MILLION.operators) * MILLION.operators : below(MILLION.players);
    return playerOf(base, n);
  };
  const someInstant = (): string => new Date(madeAt.getTime() - below(MILLION.days) * DAY_MS).toISOString();
  const VALUES: Record<string, (list: List) => string> = {
    page: () => String(1 + (random() < 0.8 ? below(3) : below(200))),
    limit: () => '50',
    user_id: ({ audience }) => encodeId('user', player(audience) as Id<'user'>),
    market_id: () => marketNameOf(base, below(MILLION.markets)),
    operator: () => `bench-${1 + below(MILLION.operators)}`,
    min_amount: () => String(below(60)),
    max_amount: () => String(60 + below(80)),
    min_balance: () => String(below(50_000)),
    max_balance: () => String(50_000 + below(60_000)),
    from: someInstant,
    to: () => madeAt.toISOString(),
    search: () => `player-${1_000 + below(199_000)}`,
    tradeable: () => 'true',
  };
  const drawn = (list: List, name: string, { enum: options, anyOf }: Property): string | undefined => {
    const known = VALUES[name];
    if (known) return known(list);
    const choices = options ?? anyOf?.flatMap((one) => one.enum ?? []) ?? [];
    return choices[below(choices.length)];
  };
  const pathOf = ({ path, audience }: List): string =>
    path
      .replace('{slug}', `bench-${1 + below(MILLION.operators)}`)
      .replace('{user_id}', encodeId('user', player(audience) as Id<'user'>))
      .replace('{market_id}', marketNameOf(base, below(MILLION.markets)));

  return () => {
    const list = all[below(all.length)] as List;
    const query = new URLSearchParams();
    for (const [name, property] of list.properties) {
      const value = random() < USED ? drawn(list, name, property) : undefined;
      if (value !== undefined) query.set(name, value);
    }
    return { audience: list.audience, url: `${pathOf(list)}?${query}` };
  };
}

export const firstOperator = (base: bigint): bigint => operatorOf(base, 0);
