/** The recorded source: plays the files of a folder back in order of time, at their own pace or faster, as if it happened now. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Clock } from '../platform/clock.ts';
import { framesOfFile, retimed } from './recording.rules.ts';
import type { Frame } from './source.rules.ts';
import { frameReader, type MarketSource, type SourceListener } from './source.ts';

export type RecordingOptions = {
  folder: string;
  clock: Clock;
  /** 1 plays at the recorded pace, 60 an hour in a minute. */
  speed?: number;
  /** How often due frames are played, in milliseconds. */
  stepMs?: number;
};

const STEP_MS = 250;
const PLAYED = /\.(json|jsonl|csv|txt)(\.gz)?$/;
/** What unpacks to more than this is damaged or no recording. */
const LARGEST_FILE = 256 * 1024 * 1024;

/** Every frame below a folder, oldest first. Files that are no data are left alone; a damaged one is one unparseable frame. */
export async function readRecording(folder: string, otherwise: Date): Promise<Frame[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && PLAYED.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const frames: Frame[] = [];
  for (const path of paths)
    for (const frame of framesOfFile(relative(folder, path).replace(/\.gz$/, ''), await textOf(path), otherwise)) frames.push(frame);
  return frames.sort((a, b) => a.at.getTime() - b.at.getTime());
}

async function textOf(path: string): Promise<string> {
  const bytes = await readFile(path);
  if (!path.endsWith('.gz')) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST_FILE }).toString('utf8');
  } catch {
    return '';
  }
}

export function recordedSource({ folder, clock, speed = 1, stepMs = STEP_MS }: RecordingOptions): MarketSource {
  let timer: NodeJS.Timeout | undefined;
  return {
    name: 'recorded',
    async start(listener) {
      const started = clock.now();
      const frames = await readRecording(folder, started);
      if (frames.length === 0) return listener.trouble(`nothing to play in ${folder}`);
      const play = player(frames, started, speed, listener);
      play(clock.now());
      timer = setInterval(() => {
        if (!play(clock.now())) clearInterval(timer);
      }, stepMs);
    },
    async stop() {
      clearInterval(timer);
    },
  };
}

/** Plays what is due at a time; answers whether anything is left. */
function player(frames: readonly Frame[], started: Date, speed: number, listener: SourceListener): (now: Date) => boolean {
  const reader = frameReader();
  const first = (frames[0] as Frame).at.getTime();
  const move = (at: Date): Date => new Date(Math.round(started.getTime() + (at.getTime() - first) / speed));
  let next = 0;
  return (now) => {
    for (let frame = frames[next]; frame && move(frame.at) <= now; frame = frames[next]) {
      listener.events(reader.read(frame).map((event) => retimed(event, move)));
      next += 1;
    }
    return next < frames.length;
  };
}
