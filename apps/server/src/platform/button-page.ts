/** A page with one button: what merely opening a link must not do, because mail scanners open links, a person does by pressing. Works without scripts. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { escapeHtml, inkOn, type MailBrand } from './mail-text.ts';

export type ButtonPage = {
  /** Who speaks. */
  brand: Pick<MailBrand, 'name' | 'colour' | 'logoUrl'>;
  heading: string;
  text: string;
  /** Without one there is nothing left to do. */
  button?: { label: string; method: 'get' | 'post'; action: string; fields: readonly (readonly [name: string, value: string])[] };
};

const STYLE = `:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:#f1f3f5;color:#14181f;font:16px/24px -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif}
main{width:100%;max-width:440px;padding:32px;border-radius:12px;background:#fff;border-top:4px solid var(--brand);overflow-wrap:anywhere}
.name{margin:0 0 24px;font-weight:700}
.name img{display:block;max-width:100%;max-height:32px}
h1{margin:0 0 12px;font-size:22px;line-height:28px}
p{margin:0 0 24px}
button{width:100%;min-height:48px;padding:12px 20px;border:0;border-radius:8px;background:var(--brand);color:var(--ink);font:inherit;font-weight:600;cursor:pointer}
button:focus-visible{outline:3px solid currentcolor;outline-offset:3px}
@media (prefers-color-scheme:dark){body{background:#0f1216;color:#eceff3}main{background:#191e25}button{border:1px solid #3a4350}}`;

const HEX = /^#[\da-f]{6}$/i;
const hidden = ([name, value]: readonly [string, string]): string =>
  `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;

const formOf = ({ label, method, action, fields }: NonNullable<ButtonPage['button']>): string =>
  `<form method="${method}" action="${escapeHtml(action)}">${fields.map(hidden).join('')}<button>${escapeHtml(label)}</button></form>`;

/** Uploaded here, or fetched from where the operator keeps it. */
const LOGO = /^(?:https:\/\/|\/(?!\/))/;

function renderButtonPage({ brand, heading, text, button }: ButtonPage): string {
  const colour = HEX.test(brand.colour) ? brand.colour : '#14181f';
  const name = escapeHtml(brand.name);
  const logo = brand.logoUrl !== null && LOGO.test(brand.logoUrl) ? `<img src="${escapeHtml(brand.logoUrl)}" alt="${name}">` : name;
  const own = `:root{--brand:${colour};--ink:${inkOn(colour)}}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(heading)}</title><style>${own}${STYLE}</style></head>
<body><main><p class="name">${logo}</p><h1>${escapeHtml(heading)}</h1><p>${escapeHtml(text)}</p>${button ? formOf(button) : ''}</main></body></html>
`;
}

const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src 'self' https:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A page, or where to go in its place. */
export type ButtonAnswer = { status: 200 | 404; page: ButtonPage } | { location: string };
type Query = Record<string, unknown>;
export type ButtonRoute = {
  path: string;
  open(query: Query): Promise<ButtonAnswer>;
  /** Of a page whose button posts to itself. */
  press?(query: Query): Promise<ButtonAnswer>;
};

/** Its address may hold what only the recipient of a mail knows: no cache keeps it, no other site hears of it. */
function send(reply: FastifyReply, answer: ButtonAnswer): FastifyReply {
  if ('location' in answer) return reply.redirect(answer.location, 303);
  return reply
    .code(answer.status)
    .header('content-security-policy', POLICY)
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(renderButtonPage(answer.page));
}

const MOST_BODY_BYTES = 10_000;

export function serveButtonPages(app: FastifyInstance, routes: readonly ButtonRoute[]): void {
  app.register(async (scope) => {
    // A press is enough: what mail programs write into the form says nothing more.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BODY_BYTES }, (_request, _body, done) => done(null, undefined));
    for (const { path, open, press } of routes) {
      scope.get(path, async (request, reply) => send(reply, await open(request.query as Query)));
      if (press) scope.post(path, async (request, reply) => send(reply, await press(request.query as Query)));
    }
  });
}
