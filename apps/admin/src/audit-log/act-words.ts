/** Acts of the audit log in words: what was done, to which field, from which value to which. */
import { formatCount, formatPercent, formatPrice, formatUsd } from '@predictu/ui/format/money.ts';
import { formatDate, formatDay, formatTime } from '@predictu/ui/format/time.ts';
import { formatCounted, formatWords } from '@predictu/ui/format/words.ts';
import { labelOf } from '@predictu/ui/nouns/config-field.tsx';

/** Those whose key says too little; the rest are their key in words. */
const ACTS: Record<string, string> = {
  'admin.create': 'Added an administrator',
  'agent.accepted': 'Followed the copilot',
  'agent.dismissed': 'Dismissed the copilot',
  'api_key.create': 'Made a key pair',
  'api_key.revoke': 'Revoked a key pair',
  'api_key.rotate': 'Renewed a key pair',
  'application.note': 'Noted on an application',
  'application.status': 'Decided on an application',
  'application.submit': 'Applied',
  'balance.deposit': 'Deposited by hand',
  'balance.withdraw': 'Withdrew by hand',
  'billing.profile': 'Changed who is billed',
  'billing.seller': 'Changed who bills',
  'breaker.created': 'Made a circuit breaker',
  'breaker.reset': 'Reset a circuit breaker',
  'breaker.tripped': 'Tripped a circuit breaker',
  'config.operator_reverted': 'Reverted an operator’s configuration',
  'config.operator_updated': 'Changed an operator’s configuration',
  'config.reverted': 'Reverted the platform configuration',
  'config.updated': 'Changed the platform configuration',
  'credits.top_up': 'Added copilot credits',
  'embed_origin.add': 'Added an origin of the embed',
  'embed_origin.remove': 'Removed an origin of the embed',
  'embed_origin.verified': 'Verified an origin of the embed',
  'export.create': 'Asked for an export',
  'file.upload': 'Uploaded a file',
  'invitation.create': 'Invited a member',
  'invitation.resend': 'Invited a member again',
  'invitation.revoke': 'Took an invitation back',
  'invoice.issue': 'Issued an invoice',
  'invoice.overdue': 'Called an invoice overdue',
  'invoice.payment': 'Recorded a payment',
  'invoice.send': 'Sent an invoice',
  'invoice.void': 'Took an invoice back',
  'mail.retry': 'Sent an e-mail again',
  'market.change': 'Changed a market',
  'market.deploy': 'Opened a market',
  'market.pause': 'Paused a market',
  'market.resume': 'Resumed a market',
  'member.create': 'Added a member',
  'onboarding.advance': 'Passed an onboarding step',
  'onboarding.rollback': 'Took an onboarding step back',
  'onboarding.skip': 'Skipped an onboarding step',
  'operator.branding': 'Changed the branding',
  'operator.create': 'Created an operator',
  'operator.read_only': 'Made an operator read-only',
  'operator.reinstate': 'Reinstated an operator',
  'operator.settings': 'Changed settings',
  'operator.suspend': 'Suspended an operator',
  'operator.trial': 'Changed a trial',
  'operator.update': 'Changed an operator',
  'operator.wallet': 'Changed the wallet of an operator',
  'player.limit_tier': 'Changed a limit tier',
  'player.name_hidden': 'Hid a player’s name',
  'player.name_shown': 'Showed a player’s name again',
  'player.own_limit': 'Set an own limit',
  'player.own_limit_kept': 'Kept an own limit',
  'player.reinstated': 'Reinstated a player',
  'player.restricted': 'Restricted a player',
  'player.self_excluded': 'Self-excluded',
  'player.suspended': 'Suspended a player',
  'player.tier_held': 'Held a risk tier',
  'player.tier_released': 'Released a risk tier',
  'referral_terms.changed': 'Changed the terms of referrals',
  'report.create': 'Asked for a report',
  'report.schedule': 'Scheduled a report',
  'report.schedule_changed': 'Changed a scheduled report',
  'report.schedule_removed': 'Removed a scheduled report',
  'risk_events.acknowledged': 'Acknowledged risk alerts',
  'settlement.approve': 'Approved a result',
  'settlement.claw_back': 'Took a payout back',
  'settlement.hold': 'Held a result',
  'settlement.propose': 'Proposed a result',
  'settlement.rules': 'Changed the rules of settling',
  'settlement.withdraw': 'Withdrew a result',
  'sign_in.link_opened': 'Signed in by link',
  'sign_in.password': 'Chose a password',
  'wallet.budgets': 'Changed how long wallets are waited for',
  'wallet.signing_key': 'Renewed a signing key',
  'wallet.webhook_secret': 'Renewed a webhook secret',
  'wallet_call.handled': 'Closed a callback by hand',
  'wallet_call.replayed': 'Sent a callback again',
};
export const formatAct = (action: string): string =>
  ACTS[action] ?? (action.endsWith('.login') ? 'Signed in' : formatWords(action.replaceAll('.', ' ')));

const snake = (field: string): string => field.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();

/** `limits.stake_week.value`: Limits, stake week. What is understood by itself is left out. */
export function formatField(field: string): string {
  const parts = snake(field)
    .split('.')
    .filter((part, at, all) => at === 0 || part !== 'value' || all.length === 1);
  const words = parts.map((part) => labelOf(part.replace(/_cents$/, '')).replace(/\bIp\b/, 'IP'));
  return words.map((word, at) => (at === 0 ? word : word.charAt(0).toLowerCase() + word.slice(1))).join(', ');
}

type Change = { field: string; before: unknown; after: unknown };
const ID = /^[a-z]+_[0-9a-z]{13}$/;

/** The first of the changes that says something to people, and how many there are besides; from nothing only what came is said. */
export function summaryOf(changes: readonly Change[]): string | null {
  const first = changes.find(({ after }) => typeof after !== 'string' || !ID.test(after)) ?? changes[0];
  if (!first) return null;
  const { field, before, after } = first;
  const from = before === null ? '' : `${formatAuditValue(field, before)} → `;
  const more = changes.length > 1 ? `, and ${formatCount(changes.length - 1)} more` : '';
  return `${formatField(field)}: ${from}${formatAuditValue(field, after)}${more}`;
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const WHOLE = /^-?\d+$/;
/** Kept in cents whatever they are called. */
const IN_CENTS = /cents$|(^|\.)(max_bet|min_bet|exposure_limit|liquidity|credit_limit)$|^limits\.(stake|loss)_|category_limits/;
const MINUTES = /minutes$|^limits\.session\./;

function formatInstant(text: string): string {
  const date = new Date(text);
  if (date.getUTCFullYear() > 9_000) return 'for good';
  return text.includes('T00:00:00') ? formatDate(date) : `${formatDay(date)} ${date.getUTCFullYear()} ${formatTime(date, date)}`;
}

function formatNumber(field: string, value: number, kept: boolean): string {
  // Whole units of the database leave it as text; what a person sent is in dollars.
  if (IN_CENTS.test(field) || (kept && /_usd$/.test(field))) return formatUsd(value / 100);
  if (/_usd$/.test(field)) return formatUsd(value);
  if (/bps$/.test(field)) return formatPercent(value / 100);
  if (/_pct$/.test(field)) return formatPercent(value);
  if (MINUTES.test(field)) return formatCounted(value, 'minute');
  if (/(^|\.)(price|anchor|mid)$/.test(field)) return formatPrice(kept ? value / 10_000 : value);
  return Number.isInteger(value) ? formatCount(value) : value.toLocaleString('en-US');
}

/** A value of this field as people write it. */
export function formatAuditValue(path: string, value: unknown): string {
  const field = snake(path);
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return formatNumber(field, value, false);
  if (Array.isArray(value)) return value.map((one) => formatAuditValue(field, one)).join(', ') || 'none';
  if (typeof value !== 'string') return JSON.stringify(value);
  if (INSTANT.test(value)) return formatInstant(value);
  if (WHOLE.test(value) && !/(^|[._])id$/.test(field)) return formatNumber(field, Number(value), true);
  return /^[a-z0-9]+(_[a-z0-9]+)+$/.test(value) && !ID.test(value) ? formatWords(value) : value;
}
