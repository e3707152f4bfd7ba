/** The review queue, and one application with everything that was written about it. */
import type { getApplication as get, listApplications as list } from '@predictu/contract/admin/applications';
import { encodeId, type Id } from '@predictu/contract/ids';
import { type Handler, notFound } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { nextStatuses } from './application.rules.ts';
import {
  type Application,
  type HistoryRow,
  selectApplication,
  selectApplications,
  selectHistory,
  selectOperatorSlug,
  selectRelated,
} from './application.sql.ts';

type ApplicationId = Id<'application'>;

const summary = (row: Application) => ({
  id: row.id as ApplicationId,
  status: row.status,
  company: row.company,
  website_url: row.website_url,
  jurisdiction: row.jurisdiction,
  categories: row.categories,
  expected_monthly_volume: row.expected_monthly_volume,
  contact_name: row.contact_name,
  contact_email: row.contact_email,
  duplicate_of: row.duplicate_of as ApplicationId | null,
  submitted_at: row.created_at,
  updated_at: row.updated_at,
});

export const listApplications: Handler<typeof list> = async ({ db }, { query }) => {
  const { rows, total } = await selectApplications(db, query, sliceOf(query, 1));
  return pageOf(query, total, rows, ({ id }) => [id], summary);
};

const shownHistory = ({ id, at, action, actorKind, actorName, before, after, reason }: HistoryRow) => ({
  audit_id: id as Id<'audit'>,
  at,
  action,
  by: { kind: actorKind, name: actorName },
  from: before?.status ?? null,
  to: after?.status ?? null,
  reason,
  note: after?.note ?? null,
});

export const getApplication: Handler<typeof get> = async ({ db }, { params: { application_id: id } }) => {
  const row = await selectApplication(db, id);
  if (!row) throw notFound('application');
  const [related, history, slug] = await Promise.all([
    selectRelated(db, row),
    selectHistory(db, encodeId('application', id)),
    row.operator_id === null ? undefined : selectOperatorSlug(db, row.operator_id),
  ]);
  return {
    data: {
      ...summary(row),
      licence_authority: row.licence_authority,
      licence_number: row.licence_number,
      monthly_players: row.monthly_players,
      wallet_mode: row.wallet_mode,
      contact_phone: row.contact_phone,
      message: row.message,
      consent_at: row.consent_at,
      operator: row.operator_id !== null && slug !== undefined ? { id: row.operator_id as Id<'operator'>, slug } : null,
      next_statuses: [...nextStatuses(row.status)],
      related: related.map((other) => ({
        id: other.id as ApplicationId,
        company: other.company,
        status: other.status,
        submitted_at: other.created_at,
      })),
      history: history.map(shownHistory),
    },
  };
};
