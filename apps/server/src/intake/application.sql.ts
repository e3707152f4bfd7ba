/** Rows of operator_applications. */
import type { ApplicationStatus } from '@predictu/contract/shapes/application';
import type { Category } from '@predictu/contract/shapes/category';
import { type Condition, cut, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';

export type Application = {
  id: bigint;
  status: ApplicationStatus;
  company: string;
  website_url: string;
  website_host: string;
  jurisdiction: string;
  licence_authority: string;
  licence_number: string | null;
  categories: Category[];
  expected_monthly_volume: 'under_100k' | '100k_to_1m' | '1m_to_10m' | 'over_10m';
  monthly_players: 'under_5k' | '5k_to_25k' | '25k_to_100k' | 'over_100k';
  wallet_mode: 'internal' | 'seamless' | 'shadow';
  contact_name: string;
  contact_email: string;
  contact_phone: string | null;
  message: string | null;
  consent_at: Date;
  duplicate_of: bigint | null;
  operator_id: bigint | null;
  created_at: Date;
  updated_at: Date;
};

const COLUMNS = `id, status, company, website_url, website_host, jurisdiction, licence_authority, licence_number, categories,
  expected_monthly_volume, monthly_players, wallet_mode, contact_name, contact_email, contact_phone, message, consent_at, duplicate_of,
  operator_id, created_at, updated_at`;

/** The first application of this person for this site that is still open or has succeeded. */
export async function findOriginal(db: Db, email: string, host: string, since: Date): Promise<bigint | undefined> {
  const [row] = await db.query<{ id: bigint }>(
    `select id from operator_applications where lower(contact_email) = lower($1) and website_host = $2 and created_at >= $3
       and status in ('received', 'in_review', 'needs_information', 'approved', 'provisioned') order by id limit 1`,
    [email, host, since],
  );
  return row?.id;
}

export async function countFrom(db: Db, senderDigest: string, since: Date): Promise<number> {
  const [row] = await db.query<{ count: bigint }>(
    'select count(*) as count from operator_applications where sender_digest = $1 and created_at >= $2',
    [senderDigest, since],
  );
  return Number(row?.count ?? 0n);
}

const WRITTEN = [
  'id',
  'status',
  'company',
  'website_url',
  'website_host',
  'jurisdiction',
  'licence_authority',
  'licence_number',
  'categories',
  'expected_monthly_volume',
  'monthly_players',
  'wallet_mode',
  'contact_name',
  'contact_email',
  'contact_phone',
  'message',
  'consent_at',
  'duplicate_of',
  'form_nonce',
  'sender_digest',
  'created_at',
  'updated_at',
] as const;
export type NewApplication = Omit<Application, 'operator_id'> & { form_nonce: string; sender_digest: string };

/** False when its form was sent before. */
export async function insertApplication(db: Db, application: NewApplication): Promise<boolean> {
  const rows = await db.query(
    `insert into operator_applications (${WRITTEN.join(', ')}) values (${WRITTEN.map((_, index) => `$${index + 1}`).join(', ')})
     on conflict (form_nonce) do nothing returning id`,
    WRITTEN.map((column) => application[column]),
  );
  return rows.length > 0;
}

export async function selectApplication(db: Db, id: bigint, purpose: 'read' | 'update' = 'read'): Promise<Application | undefined> {
  const [row] = await db.query<Application>(
    `select ${COLUMNS} from operator_applications where id = $1 ${purpose === 'update' ? 'for no key update' : ''}`,
    [id],
  );
  return row;
}

export const updateStatus = (db: Db, id: bigint, status: ApplicationStatus, now: Date): Promise<unknown> =>
  db.query('update operator_applications set status = $2, updated_at = $3 where id = $1', [id, status, now]);

export type Related = Pick<Application, 'id' | 'company' | 'status' | 'created_at'>;

/** Others of the same person or site, newest first. */
export const selectRelated = (db: Db, { id, contact_email, website_host }: Application): Promise<Related[]> =>
  db.query<Related>(
    `select id, company, status, created_at from operator_applications
     where id <> $1 and (lower(contact_email) = lower($2) or website_host = $3) order by id desc limit 20`,
    [id, contact_email, website_host],
  );

export async function selectOperatorSlug(db: Db, id: bigint): Promise<string | undefined> {
  const [row] = await db.query<{ slug: string }>('select slug from operators where id = $1', [id]);
  return row?.slug;
}

export type HistoryRow = {
  id: bigint;
  at: Date;
  action: string;
  actorKind: string;
  actorName: string | null;
  before: { status?: ApplicationStatus } | null;
  after: { status?: ApplicationStatus; note?: string } | null;
  reason: string | null;
};

/** The audit rows of one application, oldest first. */
export const selectHistory = (db: Db, subject: string): Promise<HistoryRow[]> =>
  db.query<HistoryRow>(
    `select l.id, l.at, l.action, l.actor_kind as "actorKind", a.email as "actorName", l.before, l.after, l.reason
     from platform_audit_log l left join admin_users a on l.actor_kind = 'admin' and a.id::text = l.actor_id
     where l.subject = $1 order by l.id limit 500`,
    [subject],
  );

export type ApplicationFilter = {
  status?: ApplicationStatus | undefined;
  category?: Category | undefined;
  search?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
};

const asPattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Newest first; without a status those a person may still have to look at. */
export async function selectApplications(
  db: Db,
  { status, category, search, from, to }: ApplicationFilter,
  { limit, offset, after }: Slice,
): Promise<{ rows: Application[]; total: bigint }> {
  const conditions: Condition[] = [
    status === undefined ? ['(status <> all(?::text[]))', ['duplicate', 'spam']] : ['status = ?', status],
    ['? = any(categories)', category],
    [`concat_ws(' ', company, website_host, contact_name, contact_email) ilike ?`, search && asPattern(search)],
    ['created_at >= ?', from],
    ['created_at < ?', to],
  ];
  const found = where(conditions);
  const page = where([...conditions, ['id < ?', after?.[0]]]);
  const [rows, [count]] = await Promise.all([
    db.query<Application>(
      `select ${COLUMNS} from operator_applications ${page.text} order by id desc ${cut(page.values, { limit, offset })}`,
      page.values,
    ),
    db.query<{ total: bigint }>(`select count(*) as total from operator_applications ${found.text}`, found.values),
  ]);
  return { rows, total: count?.total ?? 0n };
}

/** Slugs that begin like this one: of operators, and of those that invitations are to make. */
export async function selectSlugsLike(db: Db, slug: string): Promise<string[]> {
  const rows = await db.query<{ slug: string }>(
    `select slug from operators where slug like $1 union select blueprint ->> 'slug' from operator_invitations
     where accepted_at is null and revoked_at is null and blueprint ->> 'slug' like $1`,
    [`${slug}%`],
  );
  return rows.map((row) => row.slug);
}
