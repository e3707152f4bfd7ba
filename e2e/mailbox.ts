/** What somebody finds in the mail: the messages that lie in the outbox folder of an installation. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Installation } from './server.ts';

const ARRIVES_WITHIN_MS = 20_000;

const readable = (message: string): string => message.replace(/=\r?\n/g, '').replace(/=3D/g, '=');

export function mailsTo({ dataFolder }: Installation, address: string): string[] {
  const folder = join(dataFolder, 'data', 'outbox');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  return files
    .sort()
    .map((name) => readable(readFileSync(join(folder, name), 'utf8')))
    .filter((mail) => new RegExp(`^to:.*${address.replaceAll('.', '\\.')}`, 'im').test(mail));
}

/** The first link of a mail that takes its reader into the workspace, once the mail has come. */
export async function linkTo(installation: Installation, address: string, subject: string): Promise<string> {
  const found = (): string => {
    const mail = mailsTo(installation, address).find((one) => one.includes(subject)) ?? '';
    return /https?:\/\/\S+\/auth\/confirm\?[^\s"<]*token_hash=[^\s"<]+/.exec(mail)?.[0].replaceAll('&amp;', '&') ?? '';
  };
  await expect.poll(found, { timeout: ARRIVES_WITHIN_MS }).not.toBe('');
  return found();
}
