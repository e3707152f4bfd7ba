/** Uploaded files, and the two that branding shows. */
import type { Id } from '@predictu/contract/ids';
import type { Db } from '../platform/db.ts';
import type { StoredBranding } from './branding.rules.ts';
import type { FileCategory } from './upload.rules.ts';

export type NewFile = {
  id: Id<'file'>;
  operatorId: bigint | null;
  category: FileCategory;
  name: string;
  contentType: string;
  sizeBytes: number;
  width: number | null;
  height: number | null;
  uploadedBy: string;
  at: Date;
};

export const insertFile = (db: Db, file: NewFile): Promise<unknown> =>
  db.query(
    `insert into uploaded_files (id, operator_id, category, name, content_type, size_bytes, width, height, uploaded_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      file.id,
      file.operatorId,
      file.category,
      file.name,
      file.contentType,
      file.sizeBytes,
      file.width,
      file.height,
      file.uploadedBy,
      file.at,
    ],
  );

/** Bytes of an operator's files, each counted once however often it was uploaded. */
export async function sumFiles(db: Db, operatorId: bigint): Promise<bigint> {
  const [row] = await db.query<{ bytes: bigint }>(
    `select coalesce(sum(size_bytes), 0)::bigint as bytes from (select distinct on (name) size_bytes from uploaded_files where operator_id = $1) f`,
    [operatorId],
  );
  return row?.bytes ?? 0n;
}

/** Lays one picture over the branding; answers the branding before, and the operator's slug. */
export async function updateBrandingPicture(
  db: Db,
  operatorId: bigint,
  { key, url }: { key: 'logo_url' | 'favicon_url'; url: string | null },
  now: Date,
): Promise<{ slug: string; before: StoredBranding } | undefined> {
  const [row] = await db.query<{ slug: string; before: StoredBranding }>(
    `with held as (select id, slug, branding from operators where id = $1 for no key update)
     update operators o set branding = o.branding || jsonb_build_object($2::text, $3::text), updated_at = $4 from held
     where o.id = held.id returning held.slug, held.branding as before`,
    [operatorId, key, url, now],
  );
  return row;
}
