/** What becomes of a colour before it is saved. */
import type { previewBranding as endpoint } from '@predictu/contract/operator/settings';
import type { Handler } from '../platform/http.ts';
import { brandColours, contrastRows } from './brand-colours.rules.ts';

export const previewBranding: Handler<typeof endpoint> = async (_, { query: { primary_color: colour } }) => ({
  data: { themes: { light: brandColours(colour, 'light'), dark: brandColours(colour, 'dark') }, contrast: contrastRows(colour) },
});
