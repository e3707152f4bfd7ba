/** Files that the platform's staff uploads. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { single } from '../page.ts';
import { ADMIN_FILE_CATEGORIES, fileField, uploadedFile } from '../shapes/uploaded-file.ts';

const category = z.enum(ADMIN_FILE_CATEGORIES);

export const uploadFile = endpoint({
  method: 'POST',
  path: '/api/internal/upload',
  audience: 'admin',
  tag: 'Files',
  summary: 'Upload a file',
  description:
    'A form of at most 5 MB with a png, jpg, svg or webp, or as `invoice_attachment` also a pdf. An operator’s logo or favicon is in force at once. Pictures are decoded and written anew without their metadata, of vector pictures only what draws is kept; what cannot be made safe is answered with 422 and the reason.',
  upload: { maxBytes: 5 * 1_048_576 },
  body: z.strictObject({
    file: fileField,
    category,
    operator_slug: z.string().min(1).max(100).optional().meta({ description: 'Whose it is. Required for a logo or favicon.' }),
  }),
  answer: single(
    z
      .object({
        ...uploadedFile,
        category,
        operator_slug: z.string().nullable(),
        uploaded_by: z.string().meta({ description: 'Id of the admin.' }),
      })
      .meta({ id: 'UploadedFile' }),
  ),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
