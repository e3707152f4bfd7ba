/** A member talks to the copilot: paid first, answered as a stream, kept; paid back when it fails. No transaction is open while an engine works. */
import { type ErrorCode, isRefusal } from '@predictu/contract/errors';
import type { Id } from '@predictu/contract/ids';
import { type CopilotAnswer, copilotAnswer, type chatWithCopilot as endpoint } from '@predictu/contract/operator/copilot';
import { z } from 'zod';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import type { EventStream, StreamEvent } from '../platform/server-sent-events.ts';
import { completeAnswer, refundAnswer, reserveAnswer } from './credits.ts';
import { type Concluded, type Engine, EngineFailure, type Request, type Said } from './engine.ts';
import { lintDraft } from './lint.rules.ts';
import { wordsOf } from './question.rules.ts';
import { selectAlike } from './question-score.sql.ts';
import { scoreNow } from './score-question.ts';

export type ChatServices = {
  database: Database;
  clock: Clock;
  engine: Engine;
  log: { warn(detail: object, message: string): void };
};
/** However long an engine would like to take. */
const LONGEST_ANSWER_MS = 5 * 60_000;
const RETRY_AFTER_SECONDS = '2';

type Spoken = { event: string; data: object };
/** What is said while nobody listens waits for the reader; without one it is dropped in the end. */
function channel() {
  const waiting: Spoken[] = [];
  let ended = false;
  let wake = (): void => {};
  return {
    say(event: string, data: object): void {
      waiting.push({ event, data });
      wake();
    },
    end(): void {
      ended = true;
      wake();
    },
    async *read(signal: AbortSignal): AsyncGenerator<StreamEvent> {
      signal.addEventListener('abort', () => wake(), { once: true });
      for (let n = 1; !signal.aborted; ) {
        const next = waiting.shift();
        if (next) yield { id: String(n++), ...next };
        else if (ended) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
  };
}

function requestOf({ database }: ChatServices, actor: Actor, body: Pick<Request, 'messages' | 'draft'>, now: Date): Request {
  const read: Request['score'] = (question) =>
    database
      .as(actor, 'read', (db) => scoreNow(db, question, now))
      .then(({ probability, level, reasons }) => ({ probability, level, reasons }));
  return {
    ...body,
    now,
    score: read,
    findMarkets: (text) => {
      const words = [...wordsOf(text)].filter((word) => !word.startsWith('#'));
      return words.length === 0 ? Promise.resolve([]) : database.as(actor, 'read', (db) => selectAlike(db, words));
    },
  };
}

type Paid = { operatorId: bigint; id: bigint; price: Parameters<typeof refundAnswer>[1]['price']; balance: bigint };
type Say = ReturnType<typeof channel>['say'];

/** Runs the engine to its end and says every piece. */
async function listen(engine: Engine, request: Request, say: Say): Promise<Concluded> {
  const pieces = engine.answer(request, AbortSignal.timeout(LONGEST_ANSWER_MS));
  for (;;) {
    const { value, done } = await pieces.next();
    if (done) return value;
    const said: Said = value;
    if (said.kind === 'text') say('text', said);
    else say('draft', { ...said, lint: lintDraft(said.draft, request.now) });
  }
}

async function produce({ database, clock, engine, log }: ChatServices, request: Request, paid: Paid, say: Say): Promise<void> {
  try {
    const { message, draft, questions } = await listen(engine, request, say);
    const answer: CopilotAnswer = {
      kind: 'done',
      answer_id: paid.id as Id<'answer'>,
      engine: engine.name,
      model: engine.model,
      message,
      draft,
      lint: draft && lintDraft(draft, request.now),
      questions,
      credits: Number(paid.price),
      balance: Number(paid.balance),
      replayed: false,
    };
    if (!(await completeAnswer(database, paid, z.encode(copilotAnswer, answer), clock.now())))
      throw new EngineFailure('UNAVAILABLE', 'The answer came too late; its credits were paid back.', { retryable: true });
    say('done', answer);
  } catch (error) {
    const known = error instanceof EngineFailure ? error : undefined;
    log.warn({ err: known?.cause ?? error, engine: engine.name }, 'an answer of the copilot failed');
    // Should this fail too, the sweep pays it back.
    const balance = await refundAnswer(database, paid, known?.message ?? 'failed', clock.now()).catch(() => paid.balance);
    const code: ErrorCode = known?.code ?? 'INTERNAL_ERROR';
    const message = known?.message ?? 'Something went wrong on our side; nothing was paid.';
    say('failed', { kind: 'failed', code, message, retryable: known?.retryable ?? true, balance: Number(balance) });
  }
}

/** The answer that was given before, with what is left now. */
const again = (kept: unknown, balance: bigint): EventStream =>
  async function* () {
    const answer = z.decode(copilotAnswer, kept as z.input<typeof copilotAnswer>);
    yield { id: '1', event: 'done', data: { ...answer, balance: Number(balance), replayed: true } };
  };

export const chatWithCopilot =
  (services: ChatServices): Handler<typeof endpoint> =>
  async ({ actor, now, newId, setHeader }, { body, idempotencyKey: key, bodyHash }) => {
    const { database, engine } = services;
    const { operatorId } = actor;
    const { name, model } = engine;
    const reserved = await reserveAnswer(database, { operatorId, key, bodyHash, engine: name, model, actor, newId }, now);
    if (isRefusal(reserved)) {
      if (reserved.refused === 'IN_FLIGHT') setHeader('retry-after', RETRY_AFTER_SECONDS);
      return reserved;
    }
    if ('replay' in reserved) return again(reserved.replay, reserved.balance);
    const { say, end, read } = channel();
    const { id, balance } = reserved;
    say('start', { kind: 'start', answer_id: id, engine: name, model, balance: Number(balance) });
    void produce(services, requestOf(services, actor, body, now), { operatorId, ...reserved }, say).finally(end);
    return read;
  };
