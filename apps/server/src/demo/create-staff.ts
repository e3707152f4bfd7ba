/** The demo's people at desks: the platform's administrator, the operators, their members and key pairs. */
import { PERMISSIONS } from '@predictu/contract/endpoint';
import { createOperator } from '../operators/operators.ts';
import type { Actor } from '../platform/actor.ts';
import { DEMO_ADMIN, DEMO_OPERATORS, DEMO_PASSWORD, type DemoOperator } from './demo-seed.rules.ts';
import type { Past } from './past.ts';

const BUILDER: Actor = { kind: 'admin', adminId: 0n, email: 'demo', permissions: [] };

type Admin = Extract<Actor, { kind: 'admin' }>;
type Member = Extract<Actor, { kind: 'operator' }>;
export type StaffedOperator = { operator: DemoOperator; id: bigint; member: Member; key: { apiKey: string; apiSecret: string } };
export type Staff = { admin: Admin; operators: readonly StaffedOperator[] };

/** Operators begin with the platform keeping their players' money. */
export async function createStaff({ database, access, clock, newId }: Past): Promise<Staff> {
  const now = clock.now();
  const adminId = await database.as({ kind: 'access' }, 'write', (db) =>
    access.createAdmin(db, BUILDER, { email: DEMO_ADMIN, name: 'Demo Administrator', password: DEMO_PASSWORD }, now),
  );
  const admin: Admin = { kind: 'admin', adminId, email: DEMO_ADMIN, permissions: PERMISSIONS };
  const operators: StaffedOperator[] = [];
  for (const operator of DEMO_OPERATORS) {
    const { slug, name, contact: contactEmail, website: websiteUrl, status, maxBet, exposureLimit, categories, member: email } = operator;
    const request = { slug, name, contactEmail, contactName: `${name} team`, websiteUrl, status, maxBet, exposureLimit };
    const live = status === 'live' && { onboardedAt: now };
    const { id } = await database.as(admin, 'write', (db) =>
      createOperator(db, admin, { ...request, walletMode: 'internal', allowedCategories: [...categories], ...live }, now, newId),
    );
    if (email === null) {
      // Its domain has not answered yet: that is where its onboarding stands.
      await database.as(admin, 'write', (db) => access.awaitOrigin(db, { operatorId: id, origin: websiteUrl }, now));
      continue;
    }
    const memberId = await database.as({ kind: 'access' }, 'write', (db) =>
      access.createMember(db, admin, { operatorId: id, email, name: `${name} operator`, password: DEMO_PASSWORD }, now),
    );
    for (const origin of [websiteUrl, websiteUrl.replace('https://', 'https://m.')]) {
      await database.as(admin, 'write', (db) => access.allowOrigin(db, { operatorId: id, origin }, now));
    }
    const key = await database.as(admin, 'write', (db) => access.createKeyPair(db, { operatorId: id, name: 'Demo key' }, now));
    const member: Member = { kind: 'operator', operatorId: id, slug, memberId, email, permissions: PERMISSIONS };
    operators.push({ operator, id, member, key });
  }
  return { admin, operators };
}
