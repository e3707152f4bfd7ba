/** Whether a PDF is only a paper: nothing in it that runs, opens, sends or carries other files. Streams of objects are looked into, as far as they unfold. */
import { inflateSync } from 'node:zlib';
import { RefusedFile } from './refused-file.ts';

/** Long enough to stand nowhere by chance, so looked for in every byte. */
const ACTS = /\/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|Rendition)(?![A-Za-z0-9])/;
/** Looked for outside of streams, whose bytes may be anything. */
const ACTS_SHORTLY = /\/(JS|AA|XFA|GoToE|GoToR|Movie|Sound|Encrypt)(?![A-Za-z0-9])/;
const OBJECTS = /\/ObjStm(?![A-Za-z0-9])/;
const DEFLATED = /\/Filter\s*\[?\s*\/Fl(?:ateDecode)?\s*[\]/>]/;
const MOST_UNFOLDED = 30_000_000;
const MOST_STREAMS = 5_000;

/** A name may spell any letter as #xx. */
const spelledOut = (text: string): string =>
  text.replace(/#([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function assertWithout(acting: RegExp, text: string): void {
  const [, name] = acting.exec(spelledOut(text)) ?? [];
  if (name) throw new RefusedFile(`a PDF with /${name}`, 'a PDF that only shows pages');
}

function unfold(bytes: Buffer, most: number): Buffer {
  try {
    return inflateSync(bytes, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new RefusedFile('a PDF that unfolds without end', 'a smaller one');
    throw new RefusedFile('a damaged PDF', 'a PDF whose parts can be read');
  }
}

type Stream = { dictionary: string; from: number; to: number };

/** Where the streams are, in order. */
function streamsOf(text: string): Stream[] {
  const streams: Stream[] = [];
  for (let at = 0; ; ) {
    const opening = /stream\r?\n/g;
    opening.lastIndex = at;
    const found = opening.exec(text);
    if (!found) return streams;
    const from = found.index + found[0].length;
    const end = text.indexOf('endstream', from);
    if (end < 0 || streams.length === MOST_STREAMS) throw new RefusedFile('a damaged PDF', 'a PDF whose parts can be read');
    streams.push({ dictionary: spelledOut(text.slice(Math.max(at, text.lastIndexOf(' obj', found.index)), found.index)), from, to: end });
    at = end + 'endstream'.length;
  }
}

/** @throws RefusedFile */
export function checkPdf(bytes: Buffer): void {
  const text = bytes.toString('latin1');
  if (!text.startsWith('%PDF-') || !/%%EOF\s*$/.test(text.slice(-1_024)))
    throw new RefusedFile('a damaged PDF', 'a PDF from its first byte to its last');
  assertWithout(ACTS, text);
  let outside = '';
  let at = 0;
  let left = MOST_UNFOLDED;
  for (const { dictionary, from, to } of streamsOf(text)) {
    outside += `${text.slice(at, from)}\n`;
    at = to;
    if (!OBJECTS.test(dictionary)) continue;
    if (!DEFLATED.test(dictionary)) throw new RefusedFile('a PDF with objects folded in another way', 'deflated objects');
    const objects = unfold(bytes.subarray(from, to), left);
    left -= objects.length;
    assertWithout(ACTS, objects.toString('latin1'));
    assertWithout(ACTS_SHORTLY, objects.toString('latin1'));
  }
  assertWithout(ACTS_SHORTLY, outside + text.slice(at));
}
