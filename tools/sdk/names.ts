/** Where each operation stands in the client libraries: `users.adjustBalance`. A rule from method and path, and the few names the rule would not find. */

/** What every path begins with says nothing. */
const BASE = /^\/api\/(operator\/)?/;

/** By operation: names of the published example, and names that say more than the path does. */
export const CHOSEN: Readonly<Record<string, string>> = {
  adjustBalance: 'users.adjustBalance',
  restrictOwnPlayer: 'users.restrict',
  changeOwnPlayerLimitTier: 'users.changeLimitTier',
  updateOperatorConfig: 'config.update',
  listOperatorConfigChanges: 'config.listChanges',
  revertOperatorConfigChange: 'config.revertChange',
  previewBranding: 'settings.previewBranding',
  uploadAsset: 'files.upload',
  removeBrandingPicture: 'files.removeFromBranding',
  addEmbedOrigin: 'embed.origins.add',
  removeEmbedOrigin: 'embed.origins.remove',
  rotateSigningKey: 'wallet.rotateSigningKey',
  rotateWebhookSecret: 'wallet.rotateWebhookSecret',
  replayOwnWalletCalls: 'wallet.calls.replayMany',
  createOwnSchedule: 'reports.scheduled.create',
  downloadOwnInvoice: 'invoices.download',
  downloadOwnCreditNote: 'invoices.downloadCreditNote',
  getCopilotCredits: 'copilot.getCredits',
  lintDraft: 'copilot.lint',
  listAgentDecisions: 'copilot.decisions.list',
  decideSuggestion: 'copilot.decisions.decide',
};

export const pascal = (words: string): string =>
  words
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
export const camel = (words: string): string => pascal(words).replace(/^[A-Z]/, (letter) => letter.toLowerCase());
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What an operation answers, as far as its name depends on it. */
export type Answering = 'item' | 'page' | 'file' | 'stream';
const OF_ONE: Readonly<Record<string, string>> = { GET: 'get', POST: 'create', PATCH: 'update', PUT: 'replace', DELETE: 'delete' };

/** Below one thing: `/users/{id}/suspend`. */
function verbBelow(method: string, tail: readonly string[], answers: Answering): string {
  const words = tail.join('-');
  if (method === 'POST') return camel(words);
  if (method === 'PATCH' || method === 'PUT') return `update${pascal(words)}`;
  if (method === 'DELETE') return `delete${pascal(words)}`;
  if (answers === 'file') return words === 'download' ? 'download' : `download${pascal(words)}`;
  return `${answers === 'page' ? 'list' : 'get'}${pascal(words)}`;
}

/** Of a path without parameters: `/wallet/calls`, `/exposure/snapshots`, `/wallet/ping`. */
function nameOfPlain(method: string, words: readonly string[], answers: Answering): string[] {
  const [first = '', ...rest] = words;
  const last = rest.at(-1);
  if (answers === 'stream') return [...words.slice(0, -1).map(camel), 'stream'];
  if (answers === 'page') return [...words.map(camel), 'list'];
  if (last === undefined) return [camel(first), method === 'PUT' ? 'update' : (OF_ONE[method] ?? method.toLowerCase())];
  if (method === 'POST') return [...words.slice(0, -1).map(camel), camel(last)];
  return [camel(first), `${OF_ONE[method]}${pascal(rest.join('-'))}`];
}

/** The resource it belongs to, from the outside in, and its method. */
export function nameOf(operation: string, method: string, path: string, answers: Answering): { resource: string[]; method: string } {
  const words = path.replace(BASE, '').split('/');
  const parameter = words.findIndex((word) => word.startsWith('{'));
  const head = words.slice(0, parameter).map(camel);
  const tail = words.slice(parameter + 1).filter((word) => !word.startsWith('{'));
  const found =
    CHOSEN[operation]?.split('.') ??
    (parameter < 0
      ? nameOfPlain(method, words, answers)
      : [...head, tail.length === 0 ? (OF_ONE[method] ?? '') : verbBelow(method, tail, answers)]);
  return { resource: found.slice(0, -1), method: found.at(-1) ?? '' };
}
