/** One thing the lint finds in a draft, and what to do about it. */
import type { MarketDraft } from '@predictu/contract/shapes/market-draft';

export type Severity = 'error' | 'warning' | 'note';
export type Finding = {
  rule: string;
  severity: Severity;
  field: string;
  message: string;
  excerpt: string | null;
  fix: { text: string; patch: Partial<MarketDraft> | null };
};
