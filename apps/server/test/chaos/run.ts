/** `npm run chaos`: the whole run, by hand. CHAOS_OPERATIONS, CHAOS_SEED, CHAOS_SERVER_KILLS and CHAOS_POSTGRES_KILLS change it. */
import { runChaos } from './chaos.ts';

const setting = (name: string, usual: number): number => Number(process.env[name] ?? usual);

const { books, defects, ...figures } = await runChaos({
  operations: setting('CHAOS_OPERATIONS', 100_000),
  serverKills: setting('CHAOS_SERVER_KILLS', 3),
  postgresKills: setting('CHAOS_POSTGRES_KILLS', 2),
  seed: setting('CHAOS_SEED', Date.now() % 1_000_000),
  say: (line) => console.log(line),
});
console.log(books);
console.log(figures);
for (const defect of defects.slice(0, 20)) console.log(`DEFECT  ${defect}`);
console.log(defects.length === 0 ? 'Clean.' : `${defects.length} defects.`);
process.exitCode = defects.length === 0 ? 0 : 1;
