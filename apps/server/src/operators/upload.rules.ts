/** What may be uploaded as what, and what it changes. */

export type FileCategory = 'logo' | 'favicon' | 'banner' | 'custom_asset' | 'market_image' | 'invoice_attachment';
type Kind = 'png' | 'jpg' | 'webp' | 'svg' | 'pdf';

const PICTURES: readonly Kind[] = ['png', 'jpg', 'svg', 'webp'];
const LONGEST_SIDE = 4_096;

/** Kinds of file a category takes, and how long a picture's side may be in pixels. */
export const limitsOf = (category: FileCategory): { kinds: readonly Kind[]; longestSide: number } => ({
  kinds: category === 'invoice_attachment' ? [...PICTURES, 'pdf'] : PICTURES,
  longestSide: category === 'favicon' ? 1_024 : LONGEST_SIDE,
});

/** The categories of the admin surface, whose names say whose a file is. */
export const ofAdmin = (
  category: 'operator_logo' | 'operator_favicon' | 'market_image' | 'invoice_attachment',
): { category: FileCategory; needsOperator: boolean } =>
  category === 'operator_logo'
    ? { category: 'logo', needsOperator: true }
    : category === 'operator_favicon'
      ? { category: 'favicon', needsOperator: true }
      : { category, needsOperator: false };

/** The branding that shows a file of this category, or undefined when none does by itself. */
export const brandingKeyOf = (category: FileCategory): 'logo_url' | 'favicon_url' | undefined =>
  category === 'logo' ? 'logo_url' : category === 'favicon' ? 'favicon_url' : undefined;

/** What all files of one operator may take together. */
export const QUOTA_BYTES = 200 * 1_048_576;
export const isOverQuota = (stored: bigint, added: number): boolean => stored + BigInt(added) > BigInt(QUOTA_BYTES);
