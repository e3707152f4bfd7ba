/** The platform configuration in force. */
import type { getPlatformConfig as endpoint } from '@predictu/contract/admin/config';
import type { Handler } from '../platform/http.ts';
import { readPlatformConfig } from './config.ts';

export const getPlatformConfig: Handler<typeof endpoint> = async ({ db }) => {
  const { config, updatedAt, updatedBy } = await readPlatformConfig(db);
  return { data: { ...config, updated_at: updatedAt, updated_by: updatedBy } };
};
