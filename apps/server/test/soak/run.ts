/** `npm run soak`: the whole run, by hand. SOAK_CALLBACKS, SOAK_KILLS and SOAK_SEED change it; the first Ctrl-C ends it early, with its findings. */
import { runSoak } from './soak.ts';
import { soakTable } from './soak-table.ts';

const setting = (name: string, usual: number): number => Number(process.env[name] ?? usual);

const enough = new AbortController();
process.once('SIGINT', () => enough.abort());

const report = await runSoak({
  callbacks: setting('SOAK_CALLBACKS', 200_000),
  kills: setting('SOAK_KILLS', 5),
  seed: setting('SOAK_SEED', Date.now() % 1_000_000),
  enough: enough.signal,
  say: (line) => console.log(line),
});
console.log(soakTable(report));
process.exitCode = report.defects.length === 0 ? 0 : 1;
