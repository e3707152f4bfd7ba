/** Rows of link_requests: links by e-mail that were asked for. */
import type { LinkPurpose } from '../identity/identity.ts';
import type { Db } from '../platform/db.ts';

export type NewLinkRequest = {
  id: bigint;
  purpose: LinkPurpose;
  email: string;
  invitationId?: bigint;
  codeChallenge?: string;
  nextPath?: string | undefined;
};

export const insertLinkRequest = (db: Db, request: NewLinkRequest, now: Date): Promise<unknown> =>
  db.query(
    `insert into link_requests (id, purpose, email, invitation_id, code_challenge, next_path, due_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [
      request.id,
      request.purpose,
      request.email,
      request.invitationId ?? null,
      request.codeChallenge ?? null,
      request.nextPath ?? null,
      now,
    ],
  );

export type LinkRequest = {
  id: bigint;
  purpose: LinkPurpose;
  email: string;
  invitationId: bigint | null;
  codeChallenge: string | null;
  nextPath: string | null;
  /** This one included. */
  attempts: number;
};

/** Takes what is due, oldest first, until `again`: of two processes each gets its own. */
export const takeDueLinks = (db: Db, now: Date, again: Date, most: number): Promise<LinkRequest[]> =>
  db.query<LinkRequest>(
    `update link_requests r set attempts = r.attempts + 1, due_at = $2 from (
       select id from link_requests where outcome is null and due_at <= $1 order by due_at, id limit $3 for update skip locked) due
     where r.id = due.id
     returning r.id, r.purpose, r.email, r.invitation_id as "invitationId", r.code_challenge as "codeChallenge", r.next_path as "nextPath", r.attempts`,
    [now, again, most],
  );

export type LinkOutcome = 'sent' | 'nobody' | 'too_many' | 'failed';
export const decideLink = (db: Db, id: bigint, outcome: LinkOutcome, now: Date): Promise<unknown> =>
  db.query('update link_requests set outcome = $2, decided_at = $3 where id = $1 and outcome is null', [id, outcome, now]);

/** Links sent to this address since. */
export async function countSent(db: Db, email: string, since: Date): Promise<number> {
  const [row] = await db.query<{ count: bigint }>(
    `select count(*) as count from link_requests where lower(email) = lower($1) and outcome = 'sent' and purpose <> 'invite' and decided_at > $2`,
    [email, since],
  );
  return Number(row?.count ?? 0n);
}

export const forgetLinkRequests = (db: Db, before: Date): Promise<unknown> =>
  db.query('delete from link_requests where created_at < $1 and outcome is not null', [before]);

export const putOffLink = (db: Db, id: bigint, until: Date): Promise<unknown> =>
  db.query('update link_requests set due_at = $2 where id = $1', [id, until]);
