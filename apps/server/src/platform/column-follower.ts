/**
 * The thread that keeps column tables: loads a noun when it is first asked for, follows what was committed since, and answers which rows a list
 * shows. It takes up everything committed before a question came, so whoever has written sees it.
 */
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { Statement } from './arrays.ts';
// Reads bigints as bigints.
import './db.ts';
import type { Row } from './db.ts';
import type { Choice, Slice, Sort } from './page.ts';
import { openSession, type Session } from './session.ts';

export type Ask = (statement: Statement) => Promise<Row[]>;
/** How far a noun has followed: all rows of the sequencer's order up to an id, and all transactions below a number. */
export type Place = { lastId: bigint; horizon: string };
/** What another noun is consulted about: the ids of the page, under this name, and what else says what is meant. */
export type Beside = { noun: string; by: string; matter?: object };
export type ListQuestion<F, S extends Sort<string> = Sort<string>> = { filter: F; sort: S; slice: Slice; beside?: Beside | undefined };
export type IndexedNoun<F, S extends Sort<string>, M = never> = {
  /** Reads every row, page by page; what changes meanwhile is caught up with afterwards. */
  load(ask: Ask): Promise<void>;
  /** What asks for everything that may have changed after a place, and for what these sorts need besides; rows may come again. */
  changes(after: Place, sorts: ReadonlySet<string>): Statement[];
  /** The answers to `changes`, by the names of its statements. */
  take(answers: ReadonlyMap<string, Row[]>): void;
  choose(question: ListQuestion<F, S>): Choice;
  /** What the noun knows of its rows beside which of them a list shows. */
  consult?(matter: M): unknown;
};
// biome-ignore lint/suspicious/noExplicitAny: each noun reads the filter of its own list.
export type IndexedNouns = Record<string, IndexedNoun<any, any, any>>;

export type Asked = { n: number; noun: string } & ({ question: ListQuestion<unknown> } | { matter: unknown });
/** `reply` is a choice, with what another noun says beside it once that is ready, or what was consulted about; null while the noun is not ready. */
export type Answered = { n: number; reply: unknown; error?: string };

type Followed = { noun: IndexedNouns[string]; place: Place | undefined; loading: boolean; waiting: Asked[] };

const FOLLOW_MS = 250;
/** A load that failed is not tried again for so long. */
const REST_MS = 30_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** Longer than this without a look, and changes may have been forgotten. */
const LONGEST_GAP_MS = 1_800_000;

const BEGIN: Statement = { name: 'columns_begin', text: 'begin isolation level repeatable read read only', values: [] };
const COMMIT: Statement = { name: 'columns_commit', text: 'commit', values: [] };
const PLACE: Statement = {
  name: 'columns_place',
  text: `select last_id as "lastId", pg_snapshot_xmin(pg_current_snapshot())::text as horizon from sequencer`,
  values: [],
};

const besideOf = (asked: Asked): Beside | undefined => ('question' in asked ? asked.question.beside : undefined);

function followColumns(appUrl: string, nouns: IndexedNouns, port: MessagePort): void {
  const all = new Map<string, Followed>(
    Object.entries(nouns).map(([name, noun]) => [name, { noun, place: undefined, loading: false, waiting: [] }]),
  );
  let session: Promise<Session> | undefined;
  let running = false;
  let before: Promise<unknown> = Promise.resolve();
  /** When all nouns were last brought up to date. */
  let looked = performance.now();

  async function connected(): Promise<Session> {
    if (session && !(await session).alive()) session = undefined;
    session ??= openSession({
      connectionString: appUrl,
      role: 'predictu_worker',
      name: 'predictu lists',
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      idleInTransactionMs: STATEMENT_TIMEOUT_MS,
      hashing: false,
    });
    session.catch(() => {
      session = undefined;
    });
    return session;
  }
  /** All in one snapshot and one round trip, one after the other: a load and a look may want the connection at once. */
  function inSnapshot(statements: readonly Statement[]): Promise<Row[][]> {
    const turn = before.then(() => exchange(statements));
    before = turn.catch(() => {});
    return turn;
  }
  async function exchange(statements: readonly Statement[]): Promise<Row[][]> {
    const open = await connected();
    try {
      return (await open.exchange([BEGIN, ...statements, COMMIT])).slice(1, -1).map(({ rows }) => rows);
    } catch (error) {
      await open.close().catch(() => {});
      session = undefined;
      throw error;
    }
  }
  const ask: Ask = async (statement) => (await inSnapshot([statement]))[0] ?? [];

  async function load(followed: Followed): Promise<void> {
    followed.loading = true;
    try {
      const [place] = (await ask(PLACE)) as Place[];
      await followed.noun.load(ask);
      followed.place = place;
    } finally {
      setTimeout(() => {
        followed.loading = false;
      }, REST_MS);
    }
  }

  /** Of the nouns that are asked about; of all of them when it is time. */
  async function catchUp(): Promise<void> {
    const begun = performance.now();
    const every = begun - looked >= FOLLOW_MS;
    const beside = new Set([...all.values()].flatMap(({ waiting }) => waiting.map((asked) => besideOf(asked)?.noun)));
    const ready = [...all.entries()].flatMap(([name, followed]) =>
      followed.place !== undefined && (every || followed.waiting.length > 0 || beside.has(name)) ? [followed] : [],
    );
    if (ready.length === 0) return;
    if (begun - looked > LONGEST_GAP_MS) throw new Error('Too long without a look');
    const asked = ready.map(({ noun, place, waiting }) =>
      noun.changes(place as Place, new Set(waiting.flatMap((one) => ('question' in one ? [one.question.sort.sort] : [])))),
    );
    const [places, ...answers] = await inSnapshot([PLACE, ...asked.flat()]);
    for (const [index, followed] of ready.entries()) {
      const names = (asked[index] ?? []).map(({ name }) => name);
      followed.noun.take(new Map(answers.splice(0, names.length).map((rows, n) => [names[n] ?? '', rows])));
      followed.place = places?.[0] as Place;
    }
    if (every) looked = begun;
  }

  function replyTo(noun: IndexedNouns[string], asked: Asked): unknown {
    if (!('question' in asked)) return noun.consult?.(asked.matter) ?? null;
    const choice = noun.choose(asked.question);
    const beside = besideOf(asked);
    const other = beside && all.get(beside.noun);
    return other?.place ? { beside: other.noun.consult?.({ [beside?.by ?? '']: choice.ids, ...beside?.matter }), ...choice } : choice;
  }
  function answer({ noun, waiting }: Followed, count: number): void {
    for (const asked of waiting.splice(0, count)) {
      const reply = replyTo(noun, asked);
      port.postMessage({ n: asked.n, reply } satisfies Answered);
    }
  }

  /** One look serves all that asked before it began; who asks meanwhile waits for the next. */
  async function run(): Promise<void> {
    if (running) return;
    running = true;
    try {
      do {
        const counts = [...all.values()].map(({ waiting }) => waiting.length);
        await catchUp();
        for (const [index, followed] of [...all.values()].entries()) answer(followed, counts[index] ?? 0);
      } while ([...all.values()].some(({ waiting }) => waiting.length > 0));
    } catch (error) {
      for (const { waiting } of all.values()) {
        for (const { n } of waiting.splice(0)) port.postMessage({ n, reply: null, error: (error as Error).message } satisfies Answered);
      }
      if (performance.now() - looked > LONGEST_GAP_MS) process.exit();
    } finally {
      running = false;
    }
  }

  port.on('message', (message: Asked) => {
    const followed = all.get(message.noun);
    if (!followed?.place) {
      port.postMessage({ n: message.n, reply: null } satisfies Answered);
      if (followed && !followed.loading)
        load(followed).catch((error: Error) => port.postMessage({ n: 0, reply: null, error: error.message } satisfies Answered));
      return;
    }
    followed.waiting.push(message);
    void run();
  });
  setInterval(() => void run(), FOLLOW_MS);
}

/** Called by the thread's own file. */
export function startFollowing(appUrl: string, nouns: IndexedNouns): void {
  if (parentPort) followColumns(appUrl, nouns, parentPort);
}
