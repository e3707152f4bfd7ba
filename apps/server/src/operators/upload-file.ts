/** Takes a file: makes it harmless, stores it, notes it, and lets branding show it. Cleaning and storing happen before the transaction begins. */
import { createHash, randomBytes } from 'node:crypto';
import type { uploadFile as uploadEndpoint } from '@predictu/contract/admin/uploads';
import { Failure, type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { uploadAsset as assetEndpoint, removeBrandingPicture as removeEndpoint } from '@predictu/contract/operator/uploads';
import type { Actor } from '../platform/actor.ts';
import { auditNameOf, recordAudit } from '../platform/audit.ts';
import { type CleanFile, cleanFile, FILE_TYPES } from '../platform/clean-file.ts';
import type { Database } from '../platform/db.ts';
import type { Files } from '../platform/files.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import { RefusedFile } from '../platform/refused-file.ts';
import { absoluteUrl, type StoredBranding } from './branding.rules.ts';
import { operatorBySlug } from './operator.sql.ts';
import { brandingKeyOf, type FileCategory, isOverQuota, limitsOf, ofAdmin, QUOTA_BYTES } from './upload.rules.ts';
import { insertFile, sumFiles, updateBrandingPicture } from './uploaded-file.sql.ts';

type Changing = Pick<Context, 'db' | 'now' | 'newId' | 'requestId'> & { actor: Actor };
type Taken = CleanFile & { name: string };

/** @throws VALIDATION_ERROR saying what the file is and what was expected. */
async function cleaned(bytes: Uint8Array, category: FileCategory): Promise<CleanFile> {
  try {
    return await cleanFile(Buffer.from(bytes), limitsOf(category));
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    const { received, expected } = error;
    throw new Failure('VALIDATION_ERROR', `The file cannot be taken: it is ${received}`, {
      fields: [{ field: 'file', received, expected }],
    });
  }
}

/** The content's name; of a paper it cannot be guessed by who has the same paper. */
function nameOf({ bytes, kind }: CleanFile): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  return `${kind === 'pdf' ? `${hash}-${randomBytes(16).toString('base64url')}` : hash}.${kind}`;
}

async function take(files: Files, bytes: Uint8Array, category: FileCategory): Promise<Taken> {
  const clean = await cleaned(bytes, category);
  const name = nameOf(clean);
  await files.put(name, clean.bytes, FILE_TYPES[clean.kind]);
  return { ...clean, name };
}

const BRANDING_KEYS = { logo: 'logo_url', favicon: 'favicon_url' } as const;

/** @throws NOT_FOUND when the operator is gone. */
async function showInBranding(
  { db, actor, now, newId, requestId }: Changing,
  operatorId: bigint,
  key: 'logo_url' | 'favicon_url',
  url: string | null,
): Promise<StoredBranding> {
  const changed = await updateBrandingPicture(db, operatorId, { key, url }, now);
  if (!changed) throw notFound('operator');
  await recordAudit(db, actor, newId(), now, {
    action: 'operator.branding',
    subject: `operator:${changed.slug}`,
    operatorId,
    before: { [key]: changed.before[key] ?? null },
    after: { [key]: url },
    requestId,
  });
  return { ...changed.before, [key]: url };
}

/** Writes the file down, as the operator's or the platform's own. */
async function note(changing: Changing, operatorId: bigint | null, category: FileCategory, file: Taken): Promise<Refusal | Id<'file'>> {
  const { db, actor, now, newId, requestId } = changing;
  if (operatorId !== null && isOverQuota(await sumFiles(db, operatorId), file.bytes.length)) {
    return refuse('CONFLICT', 'All files of the operator together would exceed their limit', { limit_bytes: QUOTA_BYTES });
  }
  const id = newId() as Id<'file'>;
  const { name, kind, width, height } = file;
  const made = { name, contentType: FILE_TYPES[kind], sizeBytes: file.bytes.length, width, height };
  await insertFile(db, { id, operatorId, category, ...made, uploadedBy: auditNameOf(actor).join(':'), at: now });
  const key = brandingKeyOf(category);
  if (operatorId !== null && key) await showInBranding(changing, operatorId, key, `/files/${name}`);
  else {
    const subject = encodeId('file', id);
    await recordAudit(db, actor, newId(), now, { action: 'file.upload', subject, operatorId, after: { category, ...made }, requestId });
  }
  return id;
}

const shown = ({ client, now }: Context, id: Id<'file'>, { name, kind, bytes, width, height }: Taken) => ({
  id,
  url: absoluteUrl(`/files/${name}`, client.baseUrl),
  content_type: FILE_TYPES[kind],
  size_bytes: bytes.length,
  width,
  height,
  uploaded_at: now,
});

const uploadAsset =
  (files: Files): Handler<typeof assetEndpoint> =>
  async (context, { body: { file: bytes, category } }) => {
    const file = await take(files, bytes, category);
    const id = await note(context, context.actor.operatorId, category, file);
    return typeof id === 'object' ? id : { data: { ...shown(context, id, file), category } };
  };

const uploadFile =
  (files: Files, database: Database): Handler<typeof uploadEndpoint> =>
  async (context, { body: { file: bytes, category: named, operator_slug: slug } }) => {
    const { category, needsOperator } = ofAdmin(named);
    if (needsOperator && slug === undefined) {
      const fields = [{ field: 'operator_slug', received: 'nothing', expected: 'whose it is' }];
      throw new Failure('VALIDATION_ERROR', 'The body does not fit: operator_slug', { fields });
    }
    // In a transaction of its own: the file is cleaned and stored outside of any.
    const operator = slug === undefined ? undefined : await database.as(context.actor, 'read', (db) => operatorBySlug(db, slug));
    if (slug !== undefined && !operator) throw notFound('operator');
    const file = await take(files, bytes, category);
    const id = await note(context, operator?.id ?? null, category, file);
    if (typeof id === 'object') return id;
    const by = encodeId('admin', context.actor.adminId as Id<'admin'>);
    return { data: { ...shown(context, id, file), category: named, operator_slug: slug ?? null, uploaded_by: by } };
  };

const removeBrandingPicture: Handler<typeof removeEndpoint> = async (context, { query }) => {
  const { logo_url: logo, favicon_url: favicon } = await showInBranding(
    context,
    context.actor.operatorId,
    BRANDING_KEYS[query.picture],
    null,
  );
  const address = (url: string | null | undefined) => absoluteUrl(url ?? null, context.client.baseUrl);
  return { data: { logo_url: address(logo), favicon_url: address(favicon) } };
};

/** Handlers by the names of their endpoints. */
export const fileHandlers = ({ files, database }: { files: Files; database: Database }) => ({
  uploadAsset: uploadAsset(files),
  uploadFile: uploadFile(files, database),
  removeBrandingPicture,
});
