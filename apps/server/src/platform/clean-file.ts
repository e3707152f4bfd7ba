/**
 * Makes an uploaded file harmless. What it is is read from its bytes, never from its name or what the sender says. Pictures are decoded and
 * written anew, so that nothing but the picture is left; vector pictures keep what draws; papers with anything that acts are refused.
 */
import { checkPdf } from './check-pdf.ts';
import { cleanImage } from './clean-image.ts';
import { cleanSvg } from './clean-svg.ts';
import { RefusedFile } from './refused-file.ts';

export const FILE_TYPES = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
} as const;
export type FileKind = keyof typeof FILE_TYPES;
export type CleanFile = { kind: FileKind; bytes: Buffer; width: number | null; height: number | null };
export type FileLimits = { kinds: readonly FileKind[] /** Of a picture, on either side. */; longestSide: number };

const MARKUP = new Set(['application/xml', 'image/svg+xml', 'text/html']);

async function kindOf(bytes: Buffer): Promise<FileKind | string> {
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(bytes);
  const kind = (Object.keys(FILE_TYPES) as FileKind[]).find((name) => FILE_TYPES[name] === found?.mime);
  if (kind && kind !== 'svg') return kind;
  // Text has no signature: whether it is a vector picture is for the parser to say.
  if (found === undefined || MARKUP.has(found.mime)) return /<(?:\w+:)?svg[\s>]/.test(bytes.toString('latin1')) ? 'svg' : 'an unknown type';
  return found.mime;
}

/** @throws RefusedFile */
export async function cleanFile(bytes: Buffer, { kinds, longestSide }: FileLimits): Promise<CleanFile> {
  if (bytes.length === 0) throw new RefusedFile('an empty file', 'a file with content');
  const kind = await kindOf(bytes);
  const wanted = kinds.find((name) => name === kind);
  if (!wanted) throw new RefusedFile(`a file of ${FILE_TYPES[kind as FileKind] ?? kind}`, `one of ${kinds.join(', ')}`);
  if (wanted === 'pdf') {
    checkPdf(bytes);
    return { kind: wanted, bytes, width: null, height: null };
  }
  return { kind: wanted, ...(wanted === 'svg' ? await cleanSvg(bytes, longestSide) : await cleanImage(bytes, wanted, longestSide)) };
}
