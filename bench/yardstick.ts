/**
 * How fast this machine is beside the one whose figures bounds of milliseconds are stated for: shared machines differ by more than the work does, from
 * hour to hour, so such a bound means something only beside a peer of the same run.
 */
import { type Lap, type Laps, runContest } from './contest.ts';
import { heat, nameOf } from './heats.ts';
import { openInstallation } from './installation.ts';
import { median } from './statistics.ts';
import { stopOnce } from './stop-once.ts';
import { TOLERATED } from './undisturbed.ts';

const PEER = heat('txt', 256);
/**
 * Trades a second of one transaction each over HTTP at 256 callers, where the bounds were stated: the trades measured there, 10,000 to 15,000 a second, were 10.9
 * times as many. Of the range the least, so that this machine does not look slower than it is.
 */
const STATED = 917;

const ROUNDS = 5;
const MILLISECONDS = 1_500;
const KNOWN_PLAYERS = 2_000;

/**
 * 1 is as fast as where the bounds were stated; undefined when the peer did not run. The median of the rounds that nobody disturbed, as what has
 * bounds of time is measured then, too; where there is none, the one that favours us least.
 */
export function speedOf(laps: Laps): number | undefined {
  const rounds = laps.get(nameOf(PEER));
  if (!rounds) return undefined;
  const rates = (some: readonly Lap[]): number[] => some.map(({ perSecond }) => perSecond);
  const quiet = rounds.filter(({ lost }) => lost <= TOLERATED);
  return (quiet.length > 0 ? median(rates(quiet)) : Math.max(...rates(rounds))) / STATED;
}

/** Of several readings the one that favours us least. */
export function fastest(readings: readonly (number | undefined)[]): number | undefined {
  const known = readings.filter((reading) => reading !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** Half a minute: before and after what has bounds of time. */
export async function measureSpeed(say: (line: string) => void): Promise<number | undefined> {
  const installation = await openInstallation({ info: () => {}, warn: say });
  const stop = stopOnce(installation);
  try {
    say('yardstick: one transaction a trade, 256 callers');
    const { laps } = await runContest(installation, {
      heats: [PEER],
      rounds: ROUNDS,
      milliseconds: MILLISECONDS,
      knownPlayers: KNOWN_PLAYERS,
      everything: false,
      profileFolder: undefined,
      say,
    });
    return speedOf(laps);
  } finally {
    await stop();
  }
}
