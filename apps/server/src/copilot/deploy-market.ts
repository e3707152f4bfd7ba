/** A draft becomes a market of the operator's own. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { deployDraft as endpoint } from '@predictu/contract/operator/own-markets';
import type { Category } from '@predictu/contract/shapes/category';
import { type MarketDraft, marketDraft } from '@predictu/contract/shapes/market-draft';
import type { Price } from '@predictu/contract/units';
import { readOpenCategories } from '../config/config.ts';
import { openOwnMarket } from '../markets/markets.ts';
import { auditNameOf, recordAudit } from '../platform/audit.ts';
import type { Database } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { lintDraft } from './lint.rules.ts';
import { rulesText } from './own-market.rules.ts';
import { hasTwin, insertRules } from './own-market.sql.ts';
import { readOwnMarket } from './show-own-market.ts';

type Ready = MarketDraft & { category: Category; cut_off_at: Date; initial_price: Price };

/** The draft without holes, or why it cannot be a market. */
export function readyOrRefused(draft: MarketDraft, now: Date): Ready | Refusal {
  const { deployable, score, findings } = lintDraft(draft, now);
  const { category, cut_off_at, initial_price } = draft;
  if (deployable && category !== null && cut_off_at !== null && initial_price !== null)
    return { ...draft, category, cut_off_at, initial_price };
  const errors = findings.filter(({ severity }) => severity === 'error');
  return refuse('DRAFT_UNFIT', `The lint finds ${errors.length} ${errors.length === 1 ? 'error' : 'errors'} in the draft`, {
    score,
    findings: findings.map(({ rule, severity, field, message, fix }) => ({ rule, severity, field, message, fix: fix.text })),
  });
}

export const deployDraft =
  (database: Database): Handler<typeof endpoint> =>
  async ({ db, actor, now, newId, requestId }, { body }) => {
    const { operatorId } = actor;
    const ready = readyOrRefused(body.draft, now);
    if ('refused' in ready) return ready;
    if (!(await readOpenCategories(db, operatorId)).includes(ready.category)) {
      const fields = [{ field: 'draft.category', received: ready.category, expected: 'a category you offer' }];
      return refuse('VALIDATION_ERROR', 'You do not offer this category', { fields });
    }
    if (await hasTwin(db, operatorId, ready.question))
      return refuse('CONFLICT', 'A market of yours with this question is open', { reason: 'twin' });
    const id = newId();
    const market = {
      id,
      operatorId,
      title: ready.question,
      description: rulesText(ready),
      category: ready.category,
      endAt: ready.cut_off_at,
    };
    const { initial_price: mid, source } = ready;
    await openOwnMarket(db, { ...market, liquidity: body.liquidity_usd, mid, resolutionSource: source.url ?? source.name }, now);
    const createdBy = auditNameOf(actor).join(':');
    await insertRules(
      db,
      { operatorId, marketId: id, draft: marketDraft.encode(ready), anchor: mid, resolver: body.resolver, createdBy },
      now,
    );
    await recordAudit(db, actor, newId(), now, {
      action: 'market.deploy',
      subject: encodeId('market', id as Id<'market'>),
      after: {
        question: ready.question,
        price: mid,
        liquidity_cents: body.liquidity_usd,
        resolver: body.resolver,
        end_at: ready.cut_off_at,
      },
      requestId,
    });
    return { data: await readOwnMarket(db, database, operatorId, id, now) };
  };
