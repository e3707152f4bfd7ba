/** Pictures of the screens, and the page that shows them all: `artifacts/gallery.html`. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ARTIFACTS = fileURLToPath(new URL('../artifacts', import.meta.url));
const PICTURES = join(ARTIFACTS, 'pictures');
/** `npm run screens`: every picture in both themes, of a desk and of a phone. */
export const ALL_PICTURES = process.env['SCREENS'] === '1';
const ONLY = process.env['SCREENS_ONLY'] ?? '';

/** With `--only` the pictures whose name has these words. */
export const wanted = (name: string): boolean => name.includes(ONLY);
export const pictureOf = (name: string): string => join(PICTURES, `${name}.png`);
export const paperOf = (name: string): string => join(PICTURES, `${name}.pdf`);

/** Those of a run before this one are not mistaken for new ones. */
export function beginGallery(): void {
  if (ONLY === '') rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
}

const look = /-(light|dark|print)-(\d+)$/;
const style = `:root{color-scheme:light dark}body{font:14px/20px system-ui,sans-serif;margin:24px}h2{margin:32px 0 8px;font-size:15px}
.looks{display:flex;gap:16px;align-items:flex-start;flex-wrap:wrap}figure{margin:0}img{display:block;max-height:560px;max-width:100%;border:1px solid #8888}
figcaption{font-size:12px;opacity:.8}nav{columns:4 220px}nav a{display:block}`;

/** One heading a screen, its looks beside each other. */
export function writeGallery(): void {
  const files = readdirSync(PICTURES).sort();
  const screens = new Map<string, string[]>();
  for (const file of files.filter((name) => name.endsWith('.png'))) {
    const name = file.slice(0, -4);
    const screen = name.replace(look, '');
    screens.set(screen, [...(screens.get(screen) ?? []), name]);
  }
  const figure = (name: string): string => {
    const [, theme = '', width = ''] = look.exec(name) ?? [];
    const paper = files.includes(`${name}.pdf`) ? ` · <a href="pictures/${name}.pdf">PDF</a>` : '';
    return `<figure><a href="pictures/${name}.png"><img loading="lazy" src="pictures/${name}.png" alt="${name}"></a><figcaption>${theme} ${width}${paper}</figcaption></figure>`;
  };
  const parts = [...screens].map(
    ([screen, names]) => `<h2 id="${screen}">${screen}</h2><div class="looks">${names.map(figure).join('')}</div>`,
  );
  const links = [...screens.keys()].map((screen) => `<a href="#${screen}">${screen}</a>`);
  writeFileSync(
    join(ARTIFACTS, 'gallery.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Screens of Predictu</title><style>${style}</style>
<h1>${screens.size} screens</h1><nav>${links.join('\n')}</nav>${parts.join('\n')}</html>\n`,
  );
}
