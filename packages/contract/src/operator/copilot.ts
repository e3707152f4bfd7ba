/** The operator's copilot: drafts of markets, what the lint finds in them. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { single } from '../page.ts';
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
