import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { mergeConfig, type Plugin } from 'vite';
import { program } from '../../packages/ui/vite.ts';

const inFolder = (name: string) => join(import.meta.dirname, name);
/** Each page and where it is served. */
const PAGES: Record<string, string> = { index: '/', apply: '/operators/apply', login: '/auth/login', status: '/status', missing: '' };

/** Puts what every page has into each; the link to the page itself says so. */
const parts: Plugin = {
  name: 'parts',
  transformIndexHtml: {
    order: 'pre',
    handler: (html, { filename }) =>
      html
        .replace(/<!-- part:(\w+) -->/g, (_, part: string) => readFileSync(inFolder(`src/parts/${part}.html`), 'utf8').trimEnd())
        .replaceAll(/(<header[\s\S]*<\/header>)/g, (bar) =>
          bar.replace(/href="([^"]+)"(?=>[A-Z])/g, (link, to: string) =>
            to === PAGES[basename(filename, '.html')] ? `${link} aria-current="page"` : link,
          ),
        ),
  },
};

/** Pages of their own: each brings only its own script, and reads without one. */
export default mergeConfig(program(import.meta.dirname, '/'), {
  plugins: [parts],
  build: { rolldownOptions: { input: Object.keys(PAGES).map((name) => inFolder(`${name}.html`)) } },
});
