/** demo.json in the data folder: the demo's logins and key pairs, for scripts and tests. Readable by its owner only. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_ADMIN, DEMO_PASSWORD } from './demo-seed.rules.ts';

export type DemoFile = {
  base_url: string;
  admin: { email: string; password: string };
  operators: {
    slug: string;
    operator_id: string;
    email: string;
    password: string;
    api_key: string;
    api_secret: string;
    /** Of the operator that keeps its players' money itself: what its callbacks are signed with. */
    webhook_secret?: string;
  }[];
};

const pathOf = (dataFolder: string): string => join(dataFolder, 'demo.json');

export const readDemoFile = (dataFolder: string): DemoFile | undefined =>
  existsSync(pathOf(dataFolder)) ? (JSON.parse(readFileSync(pathOf(dataFolder), 'utf8')) as DemoFile) : undefined;

export function writeDemoFile(dataFolder: string, baseUrl: string, operators: DemoFile['operators']): DemoFile {
  const file: DemoFile = { base_url: baseUrl, admin: { email: DEMO_ADMIN, password: DEMO_PASSWORD }, operators };
  const path = pathOf(dataFolder);
  writeFileSync(`${path}.new`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return file;
}
