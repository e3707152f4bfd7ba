/** The load generator: a process of its own, told by its parent what to run. It calls 127.0.0.1 only, and stops with its parent. */
import { readFileSync } from 'node:fs';
import { seeded } from '../apps/server/test/random.ts';
import { type Caller, connectCaller, type Reply } from './caller.ts';
import { EXPECTED, type Mix, openWorkload, type Wanted, type Workload } from './workload.ts';

export type Run = {
  /** Names the database, whose holdings are kept between runs. */
  state: string;
  ports: number[];
  callers: number;
  mix: Mix;
  /** From the end of the ramp; without it the run is answered there, and goes on until the message `Ending`, which is answered with its figures. */
  milliseconds?: number;
};
export type Ending = { end: true };
export type Warming = { warm: number; players: number };
export type Prepared = { base: string; tokens: string };
export type Measured = {
  /** Trades filled, or quotes given, per second. */
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  longest: number;
  answers: number;
  filled: number;
  refused: number;
  replayed: number;
};

const RAMP_MS = 250;
const REPEATED = 0.01;
const CALLERS_AT_MOST = 1_024;
const LONGEST_RUN_MS = 60_000;

let base = 0n;
let tokens: string[] = [];
let keys = 0;
const workloads = new Map<string, Workload>();
/** The run that goes on until it is told to end. */
let open: { end(): void; measured: Promise<Measured> } | undefined;
const { between } = seeded(20_261_121);
const random = (): number => between(0, 2 ** 30 - 1) / 2 ** 30;

function workloadOf(state: string): Workload {
  const known = workloads.get(state) ?? openWorkload(base, random);
  workloads.set(state, known);
  return known;
}

function requestOf({ player, path, body }: Wanted): string {
  keys += 1;
  return `POST ${path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${tokens[player]}\r\nidempotency-key: bench-${process.pid}-${keys}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** @throws Error for an answer that is not what was asked for: a run with wrong answers measures nothing. */
function check({ kind, body }: Wanted, reply: Reply): void {
  const { status, code } = EXPECTED[kind];
  if (reply.status === status && (!code || reply.body.includes(`"code":"${code}"`))) return;
  throw new Error(`${kind} ${body} was answered ${reply.status} ${reply.body.slice(0, 400)}`);
}

const QUANTITY = '"quantity":';

function quantityIn(body: string): string {
  const from = body.indexOf(QUANTITY) + QUANTITY.length;
  return body.slice(from, body.indexOf(',', from));
}

function percentile(sorted: Float64Array, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

type Window = { begin: number; end: number };

/** All callers until the time is over; what is answered in the first moments, or after the end, is not counted. */
function drive(callers: readonly Caller[], run: Run, window: Window): Promise<Measured> {
  const workload = workloadOf(run.state);
  const latencies: number[] = [];
  let filled = 0;
  let refused = 0;
  let replayed = 0;
  return new Promise((resolve, reject) => {
    let active = callers.length;
    const finish = (): void => {
      active -= 1;
      if (active > 0) return;
      const sorted = Float64Array.from(latencies).sort();
      const [p50 = 0, p95 = 0, p99 = 0] = [0.5, 0.95, 0.99].map((part) => percentile(sorted, part));
      resolve({
        perSecond: (filled * 1_000) / (window.end - window.begin),
        p50,
        p95,
        p99,
        longest: sorted.at(-1) ?? 0,
        answers: sorted.length,
        filled,
        refused,
        replayed,
      });
    };
    for (const caller of callers) {
      let last: { wanted: Wanted; request: string } | undefined;
      const step = (): void => {
        const repeat = last !== undefined && run.mix !== 'quotes' && random() < REPEATED;
        const wanted = repeat && last ? last.wanted : workload.next(run.mix);
        const request = repeat && last ? last.request : requestOf(wanted);
        last = { wanted, request };
        const asked = performance.now();
        caller.ask(request, (reply) => {
          const now = performance.now();
          try {
            check(wanted, reply);
          } catch (error) {
            return reject(error);
          }
          const again = reply.head.includes('idempotency-replayed');
          if (repeat !== again)
            return reject(new Error(`${repeat ? 'A repeated' : 'A fresh'} key was answered as the other: ${reply.head}`));
          if (wanted.kind === 'buy' && !again) workload.bought(wanted, quantityIn(reply.body));
          if (now >= window.begin && now < window.end) {
            latencies.push(now - asked);
            if (again) replayed += 1;
            else if (reply.status === 422) refused += 1;
            else filled += 1;
          }
          if (now < window.end) step();
          else finish();
        });
      };
      step();
    }
  });
}

async function perform(run: Run, begun?: (window: Window) => void): Promise<Measured> {
  const { milliseconds = LONGEST_RUN_MS } = run;
  if (run.callers > CALLERS_AT_MOST || milliseconds > LONGEST_RUN_MS) throw new Error('More callers or time than this generator gives');
  let lost: (error: Error) => void = () => {};
  const broken = new Promise<never>((_, reject) => {
    lost = reject;
  });
  broken.catch(() => {});
  const connecting = Array.from({ length: run.callers }, (_, n) =>
    connectCaller(run.ports[n % run.ports.length] as number, (error) => lost(error)),
  );
  const callers = await Promise.race([Promise.all(connecting), broken]);
  const begin = performance.now() + RAMP_MS;
  const window = { begin, end: begin + milliseconds };
  const ramp = setTimeout(() => begun?.(window), RAMP_MS);
  try {
    return await Promise.race([drive(callers, run, window), broken]);
  } finally {
    clearTimeout(ramp);
    for (const caller of callers) caller.close();
  }
}

/** Begins a run without an end, and is back when its ramp is over. */
function begin(run: Run): Promise<Record<string, never>> {
  return new Promise((resolve, reject) => {
    const measured = perform(run, (window) => {
      open = {
        end() {
          window.end = performance.now();
        },
        measured,
      };
      resolve({});
    });
    measured.catch(reject);
  });
}

/** Ends that run. */
function finish(): Promise<Measured> {
  if (!open) throw new Error('No run goes on');
  const { measured, end } = open;
  open = undefined;
  end();
  return measured;
}

/** Shows every token to a server once, so that a run measures trades and not first meetings. */
async function warm({ warm: port, players }: Warming): Promise<void> {
  let next = 0;
  const callers = await Promise.all(Array.from({ length: 32 }, () => connectCaller(port, () => {})));
  await Promise.all(
    callers.map(
      (caller) =>
        new Promise<void>((resolve, reject) => {
          const step = (): void => {
            const player = next;
            next += 1;
            if (player >= players) {
              resolve();
              return;
            }
            caller.ask(
              `GET /api/casino/balance HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${tokens[player]}\r\n\r\n`,
              ({ status, body }) => {
                if (status === 200) step();
                else reject(new Error(`A balance was answered ${status} ${body.slice(0, 300)}`));
              },
            );
          };
          step();
        }),
    ),
  );
  for (const caller of callers) caller.close();
}

process.on('disconnect', () => process.exit(0));
process.on('message', (message: Run | Ending | Warming | Prepared) => {
  const done = async (): Promise<Measured | Record<string, never>> => {
    if ('tokens' in message) {
      base = BigInt(message.base);
      tokens = readFileSync(message.tokens, 'utf8').split('\n');
      return {};
    }
    if ('warm' in message) {
      await warm(message);
      return {};
    }
    if ('end' in message) return finish();
    return message.milliseconds === undefined ? begin(message) : perform(message);
  };
  done().then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
