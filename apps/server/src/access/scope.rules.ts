/** What a key pair may do, from its scopes (docs/decisions/0006-access.md). */
import { ALL_PERMISSIONS, type ApiKeyScope, type Permission } from '@predictu/contract/shapes/permission';

const GRANTED: Record<ApiKeyScope, readonly Permission[]> = {
  s2s_callback: [],
  read_only: ['read'],
  server_api: ALL_PERMISSIONS,
};

/** The permissions of a set of scopes, in the order of the contract; unknown scopes grant nothing. */
export function permissionsOf(scopes: readonly string[]): Permission[] {
  const granted = new Set(scopes.flatMap((scope) => GRANTED[scope as ApiKeyScope] ?? []));
  return ALL_PERMISSIONS.filter((permission) => granted.has(permission));
}

/** Whether a pair with these scopes may sign launch tokens. */
export const maySignLaunchTokens = (scopes: readonly string[]): boolean => scopes.includes('s2s_callback') || scopes.includes('server_api');
