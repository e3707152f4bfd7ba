/** Files that were uploaded, as they are served. */
import { z } from 'zod';
import { fileId } from '../ids.ts';
import { instant } from '../units.ts';

export const OPERATOR_FILE_CATEGORIES = ['logo', 'favicon', 'banner', 'custom_asset'] as const;
export const ADMIN_FILE_CATEGORIES = ['operator_logo', 'operator_favicon', 'market_image', 'invoice_attachment'] as const;

/** The bytes of a form's file; a browser gives the file itself. */
export const fileField = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array, 'Expected a file')
  .meta({
    type: 'string',
    format: 'binary',
    description: 'The file. What it is is read from its content, not from its name.',
  }) as unknown as z.ZodCustom<Uint8Array, Uint8Array | Blob>;

export const uploadedFile = {
  id: fileId,
  url: z.string().meta({ description: 'Names the content: another file has another address, and this one never changes.' }),
  content_type: z.string(),
  size_bytes: z.number().int().meta({ description: 'As served: pictures are written anew.' }),
  width: z.number().int().nullable().meta({ description: 'Pixels; null for a PDF.' }),
  height: z.number().int().nullable().meta({ description: 'Pixels; null for a PDF.' }),
  uploaded_at: instant,
};
