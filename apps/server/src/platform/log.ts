/**
 * Where the log goes. On a terminal: everything as JSON lines in <data folder>/server.log, and warnings in plain words on
 * the terminal, so that the table of addresses stays readable. Otherwise (service, container, pipe): JSON lines on stderr.
 */
import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, pino, stdSerializers } from 'pino';
import pretty from 'pino-pretty';
import { makeDataFolder } from './data-folder.ts';

const SECRET_KEY =
  /^(.*password.*|.*secret.*|.*token|authorization|cookie|set-cookie|totp.*|.*access_?key.*|api_?key|.*apikey|connectionstring|(database|owner|app|redis|smtp)_?url)$/i;
const HIDDEN = '[hidden]';
const DEEPEST = 8;
const LOG_FILE_LIMIT_BYTES = 20_000_000;

const isPlain = (value: object): boolean => [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** What an error says. What it holds besides, such as the connection it was met on, would fill a screen. */
function saidBy(error: Error): Record<string, unknown> {
  const said = (item: unknown): boolean =>
    typeof item !== 'object' || item === null || item instanceof Error || Array.isArray(item) || isPlain(item) || 'toJSON' in item;
  return Object.fromEntries(Object.entries(stdSerializers.err(error)).filter(([, item]) => said(item)));
}

/** A copy without secrets at any depth. pino's own redaction needs a path for each key and depth, and costs ten times as much. */
function hide(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return hide(saidBy(value), depth);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return '[deeper]';
  if (Array.isArray(value)) return value.map((item) => hide(item, depth + 1));
  // Others, such as dates, know how to show themselves.
  if (!isPlain(value) && !('stack' in value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, SECRET_KEY.test(key) ? HIDDEN : hide(item, depth + 1)]));
}

const common = {
  formatters: { log: (fields: Record<string, unknown>) => hide(fields) as Record<string, unknown> },
  // Errors are already plain here.
  serializers: { err: (error: unknown) => error },
  // What pino's serialisers take out of a request or answer after the copy.
  redact: { paths: ['req.headers', 'res.headers'], censor: HIDDEN },
};

export type LogOptions = { level: string; dataFolder: string; terminal?: boolean };

export function openLog({ level, dataFolder, terminal = process.stdout.isTTY }: LogOptions): Logger {
  if (!terminal) return pino({ ...common, level }, pino.destination({ dest: 2, sync: false }));
  makeDataFolder(dataFolder);
  const path = join(dataFolder, 'server.log');
  if (existsSync(path) && statSync(path).size > LOG_FILE_LIMIT_BYTES) renameSync(path, `${path}.1`);
  return pino(
    { ...common, level },
    pino.multistream([
      { level: 'trace', stream: pino.destination({ dest: path, sync: false, mode: 0o600 }) },
      { level: 'warn', stream: pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }) },
    ]),
  );
}

/** For tests and tools: the log as lines handed to `write`. */
export const logTo = (write: (line: string) => void, level = 'info'): Logger => pino({ ...common, level }, { write });
