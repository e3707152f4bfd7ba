/** The work of sanitise-html.ts: what stays of a piece of HTML. */
import { parentPort } from 'node:worker_threads';
import createPurifier from 'dompurify';
import { JSDOM } from 'jsdom';

const ALLOWED_TAGS = [
  'a',
  'b',
  'br',
  'div',
  'em',
  'h3',
  'h4',
  'hr',
  'i',
  'li',
  'ol',
  'p',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'u',
  'ul',
];
const ALLOWED_ATTR = ['href', 'title', 'lang', 'dir'];

const purifier = createPurifier(new JSDOM('').window);
// Links leave the frame they stand in and tell nobody where from.
purifier.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return;
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer nofollow');
});
const OPTIONS = {
  ALLOWED_TAGS,
  ALLOWED_ATTR,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:)/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};
parentPort?.on('message', (html: string) => parentPort?.postMessage(purifier.sanitize(html, OPTIONS)));
