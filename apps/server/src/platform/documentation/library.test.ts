/** The documentation as it is served: every page stands in the contents, every link leads somewhere, every error has its row. */
import { ERROR_CODES } from '@predictu/contract/errors';
import Fastify from 'fastify';
import { afterAll, describe, expect, test } from 'vitest';
import { readLibrary, type Served } from './library.ts';
import { renderMarkdown } from './markdown.ts';
import { serveDocumentation } from './serve-documentation.ts';

const library = readLibrary();
const textOf = (address: string): string => (library.get(address) as Served).body.toString();
const pages = [...library].filter(([, { type }]) => type.startsWith('text/html')).map(([address]) => address);
const app = Fastify();
serveDocumentation(app);
afterAll(() => app.close());

describe('the documentation', () => {
  test('begins at /docs and has its guide, the wallet, the errors and both libraries', () => {
    expect(pages).toEqual(
      expect.arrayContaining([
        '/docs',
        '/docs/integration',
        '/docs/embed',
        '/docs/s2s',
        '/docs/api',
        '/docs/errors',
        '/docs/sdk-typescript',
        '/docs/sdk-python',
      ]),
    );
  });

  test.each(pages)('%s: its links lead somewhere, anchors included, and nothing is fetched from elsewhere', (address) => {
    const html = textOf(address);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    const links = [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = '']) => href);
    const broken = links.filter((href) => {
      const [path = '', anchor] = href.split('#');
      if (path === '/docs/reference') return false;
      const target = path === '' ? html : library.get(path)?.body.toString();
      return target === undefined || (anchor !== undefined && !target.includes(`id="${anchor}"`));
    });
    expect(broken).toEqual([]);
  });

  test('every code of an error has its row', () => {
    const html = textOf('/docs/errors');
    expect(ERROR_CODES.filter((code) => !html.includes(`<tr id="${code}">`))).toEqual([]);
  });

  test('the texts for language models name every page', () => {
    for (const page of pages) expect(textOf('/llms.txt')).toContain(`(${page === '/docs' ? '/docs/index' : page}.md)`);
    expect(textOf('/llms-full.txt')).toContain('# Integration guide');
    expect(textOf('/docs/index.md')).toMatch(/^# Getting started/);
  });

  test('the search knows every heading', () => {
    const index = JSON.parse(textOf('/docs/search.json')) as { address: string; heading: string }[];
    expect(index.map(({ heading }) => heading)).toEqual(expect.arrayContaining(['The launch token', 'The answer', 'Rate limits']));
    expect(index.every(({ address }) => library.has(address.split('#')[0] ?? ''))).toBe(true);
  });
});

describe('as it is sent', () => {
  test('zipped where that is taken, not again where it is known, never framed', async () => {
    const first = await app.inject({ url: '/docs/', headers: { 'accept-encoding': 'gzip, br' } });
    expect(first.statusCode).toBe(200);
    expect(first.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/html; charset=utf-8' });
    expect(first.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    const again = await app.inject({ url: '/docs', headers: { 'if-none-match': String(first.headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  test('a page that is not there is 404', async () => {
    expect((await app.inject('/docs/nowhere')).statusCode).toBe(404);
    expect((await app.inject('/docs/assets/..%2f..%2fpackage.json')).statusCode).toBe(404);
  });

  test('assets change their names with their contents and are kept for ever', async () => {
    const style = /href="(\/docs\/assets\/docs-[\w-]+\.css)"/.exec(textOf('/docs'))?.[1] ?? '';
    const { statusCode, headers, body } = await app.inject(style);
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toContain('immutable');
    for (const [, font = ''] of body.matchAll(/url\('([^']+)'\)/g)) expect(library.has(font), font).toBe(true);
  });
});

test('what a document holds is text: no markup and no script of it reaches the page', () => {
  const { html } = renderMarkdown(
    '# A\n\n<script>alert(1)</script>\n\n<b onclick="x()">b</b> ![i](http://x/y.png) [l](javascript:alert(1))\n\n```html\n<img src=x>\n```\n',
    (target) => (target.startsWith('http') ? target : undefined),
  );
  expect(html).not.toMatch(/<script|<b |<img|javascript:/);
  expect(html).toContain('&lt;img src=x&gt;');
});
