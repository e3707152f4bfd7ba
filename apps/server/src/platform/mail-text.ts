/** What a message says, and how it looks as text and as HTML. Pure: the same words give the same bytes. */

/** A part of a message, in the order it is read. Links are absolute, or paths of this installation. */
export type MailPart =
  | { kind: 'text'; text: string }
  /** Labels beside values. */
  | { kind: 'facts'; facts: readonly (readonly [label: string, value: string])[] }
  /** A thing to do, as a button. */
  | { kind: 'link'; label: string; href: string }
  /** Something to copy, letter by letter. */
  | { kind: 'code'; text: string }
  | { kind: 'note'; text: string };
export type MailText = { subject: string; heading: string; parts: readonly MailPart[] };

/** Whose name and colour a message wears. */
export type MailBrand = { name: string; colour: string; logoUrl: string | null; footer: string; replyTo: string | null };

export const PLATFORM_BRAND: MailBrand = {
  name: 'Predictu',
  colour: '#14181f',
  logoUrl: null,
  footer: 'Predictu. You receive this because your address is on file with this installation.',
  replyTo: null,
};

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not reach a mail is exactly these.
const withoutControls = (text: string): string => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029]/g, ' ');
/** A header line, and nothing but one. */
export const oneLine = (text: string): string => withoutControls(text).replace(/\s+/g, ' ').trim();
const lines = (text: string): string => escapeHtml(withoutControls(text)).replaceAll('\n', '<br>');

/** Only addresses that a person may follow; anything else is a defect of the template's caller. */
function absolute(href: string, publicUrl: string): string {
  const url = new URL(href, publicUrl);
  if (!['http:', 'https:'].includes(url.protocol)) throw new Error(`A mail may not link to ${url.protocol}`);
  return url.href;
}

const channel = (hex: string): number => {
  const value = Number.parseInt(hex, 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};
/** Black or white, whichever is easier to read on this colour. */
export function inkOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\da-f]{2}/gi) ?? []).map(channel);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
}
const HEX = /^#[\da-f]{6}$/i;

function partAsText(part: MailPart, publicUrl: string): string {
  switch (part.kind) {
    case 'text':
    case 'note':
      return withoutControls(part.text);
    case 'code':
      return `    ${oneLine(part.text)}`;
    case 'facts':
      return part.facts.map(([label, value]) => `${oneLine(label)}: ${oneLine(value)}`).join('\n');
    case 'link':
      return `${oneLine(part.label)}:\n${absolute(part.href, publicUrl)}`;
  }
}

const PARAGRAPH = 'margin:0 0 16px;font-size:16px;line-height:24px';
const SOFT = 'color:#5b6472';

function partAsHtml(part: MailPart, colour: string, publicUrl: string): string {
  switch (part.kind) {
    case 'text':
      return `<p style="${PARAGRAPH}">${lines(part.text)}</p>`;
    case 'note':
      return `<p style="margin:0 0 16px;font-size:14px;line-height:20px;${SOFT}">${lines(part.text)}</p>`;
    case 'code':
      return `<p style="${PARAGRAPH}"><code style="display:inline-block;padding:8px 12px;background:#f1f3f5;border-radius:6px;font-size:15px;word-break:break-all">${escapeHtml(oneLine(part.text))}</code></p>`;
    case 'facts': {
      const rows = part.facts.map(
        ([label, value]) =>
          `<tr><th scope="row" align="left" valign="top" style="padding:4px 16px 4px 0;font-weight:400;${SOFT}">${escapeHtml(oneLine(label))}</th><td valign="top" style="padding:4px 0;word-break:break-word">${escapeHtml(oneLine(value))}</td></tr>`,
      );
      return `<table cellspacing="0" cellpadding="0" style="margin:0 0 16px;font-size:15px;line-height:22px">${rows.join('')}</table>`;
    }
    case 'link': {
      const href = escapeHtml(absolute(part.href, publicUrl));
      return `<p style="margin:8px 0 24px"><a href="${href}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:${colour};color:${inkOn(colour)};font-size:16px;font-weight:600;text-decoration:none">${escapeHtml(oneLine(part.label))}</a></p>`;
    }
  }
}

function headOf(brand: MailBrand, publicUrl: string): string {
  const name = escapeHtml(oneLine(brand.name));
  if (!brand.logoUrl) return name;
  return `<img src="${escapeHtml(absolute(brand.logoUrl, publicUrl))}" alt="${name}" height="32" style="height:32px;max-width:240px;border:0">`;
}

/** `unsubscribe` is where whoever got it ends the series. @throws when a link is none that a mail may carry. */
export function renderMail(
  text: MailText,
  brand: MailBrand,
  publicUrl: string,
  unsubscribe: string | null = null,
): { subject: string; text: string; html: string } {
  const colour = HEX.test(brand.colour) ? brand.colour : '#14181f';
  const subject = oneLine(text.subject);
  const leave = unsubscribe === null ? null : absolute(unsubscribe, publicUrl);
  const foot = `-- \n${oneLine(brand.footer)}${leave === null ? '' : `\nUnsubscribe: ${leave}`}`;
  const plain = [oneLine(text.heading), ...text.parts.map((part) => partAsText(part, publicUrl)), foot];
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f1f3f5;color:#14181f;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0"><tr><td align="center">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="max-width:600px;background:#ffffff;border-radius:12px;border-top:4px solid ${colour}">
<tr><td style="padding:24px 32px 0;font-size:18px;font-weight:700">${headOf(brand, publicUrl)}</td></tr>
<tr><td style="padding:24px 32px 8px"><h1 style="margin:0 0 16px;font-size:22px;line-height:28px">${escapeHtml(oneLine(text.heading))}</h1>
${text.parts.map((part) => partAsHtml(part, colour, publicUrl)).join('\n')}
</td></tr></table>
<p style="max-width:536px;margin:16px auto 0;font-size:13px;line-height:18px;${SOFT}">${escapeHtml(oneLine(brand.footer))}${leave === null ? '' : `<br><a href="${escapeHtml(leave)}" style="${SOFT}">Unsubscribe</a>`}</p>
</td></tr></table></body></html>
`;
  return { subject, text: `${plain.join('\n\n')}\n`, html };
}
