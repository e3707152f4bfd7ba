/**
 * Door of operators. Noun: the operator, one casino or sportsbook. What always holds: a slug names one operator for ever.
 * Lock order: the sequencer first, because batches keep operators in memory.
 */
import { Failure } from '@predictu/contract/errors';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { insertOperator, type NewOperator, type Operator, operatorById, operatorBySlug } from './operator.sql.ts';

export type { NewOperator, Operator };

/** The operator of this id or slug, or undefined. */
export const findOperator = (db: Db, by: { id: bigint } | { slug: string }): Promise<Operator | undefined> =>
  'id' in by ? operatorById(db, by.id) : operatorBySlug(db, by.slug);

/** Makes an operator, with the columns' defaults for what is not said. As an admin. @throws CONFLICT when the slug is taken. */
export async function createOperator(db: Db, actor: Actor, request: NewOperator, now: Date, newId: NewId): Promise<Operator> {
  await takeTurn(db, now);
  const operator = await insertOperator(db, newId(), request, now);
  if (!operator) throw new Failure('CONFLICT', `An operator with the slug "${request.slug}" exists already`, { slug: request.slug });
  await recordAudit(db, actor, newId(), now, {
    action: 'operator.create',
    subject: `operator:${operator.slug}`,
    operatorId: operator.id,
    after: request,
  });
  return operator;
}
