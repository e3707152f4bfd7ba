/** A platform admin makes an operator, with its first key pair: the secret leaves in this answer and never again. */
import type { createOperator as endpoint } from '@predictu/contract/admin/operators';
import { refuse } from '@predictu/contract/errors';
import type { Id } from '@predictu/contract/ids';
import type { NewOperatorBody } from '@predictu/contract/shapes/operator-change';
import { type Access, shownInvitation } from '../access/access.ts';
import type { Handler } from '../platform/http.ts';
import type { NewOperator } from './operator.sql.ts';
import { createOperator, findOperator } from './operators.ts';

export type RegisterPorts = {
  access: Pick<Access, 'createKeyPair' | 'checkOrigin' | 'awaitOrigin' | 'invite'>;
  /** What a callback URL must pass. @throws VALIDATION_ERROR naming `field` */
  checkCallbackUrl(url: string, field?: string): void;
};

const FIRST_KEY = 'First key';

const bps = (percent: number | undefined): { platformShareBps?: number } =>
  percent === undefined ? {} : { platformShareBps: Math.round(percent * 100) };

const withoutUndefined = <T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

function requestOf({ config = {}, ...body }: NewOperatorBody): NewOperator {
  const request: { [K in keyof NewOperator]: NewOperator[K] | undefined } = {
    slug: body.slug,
    name: body.name,
    contactEmail: body.contact_email,
    contactName: body.contact_name,
    websiteUrl: body.website_url,
    callbackUrl: body.callback_url,
    s2sEnabled: body.s2s_enabled,
    walletMode: body.s2s_enabled ? 'seamless' : 'internal',
    branding: body.branding && withoutUndefined(body.branding),
    minBet: config.min_bet_usd,
    maxBet: config.max_bet_usd,
    exposureLimit: config.exposure_limit_usd,
    allowedCategories: config.allowed_categories,
    riskTier: config.risk_tier,
    spreadOverrideBps: config.spread_override,
    feeBps: config.custom_fees_bps,
    defaultCurrency: config.default_currency,
    ...bps(config.revenue_share_pct),
  };
  return withoutUndefined(request) as NewOperator;
}

export const registerOperator =
  ({ access, checkCallbackUrl }: RegisterPorts): Handler<typeof endpoint> =>
  async (context, { body }) => {
    const { db, actor, now, newId, requestId } = context;
    if (body.callback_url) checkCallbackUrl(body.callback_url);
    for (const [index, origin] of body.embed_origins.entries()) access.checkOrigin(origin, `embed_origins.${index}`);
    if (await findOperator(db, { slug: body.slug })) {
      return refuse('CONFLICT', `An operator with the slug "${body.slug}" exists already`, { reason: 'duplicate_slug', slug: body.slug });
    }
    const operator = await createOperator(db, actor, requestOf(body), now, newId, requestId);
    for (const origin of body.embed_origins) await access.awaitOrigin(db, { operatorId: operator.id, origin }, now);
    // Somebody who is at home elsewhere is not asked: another address can be, later.
    const invited = await access.invite(context, { operatorId: operator.id, email: body.contact_email, name: body.contact_name ?? null });
    const pair = await access.createKeyPair(db, { operatorId: operator.id, name: FIRST_KEY }, now);
    return {
      data: {
        id: operator.id as Id<'operator'>,
        slug: operator.slug,
        name: operator.name,
        status: operator.status,
        api_key: pair.apiKey,
        api_secret: pair.apiSecret,
        invitation: 'refused' in invited ? null : shownInvitation(invited),
        created_at: operator.createdAt,
      },
    };
  };
