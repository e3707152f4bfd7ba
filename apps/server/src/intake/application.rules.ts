/** Applications: what a submission lands as, and what a reviewer may make of one. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import type { ApplicationStatus, DECIDED_STATUSES } from '@predictu/contract/shapes/application';

export type DecidedStatus = (typeof DECIDED_STATUSES)[number];

/** Approved is not here: an invitation that is out is not taken back by a status, and provisioned ends it. */
const NEXT: Record<ApplicationStatus, readonly DecidedStatus[]> = {
  received: ['in_review', 'needs_information', 'approved', 'rejected', 'spam'],
  in_review: ['needs_information', 'approved', 'rejected', 'spam'],
  needs_information: ['in_review', 'approved', 'rejected', 'spam'],
  approved: ['rejected'],
  provisioned: [],
  rejected: ['in_review'],
  duplicate: [],
  spam: ['in_review'],
};

/** Statuses a reviewer may set from this one. */
export const nextStatuses = (from: ApplicationStatus): readonly DecidedStatus[] => NEXT[from];

/** The refusal, when the status cannot follow. */
export function refusedStatus(from: ApplicationStatus, to: DecidedStatus): Refusal | undefined {
  if (NEXT[from].includes(to)) return undefined;
  return refuse('CONFLICT', `An application that is ${from} cannot become ${to}`, { reason: 'status', status: from, next: NEXT[from] });
}

/** The host of a website as it is compared: small letters, without www and a dot at the end. Undefined for what is no address. */
export function websiteHost(url: string): string | undefined {
  const host = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url)?.[1];
  return (
    host
      ?.toLowerCase()
      .replace(/\.$/, '')
      .replace(/^www\./, '') || undefined
  );
}

export type Submission = { honeypot: string; original: bigint | undefined };

/** What a submission lands as. Its sender gets the same answer either way. */
export function landsAs({ honeypot, original }: Submission): Extract<ApplicationStatus, 'received' | 'duplicate' | 'spam'> {
  if (honeypot.trim() !== '') return 'spam';
  return original === undefined ? 'received' : 'duplicate';
}

/** From one sender in a day: an office applies once or twice, a machine does not stop. */
export const MOST_A_DAY = 20;
/** A submission counts as the same as one this young. */
export const DUPLICATE_DAYS = 180;

export const TRIAL_DAYS = 14;

/** A slug from a company's name: what letters and digits leave, at most 48 of them; `operator` when nothing is left. */
export function slugOf(company: string): string {
  const plain = company
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return plain || 'operator';
}

export type Applicant = {
  company: string;
  website_url: string;
  contact_name: string;
  contact_email: string;
  categories: readonly string[];
  wallet_mode: string;
};
/** The operator an approved application is to become: columns of operators. `taken` says which slugs are. */
export function blueprintOf(applicant: Applicant, platformShareBps: number, taken: (slug: string) => boolean): Record<string, unknown> {
  const wanted = slugOf(applicant.company);
  let slug = wanted;
  for (let number = 2; taken(slug); number += 1) slug = `${wanted}-${number}`;
  return {
    slug,
    name: applicant.company,
    contact_email: applicant.contact_email,
    contact_name: applicant.contact_name,
    website_url: applicant.website_url,
    wallet_mode: applicant.wallet_mode,
    allowed_categories: applicant.categories,
    platform_share_bps: platformShareBps,
  };
}
