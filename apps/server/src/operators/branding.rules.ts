/** How an operator looks to its players; what it has not set has a default. */

/** As stored. */
export type StoredBranding = Partial<
  Record<'primary_color' | 'secondary_color' | 'display_name' | 'custom_css' | 'logo_url' | 'favicon_url', string | null>
>;
const DEFAULT_COLOURS = { primary_color: '#00ff88', secondary_color: '#0a1a0a' };

export const brandingOf = ({ branding, name }: { branding: StoredBranding; name: string }) => ({
  primary_color: branding.primary_color ?? DEFAULT_COLOURS.primary_color,
  secondary_color: branding.secondary_color ?? DEFAULT_COLOURS.secondary_color,
  display_name: branding.display_name ?? `${name} Predictions`,
  custom_css: branding.custom_css ?? null,
});

/** A file of ours is stored by its path, which outlives the address this installation is reached by. */
export const absoluteUrl = <T extends string | null>(url: T, baseUrl: string): T => (url?.startsWith('/') ? `${baseUrl}${url}` : url) as T;
