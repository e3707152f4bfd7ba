/** What a PDF says, read back from its bytes: the texts in the order they were drawn, through the fonts' own tables of characters. */
import { inflateSync } from 'node:zlib';

const objectsOf = (pdf: string): Map<string, string> =>
  new Map([...pdf.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id as string, body as string]));

function streamOf(body: string): string {
  const [, data = ''] = /stream\n([\s\S]*?)\nendstream/.exec(body) ?? [];
  return /FlateDecode/.test(body) ? inflateSync(Buffer.from(data, 'latin1')).toString('latin1') : data;
}

/** Glyph -> text of a font. */
function charactersOf(map: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const [, first = '0', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/gis)) {
    const texts = [...list.matchAll(/<([0-9a-f]*)>/gi)].map(([, hex = '']) => Buffer.from(hex, 'hex').swap16().toString('utf16le'));
    for (const [index, text] of texts.entries()) found.set(Number.parseInt(first, 16) + index, text);
  }
  return found;
}

/** Every text of the file, one line for each that was drawn. */
export function textsOfPdf(bytes: Uint8Array): string[] {
  const objects = objectsOf(Buffer.from(bytes).toString('latin1'));
  const fonts = new Map<string, Map<number, string>>();
  for (const body of objects.values()) {
    for (const [, name = '', id = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const [, unicode] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '') ?? [];
      if (unicode) fonts.set(name, charactersOf(streamOf(objects.get(unicode) ?? '')));
    }
  }
  const texts: string[] = [];
  for (const body of objects.values()) {
    if (!/stream\n/.test(body) || /\/(Subtype|Type|Length1)/.test(body)) continue;
    for (const [, name = '', drawn = ''] of streamOf(body).matchAll(/\/(F\d+) [\d.]+ Tf\n(?:.*\n)*?\[(.*?)\] TJ/g)) {
      const glyphs = [...drawn.matchAll(/<([0-9a-f]*)>/gi)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
      texts.push(glyphs.map((glyph) => fonts.get(name)?.get(Number.parseInt(glyph, 16)) ?? '�').join(''));
    }
  }
  return texts;
}
