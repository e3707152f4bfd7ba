/** What becomes of a colour before it is saved. */
import type { previewBranding as endpoint } from '@predictu/contract/operator/settings';
import { type Handler, notFound } from '../platform/http.ts';
import { brandColours, contrastRows } from './brand-colours.rules.ts';
import { brandingOf } from './branding.rules.ts';
import { selectSettings } from './settings.sql.ts';

export const previewBranding: Handler<typeof endpoint> = async ({ db, actor, now }, { query }) => {
  const row = await selectSettings(db, actor.operatorId, now);
  if (!row) throw notFound('operator');
  const colour = query.primary_color ?? brandingOf(row).primary_color;
  return { data: { themes: { light: brandColours(colour, 'light'), dark: brandColours(colour, 'dark') }, contrast: contrastRows(colour) } };
};
