/** An append-only file of JSON lines. What was flushed survives a kill; a line torn by one is cut off at the next start. */
import { mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';

export type Journal<Row> = {
  /** Everything written before this start, oldest first. */
  restored: readonly Row[];
  append(row: Row): void;
  /** Resolves when every row appended so far is on disk. Rejects for ever once a write has failed: restart then. */
  flushed(): Promise<void>;
  close(): Promise<void>;
};

function readWholeLines(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) truncateSync(path, end);
  return bytes.toString('utf8', 0, end);
}

/** Without a path the journal lives in memory only. */
export async function openJournal<Row>(path: string | undefined): Promise<Journal<Row>> {
  let file: FileHandle | undefined;
  let restored: Row[] = [];
  if (path !== undefined) {
    mkdirSync(dirname(path), { recursive: true });
    restored = readWholeLines(path)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Row);
    file = await open(path, 'a', 0o600);
  }
  let waiting = '';
  let written: Promise<void> = Promise.resolve();

  // Whatever arrives while one write is on its way to the disk shares the next: many callbacks, one sync.
  async function flush(): Promise<void> {
    const text = waiting;
    waiting = '';
    if (!file || text === '') return;
    await file.appendFile(text);
    await file.datasync();
  }

  return {
    restored,
    append(row) {
      if (waiting === '') {
        written = written.then(flush);
        written.catch(() => {});
      }
      waiting += `${JSON.stringify(row)}\n`;
    },
    flushed: () => written,
    async close() {
      await written.catch(() => {});
      await file?.close();
    },
  };
}
