/** How much of the processors' time the machine underneath gave to others: nothing that runs here can see or prevent it but by what it then waits. */
import { readFileSync } from 'node:fs';

/** Jiffies so far: stolen, and all (proc_stat(5); guest time is within user time). */
type Jiffies = { stolen: number; all: number };
const USER_TO_STEAL = 8;

/** Of the first line of /proc/stat. */
export function jiffiesOf(stat: string): Jiffies | undefined {
  const [name, ...fields] = stat.split('\n', 1)[0]?.trim().split(/\s+/) ?? [];
  const counted = fields.slice(0, USER_TO_STEAL).map(Number);
  if (name !== 'cpu' || counted.length < USER_TO_STEAL || counted.some(Number.isNaN)) return undefined;
  return { stolen: counted[USER_TO_STEAL - 1] ?? 0, all: counted.reduce((sum, one) => sum + one, 0) };
}

function readJiffies(): Jiffies | undefined {
  try {
    return jiffiesOf(readFileSync('/proc/stat', 'utf8'));
  } catch {
    // Only Linux says it.
    return undefined;
  }
}

/** Begins to watch; asked later, answers the percent of all processors' time since that was stolen, or undefined where nobody says. */
export function watchStolen(): () => number | undefined {
  const before = readJiffies();
  return () => {
    const now = readJiffies();
    return before && now && now.all > before.all ? (100 * (now.stolen - before.stolen)) / (now.all - before.all) : undefined;
  };
}
