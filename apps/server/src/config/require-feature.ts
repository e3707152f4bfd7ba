/** Switches: what is off is refused, from the next request on, in every process. */
import { Failure } from '@predictu/contract/errors';
import type { OperatorConfig } from '@predictu/contract/shapes/operator-config';
import type { PlatformConfig } from '@predictu/contract/shapes/platform-config';
import type { Db } from '../platform/db.ts';
import { readOperatorConfig } from './read-operator-config.ts';
import { readPlatformConfig } from './read-platform-config.ts';

export type OperatorFeature =
  | `features.${keyof OperatorConfig['features']}`
  | `notifications.${keyof OperatorConfig['notifications']}`
  | 'trading.allow_limit_orders'
  | 'ui.show_orderbook'
  | 'ui.show_related_markets';

const off = (feature: string): Failure => new Failure('FORBIDDEN', 'This is switched off', { reason: 'feature_disabled', feature });

/** Whether an operator has this switched on; false when there is no such operator. */
async function hasFeature(db: Db, operatorId: bigint, feature: OperatorFeature): Promise<boolean> {
  const [group, key] = feature.split('.') as ['features', keyof OperatorConfig['features']];
  return (await readOperatorConfig(db, operatorId))?.config[group][key] === true;
}

/** @throws FORBIDDEN with `details.reason` feature_disabled and `details.feature` when the operator has it switched off. */
export async function requireFeature(db: Db, operatorId: bigint, feature: OperatorFeature): Promise<void> {
  if (!(await hasFeature(db, operatorId, feature))) throw off(feature);
}

type PlatformFeature = keyof PlatformConfig['features'];

export const hasPlatformFeature = async (db: Db, feature: PlatformFeature): Promise<boolean> =>
  (await readPlatformConfig(db)).config.features[feature];

/** @throws FORBIDDEN as above when the platform has it switched off. */
export async function requirePlatformFeature(db: Db, feature: PlatformFeature): Promise<void> {
  if (!(await hasPlatformFeature(db, feature))) throw off(`features.${feature}`);
}
