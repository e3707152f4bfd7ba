import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { virtualClock } from '../platform/clock.ts';
import { readRecording, recordedSource } from './play-recording.ts';
import { framesOfFile, readTable, timeOfName } from './recording.rules.ts';
import type { SourceEvent } from './source.rules.ts';

const NOW = new Date('2026-11-01T00:00:00.000Z');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'predictu-recording-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const row = (price: string, end = '2026-06-02T00:00:00Z') => ({
  conditionId: 'm1',
  question: 'Will it?',
  outcomes: ['Yes', 'No'],
  outcomePrices: [price, String(1 - Number(price))],
  endDate: end,
  active: true,
  closed: false,
});

describe('files of a recording', () => {
  test('tables are read with their quotes, commas and line breaks', () => {
    expect(readTable('a,b\r\n"x, ""y""\nz",2\n,\n3')).toEqual([
      { a: 'x, "y"\nz', b: '2' },
      { a: '', b: '' },
      { a: '3', b: '' },
    ]);
    expect(readTable('')).toEqual([]);
  });

  test('a payload says when it was heard, or its rows or its name do', () => {
    expect(timeOfName('x/markets_2026-05-09T052356Z.json')?.toISOString()).toBe('2026-05-09T05:23:56.000Z');
    expect(timeOfName('x/markets_2026-02-10T2213_wrapped.json')?.toISOString()).toBe('2026-02-10T22:13:00.000Z');
    expect(timeOfName('x/markets_2026-02-07.json')?.toISOString()).toBe('2026-02-07T23:59:59.000Z');
    expect(timeOfName('events.json')).toBeUndefined();
    const at = (name: string, body: unknown) => framesOfFile(name, JSON.stringify(body), NOW)[0]?.at.toISOString();
    expect(at('a.json', { fetched_at_unix: 1_778_304_236, markets: [{ updatedAt: '2030-01-01T00:00:00Z' }] })).toBe(
      '2026-05-09T05:23:56.000Z',
    );
    expect(at('a_2020-01-01.json', [{ updatedAt: '2026-01-01T00:00:00Z' }, { updatedAt: '2026-01-02T00:00:00Z' }])).toBe(
      '2026-01-02T00:00:00.000Z',
    );
    expect(at('a.json', [])).toBe(NOW.toISOString());
  });

  test('lines without a time follow the line before, broken lines are frames of their own', () => {
    const frames = framesOfFile(
      'a.jsonl',
      '{"at":"2026-01-01T00:00:00Z","body":{"x":1},"confirms":true}\n{"body":[],"key":"t"}\n{oops\n\n',
      NOW,
    );
    expect(frames.map(({ at, key, confirms }) => [at.getUTCFullYear(), key, confirms])).toEqual([
      [2026, undefined, true],
      [2026, 't', false],
      [2026, 'a.jsonl', undefined],
    ]);
  });
});

describe('playing a recording', () => {
  test('its frames come in order of time, at its own pace or faster, moved to now', async () => {
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'b_2026-06-01T100000Z.json'), JSON.stringify([row('0.5')]));
    writeFileSync(join(folder, 'deep/a_2026-06-01T110000Z.json.gz'), gzipSync(JSON.stringify([row('0.6')])));
    writeFileSync(join(folder, 'c_2026-06-01T120000Z.json.gz'), 'not gzip at all');
    writeFileSync(join(folder, 'notes.md'), 'not played');
    expect((await readRecording(folder, NOW)).map(({ at }) => at.getUTCHours())).toEqual([10, 11, 12]);

    vi.useFakeTimers();
    try {
      const clock = virtualClock(NOW);
      const heard: SourceEvent[] = [];
      const source = recordedSource({ folder, clock, speed: 60 });
      await source.start({ events: (events) => heard.push(...events), trouble: () => {} }, { lastHeard: null, open: [] });
      const mids = () => heard.flatMap((event) => (event.kind === 'price' ? [[event.mid, event.at.getTime() - NOW.getTime()]] : []));
      expect(mids()).toEqual([[5_000n, 0]]);
      expect(heard.find((event) => event.kind === 'market')?.endAt.getTime()).toBe(NOW.getTime() + (14 * 3_600_000) / 60);
      clock.advance(59_000);
      vi.advanceTimersByTime(1_000);
      expect(mids()).toHaveLength(1);
      clock.advance(1_000);
      vi.advanceTimersByTime(1_000);
      expect(mids()).toEqual([
        [5_000n, 0],
        [6_000n, 60_000],
      ]);
      await source.stop();
    } finally {
      vi.useRealTimers();
    }
  });

  test('an empty folder is trouble, not a crash; a missing one fails the start', async () => {
    const troubles: string[] = [];
    const listener = {
      events: () => {},
      trouble: (message: string) => {
        troubles.push(message);
      },
    };
    await recordedSource({ folder, clock: virtualClock(NOW) }).start(listener, { lastHeard: null, open: [] });
    expect(troubles).toEqual([`nothing to play in ${folder}`]);
    await expect(
      recordedSource({ folder: join(folder, 'gone'), clock: virtualClock(NOW) }).start(listener, { lastHeard: null, open: [] }),
    ).rejects.toThrow();
  });
});
