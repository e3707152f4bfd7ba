/** Of a vector picture what draws: shapes, colours, text. In a thread of its own, because the parser takes a second to load and strangers wrote the text. */
import { RefusedFile } from './refused-file.ts';
import { openThread, ThreadGaveUp } from './run-thread.ts';

export type SvgVerdict = { svg: string; width: number; height: number } | { refused: string; expected: string };

const judge = openThread<string, SvgVerdict>(new URL('./clean-svg.thread.ts', import.meta.url), { longestMs: 20_000, memoryMb: 256 });
const MOST_BYTES = 1_000_000;
/** Counted before the parser builds them. */
const MOST_TAGS = 10_000;

/** @throws RefusedFile */
export async function cleanSvg(bytes: Buffer, longestSide: number): Promise<{ bytes: Buffer; width: number; height: number }> {
  if (bytes.length > MOST_BYTES) throw new RefusedFile(`a vector picture of ${bytes.length} bytes`, `at most ${MOST_BYTES} bytes`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RefusedFile('a vector picture that is not UTF-8', 'UTF-8');
  }
  // Entities are how a small file grows without bound or reads what is not its own.
  if (/<!ENTITY|<!DOCTYPE[^>]*\[/i.test(text)) throw new RefusedFile('a vector picture with entities', 'one without');
  if (text.split('<').length > MOST_TAGS) throw new RefusedFile('a vector picture of too many elements', `at most ${MOST_TAGS / 2}`);
  let verdict: SvgVerdict;
  try {
    verdict = await judge(text);
  } catch (error) {
    if (!(error instanceof ThreadGaveUp)) throw error;
    throw new RefusedFile('a vector picture that takes too long to read', 'a simpler one');
  }
  if ('refused' in verdict) throw new RefusedFile(verdict.refused, verdict.expected);
  const { svg, width, height } = verdict;
  if (width > longestSide || height > longestSide)
    throw new RefusedFile(`a picture of ${width} by ${height} pixels`, `at most ${longestSide} on either side`);
  return { bytes: Buffer.from(svg), width, height };
}
