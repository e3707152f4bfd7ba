import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreLinks } from './postgres-programs.ts';

test('library links that an install script did not make are made, existing files are left alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'predictu-programs-'));
  const lib = join(folder, 'native', 'lib');
  mkdirSync(lib, { recursive: true });
  writeFileSync(join(lib, 'libpq.so.5.18'), 'library');
  writeFileSync(join(lib, 'libpq.so'), 'kept');
  writeFileSync(
    join(folder, 'native', 'pg-symlinks.json'),
    JSON.stringify([
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
    ]),
  );
  restoreLinks(folder);
  restoreLinks(folder);
  expect(readlinkSync(join(lib, 'libpq.so.5'))).toBe('libpq.so.5.18');
  expect(readFileSync(join(lib, 'libpq.so'), 'utf8')).toBe('kept');
  rmSync(folder, { recursive: true });
});
