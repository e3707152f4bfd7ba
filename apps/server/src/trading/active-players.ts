/** How many players traded in parts of time, each counted once: a set of bits for each day, and unions of days that are kept up to date. */
import { type DayParts, dayOf } from './day-windows.ts';

export type ActivePlayers = {
  /** A filled trade: when, by the number of whom, at the number of which operator. Telling it again changes nothing. */
  add(at: number, player: number, operator: number): void;
  /** Each number that is told it once, as `those`. */
  distinct(): { tell(player: number): void; those: readonly number[] };
  /** By the number of the operator; one with nobody may have no count. `inCuts` are the distinct players of each cut. */
  count(days: Pick<DayParts, 'first' | 'last'>, inCuts: readonly (readonly number[])[]): readonly number[];
};

type Crowd = { bits: Uint32Array; counts: number[] };
type Union = Crowd & { first: number; last: number };

const FIRST_CAPACITY = 1 << 10;
/** Of days that were asked about lately: some windows of five periods, and months. */
const MOST_UNIONS = 64;

export function activePlayers(): ActivePlayers {
  const days = new Map<number, Crowd>();
  /** The longest unused first. */
  const unions = new Map<string, Union>();
  /** By the number of the player. */
  let operators = new Uint32Array(FIRST_CAPACITY);

  const nobody = (): Crowd => ({ bits: new Uint32Array((operators.length >>> 5) + 1), counts: [] });
  const holds = ({ bits }: Crowd, player: number): boolean => (((bits[player >>> 5] ?? 0) >>> (player & 31)) & 1) === 1;

  /** False when the player is in it already. */
  function addTo(crowd: Crowd, player: number): boolean {
    if (holds(crowd, player)) return false;
    const word = player >>> 5;
    if (word >= crowd.bits.length) {
      const grown = new Uint32Array((operators.length >>> 5) + 1);
      grown.set(crowd.bits);
      crowd.bits = grown;
    }
    crowd.bits[word] = (crowd.bits[word] as number) | (1 << (player & 31));
    const operator = operators[player] as number;
    crowd.counts[operator] = (crowd.counts[operator] ?? 0) + 1;
    return true;
  }

  function unite(first: number, last: number): Union {
    const { bits, counts } = nobody();
    for (let day = first; day < last; day += 1) {
      const one = days.get(day)?.bits ?? [];
      for (let word = 0; word < one.length; word += 1) bits[word] = (bits[word] as number) | (one[word] as number);
    }
    for (let word = 0; word < bits.length; word += 1) {
      for (let rest = (bits[word] as number) | 0; rest !== 0; rest &= rest - 1) {
        const operator = operators[(word << 5) + 31 - Math.clz32(rest & -rest)] as number;
        counts[operator] = (counts[operator] ?? 0) + 1;
      }
    }
    return { bits, counts, first, last };
  }
  /** Everybody of some days. */
  function crowdOf(first: number, last: number): Crowd {
    if (last - first <= 1) return days.get(first) ?? nobody();
    const key = `${first} ${last}`;
    const union = unions.get(key) ?? unite(first, last);
    unions.delete(key);
    unions.set(key, union);
    const [oldest] = unions.keys();
    if (unions.size > MOST_UNIONS && oldest !== undefined) unions.delete(oldest);
    return union;
  }

  return {
    add(at, player, operator) {
      if (player >= operators.length) {
        const grown = new Uint32Array(Math.max(operators.length * 2, player + 1));
        grown.set(operators);
        operators = grown;
      }
      operators[player] = operator;
      const day = dayOf(at);
      const crowd = days.get(day) ?? nobody();
      days.set(day, crowd);
      if (!addTo(crowd, player)) return;
      for (const union of unions.values()) if (union.first <= day && day < union.last) addTo(union, player);
    },
    distinct() {
      const seen = nobody();
      const those: number[] = [];
      const tell = (player: number): void => {
        if (holds(seen, player)) return;
        const word = player >>> 5;
        seen.bits[word] = (seen.bits[word] as number) | (1 << (player & 31));
        those.push(player);
      };
      return { tell, those };
    },
    count({ first, last }, inCuts) {
      const whole = first < last ? crowdOf(first, last) : nobody();
      if (inCuts.length === 0) return whole.counts;
      const counts = [...whole.counts];
      // Those of one cut are distinct already.
      const earlier = inCuts.length > 1 ? nobody() : undefined;
      for (const players of inCuts) {
        for (const player of players) {
          if (holds(whole, player) || (earlier && !addTo(earlier, player))) continue;
          const operator = operators[player] as number;
          counts[operator] = (counts[operator] ?? 0) + 1;
        }
      }
      return counts;
    },
  };
}
