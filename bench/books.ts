/** `predictu verify` over every database that was traded in. */
import { reportOf } from '../apps/server/src/insights/books-report.ts';
import { verifyBooks } from '../apps/server/src/insights/verify-books.ts';
import { openDatabase } from '../apps/server/src/platform/db.ts';
import type { BenchDatabase } from './installation.ts';
import type { Contender } from './server.ts';

/** Peers decide side by side and take ids from a sequence: what rests on the order of commits is not theirs to keep. */
const ORDER_OF_COMMITS = new Set(['walls', 'sequence']);

const isOurs = (contender: string): boolean => contender !== 'txt' && contender !== 'fn';

export type Books = { ok: boolean; trades: number; differences: number; complaints: string[] };

export async function checkBooks(
  databases: ReadonlyMap<Contender | 'settling' | 'seamless', BenchDatabase>,
  say: (line: string) => void,
): Promise<Books> {
  const books: Books = { ok: true, trades: 0, differences: 0, complaints: [] };
  for (const [contender, { appUrl }] of databases) {
    const database = openDatabase({ connectionString: appUrl, poolSize: 2 });
    try {
      const { checks } = await verifyBooks(database);
      const judged = checks.filter(({ name }) => isOurs(contender) || !ORDER_OF_COMMITS.has(name));
      const wrong = judged.filter(({ ok }) => !ok);
      const trades = checks.find(({ name }) => name === 'amounts')?.compared ?? 0;
      books.trades += isOurs(contender) ? trades : 0;
      books.differences += wrong.reduce((sum, { found }) => sum + found, 0);
      books.complaints.push(...wrong.map((check) => `${contender}: ${reportOf(check)}`));
      say(
        `books of ${contender}: ${judged.length} checks over ${trades} trades, ${wrong.length === 0 ? 'no difference' : `${wrong.length} failed`}`,
      );
    } finally {
      await database.close();
    }
  }
  return { ...books, ok: books.differences === 0 };
}

/** Two checks as one. */
export const addBooks = (one: Books, other: Books): Books => ({
  ok: one.ok && other.ok,
  trades: one.trades + other.trades,
  differences: one.differences + other.differences,
  complaints: [...one.complaints, ...other.complaints],
});
