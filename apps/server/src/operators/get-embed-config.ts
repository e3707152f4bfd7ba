/** The look and the switches of an operator's embed, for whoever opens it. */
import type { getEmbedConfig as endpoint } from '@predictu/contract/public/embed';
import type { Category } from '@predictu/contract/shapes/category';
import type { OperatorConfig } from '@predictu/contract/shapes/operator-config';
import { readOperatorConfig, requirePlatformFeature } from '../config/config.ts';
import { openCategories } from '../config/operator-config.rules.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { brandColours } from './brand-colours.rules.ts';
import { absoluteUrl, brandingOf } from './branding.rules.ts';
import { selectEmbedBranding } from './settings.sql.ts';

/** Nobody is led to a category in which there is nothing to see. */
function withOpenCategories(config: OperatorConfig, offered: readonly Category[]): OperatorConfig {
  const open = openCategories(offered, config.categories);
  const featured = config.categories.featured.filter((name) => open.includes(name));
  return { ...config, categories: { ...config.categories, enabled: open, featured } };
}

export const getEmbedConfig: Handler<typeof endpoint> = async ({ db, client }, { query }) => {
  const row = await selectEmbedBranding(db, query.operator);
  const stored = row && (await readOperatorConfig(db, row.id));
  if (!row || !stored) throw notFound('operator');
  await requirePlatformFeature(db, 'embed_enabled');
  const branding = brandingOf(row);
  return {
    data: {
      slug: row.slug,
      display_name: branding.display_name,
      logo_url: absoluteUrl(row.branding.logo_url ?? null, client.baseUrl),
      favicon_url: absoluteUrl(row.branding.favicon_url ?? null, client.baseUrl),
      live: row.status === 'live',
      standing: row.status === 'live' || row.status === 'testing' ? row.status : ('closed' as const),
      themes: { light: brandColours(branding.primary_color, 'light'), dark: brandColours(branding.primary_color, 'dark') },
      custom_css: branding.custom_css,
      config: withOpenCategories(stored.config, stored.offered),
      updated_at: stored.updatedAt > row.updated_at ? stored.updatedAt : row.updated_at,
    },
  };
};
