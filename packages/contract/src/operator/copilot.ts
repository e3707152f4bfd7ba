/** The operator's copilot: drafts of markets, what the lint finds in them, credits, and the answers they pay for. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ERROR_CODES } from '../errors.ts';
import { answerId } from '../ids.ts';
import { single } from '../page.ts';
import { credits } from '../shapes/credits.ts';
import { lintReport, marketDraft } from '../shapes/market-draft.ts';

const common = { audience: 'operator', tag: 'Copilot' } as const;

export const lintDraft = endpoint({
  ...common,
  method: 'POST',
  path: '/api/copilot/lint',
  needs: 'read',
  summary: 'Look a draft over',
  description: 'What players could dispute, each finding with its fix. Costs no credits and keeps nothing.',
  body: z.strictObject({ draft: marketDraft }),
  answer: single(lintReport),
});

export const getCopilotCredits = endpoint({
  ...common,
  method: 'GET',
  path: '/api/copilot/credits',
  summary: 'Get your copilot credits',
  description: 'A new operator has a trial grant from its first look on.',
  answer: single(credits),
});

const engine = z.enum(['claude', 'rules']);
const MESSAGES_AT_MOST = 40;
export const copilotAnswer = z.object({
  kind: z.literal('done'),
  answer_id: answerId,
  engine: engine.meta({ description: 'claude: a model of Anthropic. rules: no model, no network.' }),
  model: z.string().nullable(),
  message: z.string(),
  draft: marketDraft.nullable(),
  lint: lintReport.nullable(),
  questions: z.array(z.string()).meta({ description: 'What is still to be said.' }),
  credits: z.number().int().meta({ description: 'What it cost.' }),
  balance: z.number().int(),
  replayed: z.boolean().meta({ description: 'Answered before under this key; nothing was paid again.' }),
});
export type CopilotAnswer = z.output<typeof copilotAnswer>;
const chatEvent = z
  .union([
    z.object({ kind: z.literal('start'), answer_id: answerId, engine, model: z.string().nullable(), balance: z.number().int() }),
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('draft'), draft: marketDraft, lint: lintReport }),
    copilotAnswer,
    z.object({
      kind: z.literal('failed'),
      code: z.enum(ERROR_CODES),
      message: z.string(),
      retryable: z.boolean(),
      balance: z.number().int().meta({ description: 'After the credits were paid back.' }),
    }),
  ])
  .meta({ id: 'CopilotEvent' });

export const chatWithCopilot = endpoint({
  ...common,
  method: 'POST',
  path: '/api/copilot/chat',
  needs: 'write',
  stream: true,
  idempotency: 'required',
  summary: 'Talk to the copilot',
  description:
    'Server-sent events `start`, `text` (pieces of the message), `draft`, then `done` or `failed`. Paid when it begins, paid back when it fails. An answer is finished and kept even when its reader goes away: the same key and body again get it without paying. Nothing here moves money or opens a market.',
  body: z.strictObject({
    messages: z
      .array(z.strictObject({ role: z.enum(['user', 'assistant']), text: z.string().trim().min(1).max(4_000) }))
      .min(1)
      .max(MESSAGES_AT_MOST)
      .refine((messages) => messages.at(-1)?.role === 'user', 'Expected the last message to be of the user'),
    draft: marketDraft.nullable().default(null).meta({ description: 'The draft so far, as it stands on your screen.' }),
  }),
  answer: chatEvent,
  refusals: ['INSUFFICIENT_CREDITS', 'IN_FLIGHT', 'IDEMPOTENCY_KEY_REUSED'],
});
