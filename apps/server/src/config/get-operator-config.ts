/** How an operator's embed behaves, for the operator. */
import type { getOperatorConfig as endpoint } from '@predictu/contract/operator/settings';
import { type Handler, notFound } from '../platform/http.ts';
import { readOperatorConfig } from './read-operator-config.ts';

export const getOperatorConfig: Handler<typeof endpoint> = async ({ db, actor }) => {
  const stored = await readOperatorConfig(db, actor.operatorId);
  if (!stored) throw notFound('operator');
  return { data: { ...stored.config, updated_at: stored.updatedAt } };
};
