/** What an operator may change of its settings, and where each field stands in its row. */
import type { OperatorSettingsPatch } from '@predictu/contract/shapes/operator-settings';

/** The fields that an operator may send, as `section.field`, each with the column or the key of `branding` it stands in. */
const COLUMNS: Readonly<Record<string, string>> = {
  'profile.contact_email': 'contact_email',
  'profile.contact_name': 'contact_name',
  'profile.website_url': 'website_url',
  's2s.callback_url': 'callback_url',
};
const BRANDING: Readonly<Record<string, string>> = {
  'branding.primary_color': 'primary_color',
  'branding.secondary_color': 'secondary_color',
  'branding.display_name': 'display_name',
  'branding.custom_css': 'custom_css',
};
const SECTIONS = ['profile', 'branding', 's2s'] as const;

export type SortedPatch = {
  /** Values by field, as `section.field`. */
  sent: Record<string, string | null>;
  columns: Record<string, string | null>;
  branding: Record<string, string | null>;
  /** Fields that only the platform may change. */
  readOnly: string[];
};

const colourful = (name: string, value: unknown): unknown =>
  name.endsWith('_color') && typeof value === 'string' ? value.toLowerCase() : value;

/** A patch sorted by where it goes. */
export function sortPatch(patch: OperatorSettingsPatch): SortedPatch {
  const sorted: SortedPatch = { sent: {}, columns: {}, branding: {}, readOnly: [] };
  for (const [section, values] of Object.entries(patch)) {
    if (values === undefined) continue;
    if (!(SECTIONS as readonly string[]).includes(section)) {
      sorted.readOnly.push(section);
      continue;
    }
    for (const [name, value] of Object.entries(values as Record<string, unknown>)) {
      const field = `${section}.${name}`;
      const [column, key] = [COLUMNS[field], BRANDING[field]];
      if (value === undefined) continue;
      if (column === undefined && key === undefined) {
        sorted.readOnly.push(field);
        continue;
      }
      const stored = colourful(name, value) as string | null;
      sorted.sent[field] = stored;
      if (column !== undefined) sorted.columns[column] = stored;
      if (key !== undefined) sorted.branding[key] = stored;
    }
  }
  return sorted;
}
