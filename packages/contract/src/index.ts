/** The registry: every endpoint there is, by its operation id. An endpoint that is not here does not exist. */
import { adminEndpoints } from './admin/endpoints.ts';
import { operatorEndpoints } from './operator/endpoints.ts';
import { playerEndpoints } from './player/endpoints.ts';
import { publicEndpoints } from './public/endpoints.ts';

export const contract = { ...publicEndpoints, ...playerEndpoints, ...operatorEndpoints, ...adminEndpoints };
export type Contract = typeof contract;
export type OperationId = keyof Contract;
