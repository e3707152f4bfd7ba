/** What a person or a key pair may do, and the scopes of key pairs that map onto it. */
import { z } from 'zod';
import { type Permission as EndpointPermission, PERMISSIONS } from '../endpoint.ts';

export type Permission = EndpointPermission;
export const permission = z.enum(PERMISSIONS);
export const ALL_PERMISSIONS: readonly Permission[] = PERMISSIONS;

/** `s2s_callback` signs launch tokens and callbacks, `read_only` reads, `server_api` acts like a member with every permission. */
export const API_KEY_SCOPES = ['s2s_callback', 'server_api', 'read_only'] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];
export const apiKeyScope = z.enum(API_KEY_SCOPES);
