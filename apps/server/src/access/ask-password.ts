/** Takes a password from wherever it may come without being seen: the environment, a pipe, or the terminal without echo. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Failure } from '@predictu/contract/errors';

export type Terminal = { input: NodeJS.ReadStream; output: NodeJS.WritableStream };

async function ask(prompt: string, { input, output }: Terminal): Promise<string> {
  output.write(prompt);
  // Readline echoes into a stream that drops everything.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silent, terminal: true });
  const cancelled = new AbortController();
  lines.on('SIGINT', () => cancelled.abort());
  try {
    return await lines.question('', { signal: cancelled.signal });
  } finally {
    lines.close();
    output.write('\n');
  }
}

/** The first line of what is piped in. */
async function firstLine(input: NodeJS.ReadStream): Promise<string> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) return line;
  return '';
}

/** The password, asked twice on a terminal; throws when the two differ. */
export async function askPassword(given: string | undefined, terminal: Terminal): Promise<string> {
  if (given) return given;
  if (!terminal.input.isTTY) return firstLine(terminal.input);
  const password = await ask('Password (at least 12 characters, not shown): ', terminal);
  if (password !== (await ask('Once more: ', terminal))) throw new Failure('VALIDATION_ERROR', 'The two passwords differ');
  return password;
}
