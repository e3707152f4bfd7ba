/** Decodes a picture of pixels and writes it anew: metadata, colour profiles, hidden chunks and whatever followed the picture are gone. */
import type Sharp from 'sharp';
import { RefusedFile } from './refused-file.ts';

export type PixelKind = 'png' | 'jpg' | 'webp';
const FORMAT: Record<PixelKind, string> = { png: 'png', jpg: 'jpeg', webp: 'webp' };
const LARGEST_SIDE = 4_096;
const LONGEST_SECONDS = 10;
const LARGEST_RESULT_BYTES = 12_000_000;

let decoder: Promise<typeof Sharp> | undefined;
/** With the first picture: most processes see none. */
async function loadDecoder(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp');
  // It has many formats and no reason to open any but these.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'] });
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

/** One after another: a picture at its limit takes 70 MB while it is open. */
let last: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work, work);
  last = turn.catch(() => {});
  return turn;
}

const open = (sharp: typeof Sharp, bytes: Buffer) =>
  sharp(bytes, { failOn: 'error', limitInputPixels: LARGEST_SIDE * LARGEST_SIDE, autoOrient: true });

async function decoded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new RefusedFile('a damaged picture', 'a picture that can be read to its end');
  }
}

async function clean(bytes: Buffer, kind: PixelKind, longestSide: number) {
  decoder ??= loadDecoder();
  const sharp = await decoder;
  const { format, width = 0, height = 0, isPalette } = await decoded(open(sharp, bytes).metadata());
  if (format !== FORMAT[kind]) throw new RefusedFile('a picture of another type than it begins with', kind);
  if (width > longestSide || height > longestSide)
    throw new RefusedFile(`a picture of ${width} by ${height} pixels`, `at most ${longestSide} on either side`);
  const picture = open(sharp, bytes).toColourspace('srgb').timeout({ seconds: LONGEST_SECONDS });
  const written = {
    png: () => picture.png({ compressionLevel: 9, palette: isPalette === true }),
    jpg: () => picture.jpeg({ quality: 90, mozjpeg: true }),
    webp: () => picture.webp({ quality: 92 }),
  };
  const { data, info } = await decoded(written[kind]().toBuffer({ resolveWithObject: true }));
  if (data.length > LARGEST_RESULT_BYTES) throw new RefusedFile('a picture that unfolds to too many bytes', 'a smaller picture');
  return { bytes: data, width: info.width, height: info.height };
}

/** @throws RefusedFile */
export const cleanImage = (bytes: Buffer, kind: PixelKind, longestSide: number) =>
  inTurn(() => clean(bytes, kind, Math.min(longestSide, LARGEST_SIDE)));
