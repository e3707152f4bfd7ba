/** Who a simulated player is: drawn from its operator and number alone, so that every process knows the same person. */
import { DEMO_SEED, draws } from './demo-seed.rules.ts';
import { type Temperament, temperamentOf } from './temperament.rules.ts';
import { usernameOf } from './username.rules.ts';

export type Person = {
  index: number;
  temperament: Temperament;
  username: string;
  /** When it first comes and for how long, as parts of the history; before 0 it came before the history began. */
  comes: number;
  stays: number;
  userAgent: string;
  mobile: boolean;
};

/** Of the players, percent, who were there before the history began. */
const EARLIER = 0.34;
const EARLIER_SPAN = 0.22;
const DEVICES = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0',
  'Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
] as const;

/** `count` is how many players the operator has in all, `days` how long the history is: its first players come first. */
export function personOf(operatorIndex: number, index: number, { count, days }: { count: number; days: number }): Person {
  const draw = draws(DEMO_SEED + operatorIndex * 100_003 + index * 31);
  const temperament = temperamentOf(draw());
  const place = index / count;
  const comes = place < EARLIER ? -EARLIER_SPAN * (1 - place / EARLIER) : ((place - EARLIER) / (1 - EARLIER)) ** 0.85;
  const stays = (1 + temperament.staysDays * -Math.log(1 - draw())) / days;
  const userAgent = DEVICES[Math.floor(DEVICES.length * draw() ** 1.3)] as string;
  return { index, temperament, username: usernameOf(index, draw()), comes, stays, userAgent, mobile: userAgent.includes('Mobile') };
}
