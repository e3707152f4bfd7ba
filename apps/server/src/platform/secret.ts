/** The installation's one secret and the keys made from it. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder } from './data-folder.ts';

/** The configured secret, or the one kept in the data folder, made there at the first start. */
export function readSecret({ secret, dataFolder }: { secret?: string | undefined; dataFolder: string }): string {
  if (secret !== undefined) return secret;
  makeDataFolder(dataFolder);
  const path = join(dataFolder, 'secret');
  const own = `${path}.${process.pid}`;
  try {
    // Linked, not renamed: of two processes that start at once both read the secret of the first.
    writeFileSync(own, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    linkSync(own, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own, { force: true });
  }
  const kept = readFileSync(path, 'utf8').trim();
  if (kept.length < 32)
    throw new Error(`${path} holds no usable secret. Restore it; without it sessions, API keys and sealed data are lost.`);
  return kept;
}

/** 32 bytes by HKDF-SHA-256. Each purpose has its own label, so no two uses share a key. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'predictu', purpose, 32));
}
