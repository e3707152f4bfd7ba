/** A document as HTML: headings with places to link to, links between documents as addresses of the site, code with its language, tables that scroll. */
import { Marked, type Tokens } from 'marked';

export type Heading = { depth: number; text: string; anchor: string };
export type Section = { heading: string; anchor: string; text: string };
export type Rendered = { title: string; lead: string; html: string; headings: Heading[]; sections: Section[] };
/** Where a link of this document leads on the site; undefined when it leads nowhere there. */
export type Resolve = (target: string) => string | undefined;

export const asText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const plain = (markdown: string): string => markdown.replaceAll(/`([^`]*)`|\*\*?([^*]*)\*\*?|\[([^\]]*)\]\([^)]*\)/g, '$1$2$3');
const anchorOf = (text: string): string =>
  plain(text)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');

const LANGUAGES: Readonly<Record<string, string>> = {
  sh: 'Shell',
  ts: 'TypeScript',
  js: 'JavaScript',
  python: 'Python',
  html: 'HTML',
  json: 'JSON',
  http: 'HTTP',
};
const COMMENTS: Readonly<Record<string, RegExp>> = {
  sh: /^(\s*)(#.*)$/gm,
  python: /^(\s*)(#.*)$/gm,
  ts: /^(.*?)(\/\/ .*)$/gm,
  js: /^(.*?)(\/\/ .*)$/gm,
};

/** The language is the first word of a fence; what stands after it is for the tests. */
function code({ text, lang = '' }: Tokens.Code): string {
  const [language = ''] = lang.split(/\s/);
  const name = LANGUAGES[language];
  const comments = COMMENTS[language];
  const body = comments ? asText(text).replace(comments, '$1<i>$2</i>') : asText(text);
  const head = name ? `<figcaption>${name}<button type="button" class="copy">Copy</button></figcaption>` : '';
  return `<figure class="code">${head}<pre tabindex="0"><code>${body}</code></pre></figure>\n`;
}

/** Tables of more columns are shown row by row on a phone. */
const WIDE_FROM = 3;

/** A code in the first cell names its row: errors are linked to by their code. */
const rowAnchor = (row: readonly Tokens.TableCell[]): string => {
  const named = /^`([A-Z][A-Z_]+)`$/.exec(row[0]?.text ?? '')?.[1];
  return named ? ` id="${named}"` : '';
};

function renderer(resolve: Resolve, headings: Heading[]): Marked {
  const marked = new Marked({ gfm: true });
  let tables = 0;
  const seen = new Map<string, number>();
  marked.use({
    renderer: {
      code,
      heading({ tokens, depth, text }) {
        const wanted = anchorOf(text) || 'section';
        const times = seen.get(wanted) ?? 0;
        seen.set(wanted, times + 1);
        const anchor = times === 0 ? wanted : `${wanted}-${times + 1}`;
        headings.push({ depth, text: plain(text), anchor });
        const inner = this.parser.parseInline(tokens);
        if (depth === 1) return `<h1 id="${anchor}">${inner}</h1>\n`;
        return `<h${depth} id="${anchor}"><a class="anchor" href="#${anchor}" aria-label="Link to: ${asText(plain(text))}">#</a>${inner}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const inner = this.parser.parseInline(tokens);
        const target = resolve(href);
        return target === undefined ? inner : `<a href="${asText(target)}">${inner}</a>`;
      },
      image: ({ text }) => asText(text),
      html: ({ text }) => asText(text),
      table({ header, rows }) {
        tables += 1;
        const wide = header.length > WIDE_FROM ? ' class="wide"' : '';
        const cell = (tag: string, inner: string, { align }: Tokens.TableCell, label = '') =>
          `<${tag}${align ? ` class="${align}"` : ''}${label ? ` data-label="${asText(plain(label))}"` : ''}>${inner}</${tag}>`;
        const inline = ({ tokens }: Tokens.TableCell) => this.parser.parseInline(tokens);
        const names = header.map((name) => cell('th', inline(name), name));
        const head = header.some(({ text }) => text) ? `<thead><tr>${names.join('')}</tr></thead>` : '';
        const row = (cells: readonly Tokens.TableCell[]) =>
          cells.map((each, at) => cell('td', inline(each), each, header[at]?.text)).join('');
        const body = rows.map((cells) => `<tr${rowAnchor(cells)}>${row(cells)}</tr>`).join('\n');
        return `<div class="scroll" tabindex="0" role="region" aria-label="Table ${tables}"><table${wide}>${head}<tbody>${body}</tbody></table></div>\n`;
      },
    },
  });
  return marked;
}

/** The text below each heading, for the search. */
function sectionsOf(markdown: string, headings: readonly Heading[]): Section[] {
  const sections: Section[] = [];
  let inCode = false;
  let at = -1;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) inCode = !inCode;
    else if (!inCode && /^#{1,6} /.test(line)) {
      at += 1;
      sections.push({ heading: headings[at]?.text ?? '', anchor: headings[at]?.anchor ?? '', text: '' });
    } else if (sections[at]) sections[at] = { ...(sections[at] as Section), text: `${sections[at]?.text} ${plain(line)}` };
  }
  return sections.map((section) => ({ ...section, text: section.text.replaceAll(/[|#*\s-]*\s+/g, ' ').trim() }));
}

export function renderMarkdown(markdown: string, resolve: Resolve): Rendered {
  const headings: Heading[] = [];
  const html = renderer(resolve, headings).parse(markdown, { async: false });
  const lead = plain(/^(?!#|```|\||-|\d+\.)\S[^\n]*(?:\n(?!\n)[^\n]+)*/m.exec(markdown)?.[0] ?? '').replaceAll('\n', ' ');
  return { title: headings[0]?.text ?? '', lead, html, headings, sections: sectionsOf(markdown, headings) };
}
