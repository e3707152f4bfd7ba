/** A company that asks to become an operator, as its reviewers see it. */
import { z } from 'zod';
import { applicationId, auditId, operatorId } from '../ids.ts';
import { instant } from '../units.ts';
import { category } from './category.ts';

export const APPLICATION_STATUSES = [
  'received',
  'in_review',
  'needs_information',
  'approved',
  'provisioned',
  'rejected',
  'duplicate',
  'spam',
] as const;
export const applicationStatus = z.enum(APPLICATION_STATUSES);
export type ApplicationStatus = (typeof APPLICATION_STATUSES)[number];
/** What a reviewer may set; the others come by themselves. */
export const DECIDED_STATUSES = ['in_review', 'needs_information', 'approved', 'rejected', 'spam'] as const;

export const monthlyVolume = z
  .enum(['under_100k', '100k_to_1m', '1m_to_10m', 'over_10m'])
  .meta({ description: 'Expected volume a month, in dollars.' });
export const monthlyPlayers = z
  .enum(['under_5k', '5k_to_25k', '25k_to_100k', 'over_100k'])
  .meta({ description: 'Active players a month today.' });
export const walletMode = z.enum(['internal', 'seamless', 'shadow']);

export const applicationSummary = z
  .object({
    id: applicationId,
    status: applicationStatus,
    company: z.string(),
    website_url: z.string(),
    jurisdiction: z.string(),
    categories: z.array(category),
    expected_monthly_volume: monthlyVolume,
    contact_name: z.string(),
    contact_email: z.string(),
    duplicate_of: applicationId.nullable(),
    submitted_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'ApplicationSummary' });

const historyEntry = z
  .object({
    audit_id: auditId,
    at: instant,
    action: z.string(),
    by: z.object({ kind: z.string(), name: z.string().nullable() }),
    from: applicationStatus.nullable(),
    to: applicationStatus.nullable(),
    reason: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'ApplicationHistoryEntry' });

export const applicationDetail = z
  .object({
    ...applicationSummary.shape,
    licence_authority: z.string(),
    licence_number: z.string().nullable(),
    monthly_players: monthlyPlayers,
    wallet_mode: walletMode,
    contact_phone: z.string().nullable(),
    message: z.string().nullable(),
    consent_at: instant,
    operator: z.object({ id: operatorId, slug: z.string() }).nullable().meta({ description: 'What it became.' }),
    next_statuses: z.array(z.enum(DECIDED_STATUSES)).meta({ description: 'What a reviewer may set now.' }),
    related: z
      .array(z.object({ id: applicationId, company: z.string(), status: applicationStatus, submitted_at: instant }))
      .meta({ description: 'Others with the same e-mail address or website, newest first, at most 20.' }),
    history: z.array(historyEntry).meta({ description: 'Status changes and notes, oldest first.' }),
  })
  .meta({ id: 'Application' });
