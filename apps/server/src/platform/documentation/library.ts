/** Every document of the repository that the site shows: read and rendered once. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Rendered, renderMarkdown } from './markdown.ts';
import { type Listed, pageHtml } from './page-html.ts';

const ROOT = fileURLToPath(new URL('../../../../..', import.meta.url));
const BASE = '/docs';
/** Section, then its documents: address below the base and file. What is listed nowhere stands last. */
type Contents = { section: string; pages: Record<string, string> }[];
type Document = Rendered & { section: string; address: string; file: string; markdown: string };
/** Ready to be sent. */
export type Served = { type: string; body: Buffer; zipped: Buffer | undefined; tag: string; forEver: boolean };

const FONTS = {
  'archivo.woff2': '@fontsource-variable/archivo/files/archivo-latin-wdth-normal.woff2',
  'mono.woff2': '@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2',
};
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
};

const digest = (body: Buffer): string => createHash('sha256').update(body).digest('base64url').slice(0, 16);
function served(type: string, content: string | Buffer, forEver = false): Served {
  const body = Buffer.from(content);
  return { type, body, zipped: type.startsWith('font') ? undefined : gzipSync(body), tag: `"${digest(body)}"`, forEver };
}

/** The listed documents in order, then the others of the folder. */
function findDocuments(root: string): { section: string; address: string; file: string }[] {
  const contents = JSON.parse(readFileSync(join(root, 'docs/contents.json'), 'utf8')) as Contents;
  const listed = contents.flatMap(({ section, pages }) =>
    Object.entries(pages).map(([address, file]) => ({ section, address: address === '' ? BASE : `${BASE}/${address}`, file })),
  );
  const known = new Set(listed.map(({ file }) => file));
  const others = ['docs', 'docs/guide'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md') && !known.has(`${folder}/${name}`))
      .map((name) => ({ section: 'More', address: `${BASE}/${name.slice(0, -3)}`, file: `${folder}/${name}` })),
  );
  return [...listed, ...others];
}

function readDocuments(root: string): Document[] {
  const found = findDocuments(root);
  const addresses = new Map(found.map(({ file, address }) => [file, address]));
  return found.map(({ section, address, file }) => {
    const markdown = readFileSync(join(root, file), 'utf8');
    const resolve = (target: string): string | undefined => {
      if (/^(https?:|mailto:|#|\/)/.test(target)) return target;
      const [path = '', anchor] = target.split('#');
      const other = addresses.get(posix.normalize(posix.join(dirname(file), path)));
      return other && (anchor ? `${other}#${anchor}` : other);
    };
    return { section, address, file, markdown, ...renderMarkdown(markdown, resolve) };
  });
}

/** Fonts, styles and scripts under names that change with their contents. */
function readAssets(root: string): { files: Map<string, Served>; names: Map<string, string> } {
  const require = createRequire(join(root, 'packages/ui/package.json'));
  const styles = join(root, 'packages/ui/src/styles/tokens.css');
  const sources: [string, Buffer][] = [
    ...Object.entries(FONTS).map(([name, file]): [string, Buffer] => [name, readFileSync(require.resolve(file))]),
    ['theme.js', readFileSync(join(root, 'packages/ui/public/theme.js'))],
    ['mark.svg', readFileSync(join(root, 'packages/ui/public/mark.svg'))],
    ['docs.js', readFileSync(join(root, 'docs/site/docs.js'))],
    ['docs.css', Buffer.concat([readFileSync(styles), readFileSync(join(root, 'docs/site/docs.css'))])],
  ];
  const names = new Map<string, string>();
  const files = new Map<string, Served>();
  for (const [name, source] of sources) {
    const [stem = '', kind = ''] = name.split('.');
    const body =
      kind === 'css'
        ? Buffer.from(source.toString().replaceAll(/url\('([\w.]+)'\)/g, (_, file: string) => `url('${names.get(file)}')`))
        : source;
    const address = `${BASE}/assets/${stem}-${digest(body)}.${kind}`;
    names.set(name, address);
    files.set(address, served(TYPES[kind] ?? '', body, true));
  }
  return { files, names };
}

const HEADLINE =
  'White-label prediction markets for casinos and sportsbooks: embed the markets, let your players in, keep their money in your own wallet or in ours.';
/** The list of documents for language models: https://llmstxt.org. */
function llmsText(documents: readonly Document[]): string {
  const sections = [...new Set(documents.map(({ section }) => section))].map((section) => {
    const lines = documents
      .filter((document) => document.section === section)
      .map(({ title, address, lead }) => `- [${title}](${markdownAddress(address)}): ${lead.slice(0, 200)}`);
    return `## ${section}\n\n${lines.join('\n')}`;
  });
  return `# Predictu\n\n> ${HEADLINE}\n\nThe OpenAPI 3.1 document is at /openapi.json, everything below in one text at /llms-full.txt.\n\n${sections.join('\n\n')}\n`;
}
const markdownAddress = (address: string): string => (address === BASE ? `${BASE}/index.md` : `${address}.md`);

/** Everything the site serves, by address. */
export function readLibrary(root: string = ROOT): Map<string, Served> {
  const documents = readDocuments(root);
  const { files, names } = readAssets(root);
  const menu: Listed[] = [
    ...documents.map(({ section, address, title }) => ({ section, address, title })),
    { section: 'Reference', address: `${BASE}/reference`, title: 'API reference' },
  ];
  const library = new Map(files);
  for (const document of documents) {
    library.set(document.address, served('text/html; charset=utf-8', pageHtml(document, menu, names)));
    library.set(markdownAddress(document.address), served('text/markdown; charset=utf-8', document.markdown));
  }
  const index = documents.flatMap(({ address, title, sections }) =>
    sections.map(({ heading, anchor, text }) => ({ address: heading === title ? address : `${address}#${anchor}`, title, heading, text })),
  );
  library.set(`${BASE}/search.json`, served('application/json; charset=utf-8', JSON.stringify(index)));
  library.set('/llms.txt', served('text/plain; charset=utf-8', llmsText(documents)));
  const whole = documents.map(({ address, markdown }) => `<!-- ${address} -->\n${markdown}`).join('\n\n');
  library.set('/llms-full.txt', served('text/plain; charset=utf-8', whole));
  return library;
}

let known: Map<string, Served> | undefined;
/** That of this repository, rendered once. */
export const library = (): Map<string, Served> => (known ??= readLibrary());

/** The documents are part of the repository; an installation without them has no site. */
export const hasLibrary = (root: string = ROOT): boolean => existsSync(join(root, 'docs/contents.json'));
