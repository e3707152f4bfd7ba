import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { type MailBrand, type MailText, renderMail } from './mail-text.ts';

const BRAND: MailBrand = { name: 'Lucky Spins', colour: '#00ff88', logoUrl: null, footer: 'Lucky Spins.', replyTo: null };
const URL_BASE = 'https://predictu.example';
const everything = (words: string): MailText => ({
  subject: words,
  heading: words,
  parts: [
    { kind: 'text', text: words },
    { kind: 'facts', facts: [[words, words]] },
    { kind: 'link', label: words, href: `/there?name=${encodeURIComponent(words)}` },
    { kind: 'code', text: words },
    { kind: 'note', text: words },
  ],
});
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</td></table></body><h1>ours',
  '<!-- ',
  '&lt;b&gt;',
  'a\r\nBcc: eve@example.com',
  '\u2028\u0000\u0085',
  ']]><![CDATA[',
  '{{7*7}} <%= 7*7 %>',
];
const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...HOSTILE), fc.string());
const parser = new new JSDOM().window.DOMParser();
/** Every element and attribute name, in order: the shape of a page without its words. */
const shapeOf = (html: string): string =>
  [...parser.parseFromString(html, 'text/html').querySelectorAll('*')]
    .map(({ tagName, attributes }) => `${tagName}[${[...attributes].map(({ name }) => name).join()}]`)
    .join(' ');

describe('a message in words', () => {
  test('reads the same as text and as HTML', async () => {
    const text: MailText = {
      subject: 'Invoice INV-000001: $12.50 due on 2026-07-01',
      heading: 'Your invoice INV-000001',
      parts: [
        { kind: 'text', text: 'Your invoice is attached.\nThank you.' },
        { kind: 'facts', facts: [['Amount', '$12.50']] },
        { kind: 'link', label: 'Open the invoice', href: '/operator/invoices/inv_1?a=1&b=2' },
        { kind: 'code', text: 'AB12' },
        { kind: 'note', text: 'Questions: reply to this message.' },
      ],
    };
    const rendered = renderMail(text, BRAND, URL_BASE);
    expect(rendered.text).toMatchInlineSnapshot(`
      "Your invoice INV-000001

      Your invoice is attached.
      Thank you.

      Amount: $12.50

      Open the invoice:
      https://predictu.example/operator/invoices/inv_1?a=1&b=2

          AB12

      Questions: reply to this message.

      -- 
      Lucky Spins.
      "
    `);
    await expect(rendered.html).toMatchFileSnapshot('./mail-text.snapshot.html');
  });

  test('no words change the shape of the page, leave a header line or bring a script', () => {
    const plain = shapeOf(renderMail(everything('plain'), BRAND, URL_BASE).html);
    fc.assert(
      fc.property(words, (said) => {
        const { subject, html } = renderMail(
          everything(said.replaceAll('\n', ' ')),
          { ...BRAND, name: said, footer: said, colour: said },
          URL_BASE,
        );
        expect(shapeOf(html)).toBe(plain);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left.
        expect(subject).not.toMatch(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/);
      }),
      { numRuns: 80 },
    );
  });

  test('every word that is said stands in both', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w<>&"'.,:-]{1,40}$/), (said) => {
        const { text, html } = renderMail(everything(said), BRAND, URL_BASE);
        expect(text.split(said).length).toBeGreaterThan(6);
        expect(parser.parseFromString(html, 'text/html').body.textContent?.split(said).length).toBeGreaterThan(6);
      }),
      { numRuns: 50 },
    );
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'vbscript:x'])('a link to %s is refused', (href) => {
    const text: MailText = { subject: 's', heading: 'h', parts: [{ kind: 'link', label: 'l', href }] };
    expect(() => renderMail(text, BRAND, URL_BASE)).toThrow('may not link to');
    expect(() => renderMail({ ...text, parts: [] }, { ...BRAND, logoUrl: href }, URL_BASE)).toThrow('may not link to');
  });

  test.each([
    ['#00ff88', '#000000'],
    ['#0a1a0a', '#ffffff'],
    ['#ff0066', '#000000'],
    ['#1d4ed8', '#ffffff'],
  ])('a button in %s has letters in %s', (colour, ink) => {
    expect(renderMail(everything('x'), { ...BRAND, colour }, URL_BASE).html).toContain(`background:${colour};color:${ink}`);
  });
});
