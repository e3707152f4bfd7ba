/** Makes people who can log in: administrators of the platform and members of one operator. */
import { randomUUID } from 'node:crypto';
import { Failure } from '@predictu/contract/errors';
import { ALL_PERMISSIONS, type Permission } from '@predictu/contract/shapes/permission';
import { insertPerson } from '../identity/identity.ts';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import type { Passwords } from './hash-password.ts';
import { passwordProblem } from './password.rules.ts';
import { insertAdmin, insertMember } from './person.sql.ts';

export type PersonRequest = { email: string; name: string | null; password: string; permissions?: readonly Permission[] };
export type CreateDependencies = { passwords: Passwords; newId: NewId };

async function prepare({ passwords, newId }: CreateDependencies, { email, name, password, permissions = ALL_PERMISSIONS }: PersonRequest) {
  const problem = passwordProblem(password, email);
  if (problem) throw new Failure('VALIDATION_ERROR', problem, { fields: [{ field: 'password', received: 'hidden', expected: problem }] });
  return { id: newId(), email, name, permissions, passwordHash: await passwords.hash(password) };
}

const taken = (email: string) => new Failure('CONFLICT', `${email} has an account already`);

/** Runs as the access role: only it may write administrators. */
export async function createAdmin(
  db: Db,
  dependencies: CreateDependencies,
  actor: Actor,
  request: PersonRequest,
  now: Date,
): Promise<bigint> {
  const person = await prepare(dependencies, request);
  if (!(await insertAdmin(db, person, now))) throw taken(person.email);
  const { id, email, name, permissions } = person;
  await recordAudit(db, actor, dependencies.newId(), now, {
    action: 'admin.create',
    subject: `admin:${email}`,
    after: { name, permissions },
  });
  return id;
}

/** Whose password is known here: for the demo and for tests, with the identity store of this database. Others are invited. Runs as the access role. */
export async function createMember(
  db: Db,
  dependencies: CreateDependencies,
  actor: Actor,
  request: PersonRequest & { operatorId: bigint },
  now: Date,
): Promise<bigint> {
  const { passwordHash, ...person } = await prepare(dependencies, request);
  const { id, email, name, permissions } = person;
  const authUserId = randomUUID();
  const made = await insertPerson(db, { id: authUserId, email, name, encryptedPassword: passwordHash, invitedAt: null }, now);
  if (!made || !(await insertMember(db, request.operatorId, { ...person, authUserId }, now))) throw taken(email);
  await recordAudit(db, actor, dependencies.newId(), now, {
    action: 'member.create',
    subject: `operator_member:${email}`,
    operatorId: request.operatorId,
    after: { name, permissions },
  });
  return id;
}
