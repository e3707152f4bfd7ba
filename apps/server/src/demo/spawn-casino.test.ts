import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'predictu-casino-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SETTINGS = {
  PORT: '0',
  PREDICTU_URL: 'http://127.0.0.1:9',
  PREDICTU_API_KEY: 'pk_test',
  PREDICTU_API_SECRET: 'sk_test',
  PREDICTU_WEBHOOK_SECRET: 'whsec_dGVzdA==',
  CASINO_JOURNAL: join(folder, 'journal.jsonl'),
};

test('the casino ends with the process that started it, even one that is killed', async () => {
  const module = JSON.stringify(new URL('spawn-casino.ts', import.meta.url).href);
  const script = `import { spawnCasino } from ${module};
    const log = { warn(...said) { console.error(...said); } };
    const casino = await spawnCasino(${JSON.stringify(SETTINGS)}, log);
    process.send(casino?.lobby ?? 'none');`;
  const platform = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [lobby] = (await once(platform, 'message')) as [string];
  expect((await fetch(lobby)).status).toBeLessThan(600);
  platform.kill('SIGKILL');
  await once(platform, 'exit');
  const answers = (): Promise<boolean> =>
    fetch(lobby).then(
      () => true,
      () => false,
    );
  for (const deadline = Date.now() + 10_000; Date.now() < deadline && (await answers()); ) await setTimeout(50);
  expect(await answers()).toBe(false);
}, 40_000);
