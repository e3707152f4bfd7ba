/** Where uploaded files rest: a folder of the data folder, or a bucket that speaks S3. Names are made of their content, so a file is written once and never changes. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BucketSettings, type Files, openBucket } from './bucket.ts';
import type { CleanFile } from './clean-file.ts';

export type { BucketSettings, Files };
export type FilesOptions = { dataFolder: string; bucket: BucketSettings | undefined };

const NAME = /^[0-9a-f]{32}(?:-[0-9A-Za-z_-]{22})?\.(png|jpg|webp|svg|pdf)$/;
/** The kind of file a name says, or undefined for what is no name of ours. */
export const kindOfName = (name: string): CleanFile['kind'] | undefined => NAME.exec(name)?.[1] as CleanFile['kind'] | undefined;

function openFolder(dataFolder: string): Files {
  const folderOf = (name: string): string => join(dataFolder, 'files', name.slice(0, 2));
  return {
    async put(name, bytes) {
      mkdirSync(folderOf(name), { recursive: true, mode: 0o700 });
      const unfinished = join(folderOf(name), `.${process.pid}.${name}`);
      try {
        writeFileSync(unfinished, bytes, { mode: 0o600 });
        renameSync(unfinished, join(folderOf(name), name));
      } finally {
        rmSync(unfinished, { force: true });
      }
    },
    async get(name) {
      try {
        return await readFile(join(folderOf(name), name));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}

export const openFiles = ({ dataFolder, bucket }: FilesOptions): Files => (bucket ? openBucket(bucket) : openFolder(dataFolder));
