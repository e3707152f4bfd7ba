/** The zoo: every hostile file is refused, or comes out as nothing but a picture. And harmless files look as they did. */
import { deflateSync } from 'node:zlib';
import { JSDOM } from 'jsdom';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { HOSTILE, jpg, MARK, pdf, png, svg, webp } from '../../test/hostile-files.ts';
import { type CleanFile, cleanFile, type FileKind } from './clean-file.ts';
import { RefusedFile } from './refused-file.ts';

const ALL: FileKind[] = ['png', 'jpg', 'webp', 'svg', 'pdf'];
const clean = (bytes: Buffer, kinds: readonly FileKind[] = ALL): Promise<CleanFile> => cleanFile(bytes, { kinds, longestSide: 4_096 });
const parser = new new JSDOM().window.DOMParser();
const HARMLESS = new Set('svg g path rect circle text title defs linearGradient stop style'.split(' '));

/** What may not be anywhere in a picture, however it got there. */
function assertHarmlessSvg(text: string): void {
  const root = parser.parseFromString(text, 'image/svg+xml').documentElement;
  for (const element of [root, ...root.querySelectorAll('*')]) {
    expect(element.namespaceURI).toBe('http://www.w3.org/2000/svg');
    expect(HARMLESS).toContain(element.localName);
    for (const { name, value } of element.attributes) {
      expect(name).not.toMatch(/^on|:href$|base$/i);
      expect(value).not.toMatch(/script:|https?:\/\/(?!www\.w3\.org\/)|data:|file:/i);
    }
  }
  expect(text).not.toMatch(/evil\.example|@import|<!|<\?|\\/);
}

async function assertOnlyAPicture({ kind, bytes, width, height }: CleanFile): Promise<void> {
  expect(bytes.includes(MARK)).toBe(false);
  expect(bytes.includes('<script')).toBe(false);
  if (kind === 'svg') return assertHarmlessSvg(bytes.toString());
  const found = await sharp(bytes).metadata();
  expect([found.width, found.height]).toEqual([width, height]);
  expect([found.exif, found.xmp, found.icc, found.iptc, found.comments]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect(bytes.length).toBeLessThan(100_000);
}

describe('the zoo', () => {
  test('has the animals it promises', () => {
    expect(HOSTILE.length).toBeGreaterThan(80);
    expect(new Set(HOSTILE.map(({ name }) => name)).size).toBe(HOSTILE.length);
  });

  test.each(HOSTILE)(
    '$name: $fate',
    async ({ bytes, fate }) => {
      const outcome = await clean(await bytes()).catch((error: unknown) => error);
      if (fate === 'refused') return expect(outcome).toBeInstanceOf(RefusedFile);
      if (outcome instanceof Error) throw outcome;
      return assertOnlyAPicture(outcome as CleanFile);
    },
    30_000,
  );

  test.each(['logo.svg.png', '../../etc/passwd', 'a.php.png'])('a name such as %s is not asked at all', async () => {
    expect((await clean(await jpg())).kind).toBe('jpg');
  });
});

describe('harmless files', () => {
  test.each([
    ['png', png],
    ['jpg', jpg],
    ['webp', webp],
  ] as const)('%s keeps its pixels', async (kind, make) => {
    const bytes = await make();
    const out = await clean(bytes);
    expect([out.kind, out.width, out.height]).toEqual([kind, 16, 16]);
    const [before, after] = await Promise.all([sharp(bytes).raw().toBuffer(), sharp(out.bytes).removeAlpha().raw().toBuffer()]);
    for (const [index, value] of before.entries()) expect(Math.abs(value - (after[index] ?? 0))).toBeLessThan(8);
  });

  test('a photograph that was turned stands upright, transparency and palettes stay', async () => {
    const turned = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#123456' } })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(await clean(turned)).toMatchObject({ width: 20, height: 40 });
    const clear = await sharp({ create: { width: 9, height: 9, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png({ palette: true })
      .toBuffer();
    const { bytes } = await clean(clear);
    expect((await sharp(bytes).ensureAlpha().raw().toBuffer())[3]).toBe(0);
    expect(bytes.length).toBeLessThanOrEqual(clear.length + 50);
  });

  test('an svg of shapes, gradients, classes and a doctype of its time keeps them all', async () => {
    const drawn = `<?xml version="1.0" encoding="utf-8"?><!-- Generator: Adobe Illustrator --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 120.5 40" inkscape:version="1.2">
<style type="text/css">.st0{fill:#FF0066;} .st1,.st2{fill:url(#g);stroke:#000}</style>
<defs><linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" x2="1"><stop offset="0" stop-color="#fff"/></linearGradient></defs>
<title>Lucky &amp; Spins</title><path class="st0" d="M0 0L10 10Z" style="opacity:.5"/><rect class="st1" width="5" height="5" fill="url(#g)"/></svg>`;
    const { bytes, width, height } = await clean(Buffer.from(drawn));
    const text = bytes.toString();
    expect([width, height]).toEqual([121, 40]);
    for (const part of [
      '.st0{fill:#FF0066;}',
      'fill:url(#g)',
      '<linearGradient',
      'stop-color="#fff"',
      'd="M0 0L10 10Z"',
      'style="opacity:.5"',
      'fill="url(#g)"',
      'Lucky &amp; Spins',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/inkscape|DOCTYPE|Generator/);
    expect((await clean(bytes)).bytes.toString()).toBe(text);
  }, 30_000);

  test('a paper that only shows pages is taken as it is', async () => {
    const page = deflateSync(Buffer.from('BT /F1 12 Tf (Hello) Tj ET')).toString('latin1');
    const bytes = pdf(`3 0 obj << /Filter /FlateDecode /Length ${page.length} >> stream\n${page}\nendstream endobj`);
    expect(await clean(bytes)).toEqual({ kind: 'pdf', bytes, width: null, height: null });
  });

  test('a kind that is not wanted is refused by its name', async () => {
    await expect(clean(svg(''), ['png'])).rejects.toThrow('a file of image/svg+xml; expected one of png');
    await expect(clean(pdf(''), ['png', 'jpg'])).rejects.toThrow('a file of application/pdf; expected one of png, jpg');
  });
});
