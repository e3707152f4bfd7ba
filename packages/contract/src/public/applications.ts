/** The public form by which a company asks to become an operator. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { applicationId } from '../ids.ts';
import { single } from '../page.ts';
import { monthlyPlayers, monthlyVolume, walletMode } from '../shapes/application.ts';
import { category } from '../shapes/category.ts';
import { instant } from '../units.ts';

const TAG = 'Applications';
const text = (least: number, most: number) => z.string().trim().min(least).max(most);

export const getApplicationForm = endpoint({
  method: 'GET',
  path: '/api/operators/apply',
  audience: 'public',
  tag: TAG,
  summary: 'Begin an application',
  description: 'The form token belongs to one submission: it counts from `usable_at` on, until `expires_at`.',
  answer: single(z.object({ form_token: z.string(), usable_at: instant, expires_at: instant })),
});

export const applyAsOperator = endpoint({
  method: 'POST',
  path: '/api/operators/apply',
  audience: 'public',
  rate: 'form',
  tag: TAG,
  summary: 'Apply to become an operator',
  description:
    'Lands in the review queue; a mail confirms it. Sent again by the same person for the same site it is answered alike and joined to the first. ' +
    '422 at `form_token`: ask for a fresh one.',
  body: z.strictObject({
    company: text(2, 200),
    website_url: z.url({ protocol: /^https?$/ }).max(300),
    jurisdiction: text(2, 100).meta({ description: 'Where the company is licensed.' }),
    licence_authority: text(2, 150).meta({ description: 'Who licensed it.' }),
    licence_number: text(1, 100).nullable().default(null),
    categories: z
      .array(category)
      .min(1)
      .refine((names) => new Set(names).size === names.length, 'Expected each category once'),
    expected_monthly_volume: monthlyVolume,
    monthly_players: monthlyPlayers,
    wallet_mode: walletMode.meta({
      description: 'Who is to hold the players’ money: the platform, your own wallet, or nobody (play for points).',
    }),
    contact_name: text(2, 150),
    contact_email: z.email('Expected an e-mail address, with the part after the dot').max(254),
    contact_phone: text(5, 40).nullable().default(null),
    message: text(0, 2_000).nullable().default(null),
    consent: z.literal(true, 'Expected consent to store this for the review'),
    form_token: z.string().min(1).max(300).meta({ description: 'From GET on the same path.' }),
    fax: z.string().max(200).default('').meta({ description: 'Leave it empty: people do not see this field.' }),
  }),
  status: 201,
  answer: single(z.object({ id: applicationId, status: z.literal('received'), submitted_at: instant })),
});
