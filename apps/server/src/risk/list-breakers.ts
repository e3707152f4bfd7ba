/** Every circuit breaker with its state and how full its scope is. */
import type { listBreakers as endpoint } from '@predictu/contract/admin/risk';
import { readPlatformConfig } from '../config/config.ts';
import type { Handler } from '../platform/http.ts';
import { selectBreakers } from './breaker.sql.ts';
import { showBreaker } from './show-breaker.ts';

export const listBreakers: Handler<typeof endpoint> = async ({ db }) => {
  const [rows, { config }] = await Promise.all([selectBreakers(db), readPlatformConfig(db)]);
  return { data: rows.map((row) => showBreaker(row, config)), total: rows.length };
};
