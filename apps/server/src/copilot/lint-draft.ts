/** A member has a draft looked over. */
import type { lintDraft as endpoint } from '@predictu/contract/operator/copilot';
import type { Handler } from '../platform/http.ts';
import { lintDraft as lint } from './lint.rules.ts';

export const lintDraft: Handler<typeof endpoint> = async ({ now }, { body }) => ({ data: lint(body.draft, now) });
