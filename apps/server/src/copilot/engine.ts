/** The port of whatever answers: it reads what it is given and says words and drafts. It cannot open a market or move money. */
import type { ErrorCode } from '@predictu/contract/errors';
import type { MarketDraft } from '@predictu/contract/shapes/market-draft';

export type Message = { role: 'user' | 'assistant'; text: string };
/** A market there is, as data: its words come from outside. */
export type KnownMarket = { title: string; category: string; mid: bigint | null; endAt: Date | null };
export type Request = {
  messages: readonly Message[];
  draft: MarketDraft | null;
  now: Date;
  /** Looks for markets like this text; each call is a short transaction of its own. */
  findMarkets(text: string): Promise<KnownMarket[]>;
  /** The probability of a question by its words, with reasons. */
  score(question: string): Promise<{ probability: number; level: string; reasons: readonly string[] }>;
};
export type Said = { kind: 'text'; text: string } | { kind: 'draft'; draft: MarketDraft };
export type Concluded = { message: string; draft: MarketDraft | null; questions: string[] };
export type Engine = {
  name: 'claude' | 'rules';
  model: string | null;
  answer(request: Request, signal: AbortSignal): AsyncGenerator<Said, Concluded>;
};

/** An answer that failed, in words for a person; what went wrong in detail stays in the log. */
export class EngineFailure extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  constructor(code: ErrorCode, message: string, { retryable, cause }: { retryable: boolean; cause?: unknown }) {
    super(message, { cause });
    this.name = 'EngineFailure';
    this.code = code;
    this.retryable = retryable;
  }
}
