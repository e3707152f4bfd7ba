/** How a PDF is tagged, read back from its bytes: the tree of its structure, and whether every text stands under a tag. */
import { inflateSync } from 'node:zlib';

export type PdfPart = { tag: string; scope: string | undefined; parts: PdfPart[] /** Texts of its own. */; texts: number };
export type PdfStructure = { root: PdfPart; texts: number; untagged: number; unclaimed: number };

const referencesIn = (text: string): string[] => [...text.matchAll(/(\d+) 0 R/g)].map(([, id = '']) => id);

/** Texts drawn under no tag and in no decoration, and texts in all, decoration left out. */
function countTexts(content: string): { tagged: number; untagged: number } {
  const open: string[] = [];
  const found = { tagged: 0, untagged: 0 };
  for (const [word, tag = ''] of content.matchAll(/\/(\w+) (?:<<[^>]*>> )?B[DM]C|EMC|\] TJ/g)) {
    if (word === 'EMC') open.pop();
    else if (word !== '] TJ') open.push(tag);
    else if (open.length === 0) found.untagged += 1;
    else if (open[0] !== 'Artifact') found.tagged += 1;
  }
  return found;
}

/** @throws when there is no structure. */
export function structureOfPdf(bytes: Uint8Array): PdfStructure {
  const text = Buffer.from(bytes).toString('latin1');
  const objects = new Map([...text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => [id, body]));
  const partOf = (id: string): PdfPart => {
    const body = objects.get(id) ?? '';
    const [, inside = ''] = /\/K \[([^\]]*)\]/.exec(body) ?? [];
    return {
      tag: /\/S \/(\w+)/.exec(body)?.[1] ?? 'none',
      scope: /\/Scope \/(\w+)/.exec(body)?.[1],
      parts: referencesIn(inside).map(partOf),
      texts: inside.replaceAll(/\d+ 0 R/g, '').match(/\d+/g)?.length ?? 0,
    };
  };
  const tree = [...objects.values()].find((body) => body.includes('/Type /StructTreeRoot')) ?? '';
  const [root] = referencesIn(/\/K \[([^\]]*)\]/.exec(tree)?.[1] ?? '').map(partOf);
  if (!root) throw new Error('Nothing is tagged');
  const counts = [...objects.values()]
    .filter((body) => body.includes('FlateDecode') && !/\/(Subtype|Type|Length1)/.test(body))
    .map((body) =>
      countTexts(inflateSync(Buffer.from(/stream\n([\s\S]*?)\nendstream/.exec(body)?.[1] ?? '', 'latin1')).toString('latin1')),
    );
  const claimed = [...text.matchAll(/\/Nums \[([\s\S]*?)\]\n>>/g)].flatMap(([, inside = '']) =>
    inside.includes('[') ? [inside] : referencesIn(inside).map((id) => objects.get(id) ?? ''),
  );
  const texts = counts.reduce((sum, { tagged }) => sum + tagged, 0);
  return {
    root,
    texts,
    untagged: counts.reduce((sum, { untagged }) => sum + untagged, 0),
    unclaimed: texts - claimed.flatMap(referencesIn).filter((id) => objects.has(id)).length,
  };
}

/** Every part with this tag, in reading order. */
export const partsOf = (part: PdfPart, tag: string): PdfPart[] =>
  part.tag === tag ? [part] : part.parts.flatMap((inside) => partsOf(inside, tag));
