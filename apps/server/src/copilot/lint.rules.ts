/** The lint of a market's draft: what a player could dispute, each finding with what to do about it. */
import type { MarketDraft } from '@predictu/contract/shapes/market-draft';
import { price } from '@predictu/contract/units';
import type { Finding, Severity } from './finding.rules.ts';
import { lintClauses } from './lint-clauses.rules.ts';
import { lintQuestion } from './lint-question.rules.ts';
import { lintTime } from './lint-time.rules.ts';

export type LintReport = { score: number; deployable: boolean; findings: Finding[] };

/** What each finding costs of 100 points. */
const COST: Record<Severity, number> = { error: 20, warning: 7, note: 2 };
/** With an error no draft is good. */
const MOST_WITH_ERRORS = 59;
const ORDER: readonly Severity[] = ['error', 'warning', 'note'];
const [LEAST_PRICE, MOST_PRICE] = [100n, 9_900n];

const VAGUE_SOURCE =
  /^(the )?(internet|google|news|media|web|online|twitter|x|social media|various|official|credible|reliable|reputable|trusted|multiple)\b[^.]*$|credible report|consensus of|reliable sources?|media reports?/i;

function lintSource({ source, outcomes }: MarketDraft): Finding[] {
  const finding = (severity: Severity, rule: string, message: string, text: string): Finding => ({
    rule,
    severity,
    field: 'source.name',
    message,
    excerpt: source.name || null,
    fix: { text, patch: null },
  });
  if (source.name === '') {
    const named = /according to ([^.;,]+)/i.exec(`${outcomes.yes} ${outcomes.no}`)?.[1]?.trim();
    const patch = named ? { source: { ...source, name: named } } : null;
    const text = named
      ? `Take “${named}”, which the outcomes name.`
      : 'Name one publication or page that will state the result, with its address.';
    return [{ ...finding('error', 'source_missing', 'Nothing says where the result can be read.', text), fix: { text, patch } }];
  }
  if (VAGUE_SOURCE.test(source.name)) {
    return [
      finding(
        'error',
        'source_vague',
        'The source is not one place: two people could read two results.',
        'Name one publication and a second one for when it is silent.',
      ),
    ];
  }
  if (source.url === null) {
    return [finding('note', 'source_without_address', 'The source has no address.', 'Add the page on which the result will stand.')];
  }
  return [];
}

function lintPrice({ initial_price: initial, price_reasons: reasons }: MarketDraft): Finding[] {
  const base = { field: 'initial_price', excerpt: null };
  if (initial === null) {
    const text = 'Begin at one half, or say what you think it is worth.';
    return [
      {
        ...base,
        rule: 'price_missing',
        severity: 'error',
        message: 'There is no price to begin with.',
        fix: { text, patch: { initial_price: price(5_000n) } },
      },
    ];
  }
  if (initial < LEAST_PRICE || initial > MOST_PRICE) {
    const nearest = price(initial < LEAST_PRICE ? LEAST_PRICE : MOST_PRICE);
    return [
      {
        ...base,
        rule: 'price_out_of_bounds',
        severity: 'error',
        message: 'Nobody may trade below 0.01 or above 0.99.',
        fix: { text: 'Take the nearest price that can be traded.', patch: { initial_price: nearest } },
      },
    ];
  }
  if (reasons.length > 0) return [];
  const text = 'Write a sentence about where the price comes from; it is kept with the market.';
  return [
    {
      ...base,
      field: 'price_reasons',
      rule: 'price_without_reason',
      severity: 'note',
      message: 'Nothing says why this price.',
      fix: { text, patch: null },
    },
  ];
}

const lintCategory = ({ category }: MarketDraft): Finding[] =>
  category === null
    ? [
        {
          rule: 'category_missing',
          severity: 'error',
          field: 'category',
          message: 'Limits and lists go by category.',
          excerpt: null,
          fix: { text: 'Choose one; “other” when none fits.', patch: { category: 'other' } },
        },
      ]
    : [];

/** 100 less what each finding costs, never below 0, and at most 59 with an error. */
export function scoreOf(findings: readonly Finding[]): number {
  const left = Math.max(0, 100 - findings.reduce((sum, { severity }) => sum + COST[severity], 0));
  return findings.some(({ severity }) => severity === 'error') ? Math.min(MOST_WITH_ERRORS, left) : left;
}

/** The worst first. `now` is when it is looked at: a cut-off in the past is none. */
export function lintDraft(draft: MarketDraft, now: Date): LintReport {
  const findings = [
    ...lintQuestion(draft),
    ...lintCategory(draft),
    ...lintSource(draft),
    ...lintTime(draft, now),
    ...lintClauses(draft),
    ...lintPrice(draft),
  ].sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
  return { score: scoreOf(findings), deployable: findings.every(({ severity }) => severity !== 'error'), findings };
}
