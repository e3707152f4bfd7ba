/** An operator's own pictures. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { single } from '../page.ts';
import { fileField, OPERATOR_FILE_CATEGORIES, uploadedFile } from '../shapes/uploaded-file.ts';

const category = z.enum(OPERATOR_FILE_CATEGORIES);

export const uploadAsset = endpoint({
  method: 'POST',
  path: '/api/operator/upload',
  audience: 'operator',
  needs: 'config',
  tag: 'Files',
  summary: 'Upload a picture of your brand',
  description:
    'A form of at most 2 MB with a png, jpg, svg or webp. A logo or favicon is in force at once; open embeds show it within a minute. Pictures are decoded and written anew without their metadata, of vector pictures only what draws is kept; what cannot be made safe is answered with 422 and the reason.',
  upload: { maxBytes: 2 * 1_048_576 },
  body: z.strictObject({ file: fileField, category }),
  answer: single(z.object({ ...uploadedFile, category }).meta({ id: 'UploadedAsset' })),
  refusals: ['CONFLICT'],
});

export const removeBrandingPicture = endpoint({
  method: 'DELETE',
  path: '/api/operator/upload',
  audience: 'operator',
  needs: 'config',
  tag: 'Files',
  summary: 'Take the logo or favicon off your brand',
  description: 'The file stays where it is; nothing shows it any more.',
  query: z.strictObject({ picture: z.enum(['logo', 'favicon']) }),
  answer: single(z.object({ logo_url: z.string().nullable(), favicon_url: z.string().nullable() })),
});
