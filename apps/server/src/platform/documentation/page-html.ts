/** One page of the documentation: bar, contents, text, what is on this page. */
import { asText, type Heading } from './markdown.ts';

export type Listed = { section: string; address: string; title: string };
type Shown = { title: string; lead: string; html: string; address: string; headings: readonly Heading[] };

function menuHtml(menu: readonly Listed[], here: string): string {
  const sections = [...new Set(menu.map(({ section }) => section))];
  return sections
    .map((section) => {
      const links = menu
        .filter((page) => page.section === section)
        .map(({ address, title }) => `<li><a href="${address}"${address === here ? ' aria-current="page"' : ''}>${asText(title)}</a></li>`);
      return `<h2>${asText(section)}</h2><ul>${links.join('')}</ul>`;
    })
    .join('');
}

function neighbours(menu: readonly Listed[], here: string): string {
  const at = menu.findIndex(({ address }) => address === here);
  const link = (page: Listed | undefined, word: string) =>
    page
      ? `<a href="${page.address}" rel="${word === 'Next' ? 'next' : 'prev'}"><span>${word}</span>${asText(page.title)}</a>`
      : '<span></span>';
  return `<nav class="neighbours" aria-label="Neighbouring pages">${link(menu[at - 1], 'Before')}${link(menu[at + 1], 'Next')}</nav>`;
}

const outline = (headings: readonly Heading[]): string => {
  const lines = headings.filter(({ depth }) => depth === 2 || depth === 3);
  if (lines.length < 2) return '';
  return `<aside><nav aria-label="On this page"><h2>On this page</h2><ul>${lines.map(({ depth, text, anchor }) => `<li class="depth-${depth}"><a href="#${anchor}">${asText(text)}</a></li>`).join('')}</ul></nav></aside>`;
};

/** `names`: of scripts, styles and fonts as they are served. */
export function pageHtml(
  { title, lead, html, address, headings }: Shown,
  menu: readonly Listed[],
  names: ReadonlyMap<string, string>,
): string {
  const list = menuHtml(menu, address);
  return `<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${asText(title)} · Predictu</title>
<meta name="description" content="${asText(lead.slice(0, 200))}">
<link rel="icon" href="${names.get('mark.svg')}" type="image/svg+xml">
<script src="${names.get('theme.js')}"></script>
<link rel="preload" href="${names.get('archivo.woff2')}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${names.get('docs.css')}">
<script src="${names.get('docs.js')}" defer></script>
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<header class="bar">
<a class="home" href="/docs" aria-label="Predictu docs"><svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><rect x="1" y="1" width="18" height="18" rx="4.5" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M1.5 8.2h17v6.3a4 4 0 0 1-4 4h-9a4 4 0 0 1-4-4z" fill="currentColor"/><rect x="4" y="4.4" width="5" height="1.6" rx=".8" fill="currentColor"/></svg><span>Predictu docs</span></a>
<div class="search" role="search" hidden>
<input type="search" id="search" placeholder="Search" aria-label="Search the documentation" role="combobox" aria-expanded="false" aria-controls="found" aria-autocomplete="list" autocomplete="off"><kbd aria-hidden="true">/</kbd>
<ul id="found" role="listbox" aria-label="Found" hidden></ul>
</div>
<button type="button" class="theme" hidden>Dark</button>
</header>
<div class="frame">
<details class="menu"><summary>Contents</summary><nav aria-label="Contents">${list}</nav></details>
<nav class="rail" aria-label="Documentation">${list}</nav>
<main id="text" tabindex="-1">
<article>
${html}</article>
${neighbours(menu, address)}
</main>
${outline(headings)}
</div>
</body>
</html>
`;
}
