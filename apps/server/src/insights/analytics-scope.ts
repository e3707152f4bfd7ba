/** What analytics begin with: are they switched on, and about whom. */
import { Failure } from '@predictu/contract/errors';
import { readPlatformConfig } from '../config/config.ts';
import type { Db } from '../platform/db.ts';
import { operatorsInScope } from './measure-period.ts';

/** The operator of this slug; undefined for all. @throws FORBIDDEN while analytics are switched off, NOT_FOUND */
export async function analyticsScope(db: Db, slug: string | undefined): Promise<bigint | undefined> {
  const { config } = await readPlatformConfig(db);
  if (!config.features.cohort_analytics) {
    throw new Failure('FORBIDDEN', 'Cohorts and analytics are switched off', { reason: 'cohort_analytics_disabled' });
  }
  const [operator] = await operatorsInScope(db, slug);
  return slug === undefined ? undefined : operator?.id;
}
