/** A market that is being written, and what the lint finds in it. An empty text is something not said yet. */
import { z } from 'zod';
import { instant, unitPrice } from '../units.ts';
import { category } from './category.ts';

const text = (most: number) => z.string().trim().max(most);

export const marketDraft = z
  .strictObject({
    question: text(200).meta({ description: 'One question that ends with yes or no.' }),
    description: text(2_000),
    category: category.nullable(),
    outcomes: z.strictObject({ yes: text(400), no: text(400) }).meta({ description: 'What has to have happened for each outcome.' }),
    source: z
      .strictObject({
        name: text(200),
        url: z
          .url({ protocol: /^https?$/ })
          .max(1_000)
          .nullable(),
      })
      .meta({ description: 'Where anybody can read how it ended.' }),
    cut_off_at: instant.nullable().meta({ description: 'Trading ends, and what has happened until then counts.' }),
    time_zone: text(64).meta({ description: 'IANA name of the zone the question and its clauses speak in.' }),
    clauses: z.strictObject({ tie: text(600), postponement: text(600), cancellation: text(600) }),
    initial_price: unitPrice.nullable().meta({ description: 'Of yes, when trading begins.' }),
    price_reasons: z.array(text(300)).max(8),
  })
  .meta({ id: 'MarketDraft' });
export type MarketDraft = z.output<typeof marketDraft>;
export type MarketDraftDocument = z.input<typeof marketDraft>;

export const SEVERITIES = ['error', 'warning', 'note'] as const;
export const lintReport = z
  .object({
    score: z.number().int().min(0).max(100).meta({ description: 'docs/copilot.md has the formula.' }),
    deployable: z.boolean().meta({ description: 'No finding is an error.' }),
    findings: z.array(
      z.object({
        rule: z.string(),
        severity: z.enum(SEVERITIES),
        field: z.string().meta({ description: 'The field of the draft, with dots.' }),
        message: z.string(),
        excerpt: z.string().nullable().meta({ description: 'The words it is about.' }),
        fix: z.object({
          text: z.string(),
          patch: marketDraft.partial().nullable().meta({ description: 'Fields to set; null where a person has to decide.' }),
        }),
      }),
    ),
  })
  .meta({ id: 'LintReport' });
