/** Every snippet of the documentation runs, as it is printed, against a running platform. What cannot be run says why in its fence. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openPage } from '../../../e2e/browser.ts';
import { PredictuOperator } from '../../../packages/sdk/src/index.ts';
import { hasPython, PYTHON } from '../../../packages/sdk/test/python.ts';
import { type Ran, runFile } from '../../../packages/sdk/test/run-file.ts';
import { readSnippets, type Snippet } from './read-snippets.ts';
import { openSdkServer, type SdkServer } from './sdk-server.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const documents = [
  ...['docs', 'docs/guide'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
  'packages/sdk/README.md',
  'packages/sdk-python/README.md',
];
const RUN = ['sh', 'ts', 'js', 'python', 'html'];
const SHOWN = ['json', 'http'];
const snippets = documents.flatMap(readSnippets);
const runnable = snippets.filter(({ language, skip }) => RUN.includes(language) && skip === undefined);
const of = (language: string) => runnable.filter((snippet) => snippet.language === language);
const placeOf = ({ file, line }: Snippet): string => `${file}:${line}`;

/** What is added to a snippet that defines a function, so that it is called with a genuine callback and with an altered one. */
const CALLED: Record<string, string> = {
  'ts callback': `
const { body: sent, headers: given } = JSON.parse(process.env['CALLBACK'] ?? '') as { body: string; headers: Record<string, string> };
const post = async (body: string) => (await callback(new Request('http://casino.test/', { method: 'POST', body, headers: given }))).json();
console.log(JSON.stringify([(await post(sent)).status, (await post(sent + ' ')).status]));`,
  'js isGenuine': `
const { body: sent, headers: given } = JSON.parse(process.env.CALLBACK);
const token = given.authorization.slice('Bearer '.length);
console.log(JSON.stringify([await isGenuine(token, sent) ? 'OK' : '', await isGenuine(token, sent + ' ') ? 'OK' : 'INVALID_SIGNATURE']));`,
  'python callback': `
import json, os
sent = json.loads(os.environ["CALLBACK"])
print(json.dumps([callback(body, sent["headers"])[1]["status"] for body in (sent["body"], sent["body"] + " ")], separators=(",", ":")))`,
};

let sdk: SdkServer;
let folder = '';
let environment: Record<string, string> = {};
let client: PredictuOperator;

/** As printed, but for the places and keys that stand for the reader's own. */
function filled(given: string): string {
  // The published snippet names the addresses and the operator of its own document.
  const text = given.includes('app.predictu.com')
    ? given.replaceAll(/https:\/\/(?:app|cdn)\.predictu\.com/g, 'https://predictu.example').replaceAll('example-casino', 'your-casino')
    : given;
  const { api_key = '', api_secret = '', player = '' } = sdk.operators[0] ?? {};
  return text
    .replaceAll('https://predictu.example', sdk.url)
    .replaceAll('pk_live_abc123...', api_key)
    .replaceAll('sk_live_xyz789...', api_secret)
    .replaceAll('usr_xyz', player)
    .replaceAll('your-casino', 'first-casino');
}

const sourceOf = (snippet: Snippet): string =>
  filled(snippet.text) + (snippet.call ? (CALLED[`${snippet.language} ${snippet.call}`] ?? '') : '');

/** A callback the platform has just sent: tokens live for half a minute. */
async function freshCallback(): Promise<string> {
  await fetch(`${sdk.url}/control/reset`);
  const { ok } = await client.wallet.ping();
  expect(ok).toBe(true);
  const [callback] = (await (await fetch(`${sdk.url}/control/callbacks`)).json()) as unknown[];
  return JSON.stringify(callback);
}

async function runSnippet(snippet: Snippet, command: string, words: readonly string[]): Promise<void> {
  const env = snippet.call ? { ...environment, CALLBACK: await freshCallback() } : environment;
  expectSuccess(await runFile(command, words, { env, cwd: folder }));
}
function expectSuccess({ code, output }: Ran): void {
  expect(code, output).toBe(0);
  if (output.startsWith('["')) expect(output.trim()).toBe('["OK","INVALID_SIGNATURE"]');
}

function writeSources(): void {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@predictu/operator-sdk'), { recursive: true });
  copyFileSync(join(ROOT, 'packages/sdk/package.json'), join(modules, '@predictu/operator-sdk/package.json'));
  execFileSync(process.execPath, [join(ROOT, 'packages/sdk/build.js'), join(modules, '@predictu/operator-sdk/dist')]);
  for (const name of ['jose', '@types', 'undici-types']) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const snippet of runnable) {
    const kind = { python: 'py', js: 'mjs' }[snippet.language] ?? snippet.language;
    writeFileSync(join(folder, `${nameOf(snippet)}.${kind}`), sourceOf(snippet));
  }
}
const nameOf = ({ file, line }: Snippet): string => `${file.replaceAll(/\W/g, '_')}_${line}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'predictu-snippets-'));
  sdk = await openSdkServer();
  const { api_key = '', api_secret = '', operator_id = '', wallet_url = '' } = sdk.operators[0] ?? {};
  client = new PredictuOperator({ apiKey: api_key, apiSecret: api_secret, baseUrl: sdk.url });
  await client.wallet.update({ callback_url: wallet_url });
  await client.wallet.rotateSigningKey();
  const { secret } = await client.wallet.rotateWebhookSecret();
  environment = {
    PREDICTU_BASE_URL: sdk.url,
    PREDICTU_API_KEY: api_key,
    PREDICTU_API_SECRET: api_secret,
    PREDICTU_WEBHOOK_SECRET: secret,
    PREDICTU_OPERATOR_ID: operator_id,
    PYTHONPATH: join(ROOT, 'packages/sdk-python'),
  };
  mkdirSync(join(folder, '.data'));
  writeFileSync(join(folder, '.data/demo.json'), JSON.stringify({ base_url: sdk.url, operators: [{ api_key, api_secret }] }));
  writeSources();
}, 120_000);
afterAll(async () => {
  await sdk?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the snippets of the documentation', () => {
  test('are of a language that is run here, or say why not', () => {
    expect(snippets.filter(({ language }) => ![...RUN, ...SHOWN].includes(language)).map(placeOf)).toEqual([]);
    expect(snippets.filter(({ skip }) => skip !== undefined && skip.length < 10).map(placeOf)).toEqual([]);
    expect(snippets.filter(({ language, call }) => call && !CALLED[`${language} ${call}`]).map(placeOf)).toEqual([]);
    for (const language of RUN) expect(of(language).length, language).toBeGreaterThan(0);
  });

  test.each(snippets.filter(({ language }) => language === 'json'))('$file:$line is JSON', ({ text }) => {
    expect(() => JSON.parse(text)).not.toThrow();
  });

  const pages = [...new Set(of('sh').map(({ file }) => file))];
  test.each(pages)('the shell of %s runs from top to bottom', async (page) => {
    const script = of('sh')
      .filter(({ file }) => file === page)
      .map(sourceOf)
      .join('\n');
    const ran = await runFile('bash', ['-euo', 'pipefail', '-c', script], { env: environment, cwd: folder });
    expectSuccess(ran);
    expect(ran.output).toMatch(/"data"|"error"/);
  });

  test('all TypeScript compiles under the strictest settings', { timeout: 60_000 }, () => {
    const files = of('ts').map((snippet) => join(folder, `${nameOf(snippet)}.ts`));
    const flags =
      '--strict --exactOptionalPropertyTypes --noEmitOnError --skipLibCheck --module nodenext --target es2022 --types node'.split(' ');
    const compiler = join(ROOT, 'node_modules/typescript-7/bin/tsc');
    const said = execFileSync(process.execPath, [compiler, ...flags, '--outDir', folder, ...files], { cwd: folder, encoding: 'utf8' });
    expect(said).toBe('');
  });

  test.each(of('ts'))('$file:$line runs', async (snippet) =>
    runSnippet(snippet, process.execPath, [join(folder, `${nameOf(snippet)}.js`)]),
  );
  test.each(of('js'))('$file:$line runs', async (snippet) =>
    runSnippet(snippet, process.execPath, [join(folder, `${nameOf(snippet)}.mjs`)]),
  );

  describe.skipIf(!hasPython())('in Python', () => {
    test.each(of('python'))('$file:$line runs', async (snippet) =>
      runSnippet(snippet, PYTHON, ['-B', join(folder, `${nameOf(snippet)}.py`)]),
    );
  });

  test.each(of('html'))('$file:$line shows the markets, and to a player who entered the balance', { timeout: 60_000 }, async (snippet) => {
    const casino = createServer(async (request, response) => {
      if (request.method === 'POST') return void response.end(await client.launchToken({ playerId: 'one' }));
      response.setHeader('content-type', 'text/html; charset=utf-8').end(`<!doctype html><title>Casino</title>${sourceOf(snippet)}`);
    });
    await new Promise<void>((listening) => casino.listen(0, '127.0.0.1', listening));
    const origin = `http://127.0.0.1:${(casino.address() as AddressInfo).port}`;
    await sdk.allowOrigin(origin);
    const browser = await openBrowser();
    try {
      const { page, problems } = await openPage(browser);
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      await page.goto(origin);
      const expected = snippet.text.includes('token:') ? ['ready', expect.stringMatching(/^balance \d+/)] : [];
      await expect.poll(() => said, { timeout: 20_000 }).toEqual(expect.arrayContaining(expected));
      await page.frameLocator('#predictu-embed').getByText('Will it?').first().waitFor({ timeout: 20_000 });
      expect(problems.filter((problem) => !problem.includes('favicon'))).toEqual([]);
    } finally {
      await browser.close();
      casino.close();
    }
  });
});
