import { expect, test } from 'vitest';
import { memorySettings } from './postgres-server.ts';

test.each([
  ['a small container is taken for 2 GB', 512, '256MB', '1024MB'],
  ['2 GB', 2_048, '256MB', '1024MB'],
  ['24 GB', 24_576, '3072MB', '12288MB'],
  ['a very large machine keeps most of its memory', 262_144, '8192MB', '131072MB'],
])('%s', (_, memory, buffers, cache) => {
  expect(memorySettings(memory)).toEqual({ shared_buffers: buffers, effective_cache_size: cache });
});
