/** What the palette finds: players, operators, markets, trades; an id goes straight to its page. */
import type { Found } from '@predictu/ui/shell/places.ts';
import { client } from './session.ts';

const BY_PREFIX: readonly (readonly [prefix: string, kind: string, path: (id: string) => Pick<Found, 'to' | 'search'>])[] = [
  ['usr_', 'Player', (id) => ({ to: `/users/${id}` })],
  ['mkt_', 'Market', (id) => ({ to: `/markets/${id}` })],
  ['op_', 'Operator', (id) => ({ to: `/operators/${id}` })],
  ['inv_', 'Invoice', (id) => ({ to: `/invoices/${id}` })],
  ['txn_', 'Callback', (id) => ({ to: '/callbacks', search: { open: id } })],
  ['mail_', 'E-mail', (id) => ({ to: '/mails', search: { open: id } })],
  ['stl_', 'Settlement', (id) => ({ to: '/settlements', search: { open: id } })],
  ['app_', 'Application', (id) => ({ to: '/applications', search: { open: id } })],
  ['operator:', 'Operator', (id) => ({ to: `/operators/${id.slice('operator:'.length)}` })],
];

const exactly = (text: string) =>
  BY_PREFIX.find(([prefix]) => text.startsWith(prefix) && text.length > prefix.length + (prefix.endsWith('_') ? 4 : 0));

/** Where what has this id stands; nothing for what has no page. */
export const placeOfId = (id: string): Pick<Found, 'to' | 'search'> | undefined => exactly(id)?.[2](id);

export async function find(text: string): Promise<Found[]> {
  const exact = exactly(text);
  if (exact) return [{ kind: exact[1], label: text, ...exact[2](text) }];
  const query = { search: text, limit: 5 };
  const [users, markets, operators] = await Promise.all([
    client.call('listPlayers', { query }),
    client.call('listMarkets', { query }),
    client.call('listOperators', { query: { search: text } }),
  ]);
  return [
    ...users.data.map(({ id, username, external_id, operator_name }) => ({
      kind: 'Players',
      label: username ?? external_id,
      detail: operator_name,
      to: `/users/${id}`,
    })),
    ...operators.data
      .slice(0, query.limit)
      .map(({ slug, name, status }) => ({ kind: 'Operators', label: name, detail: status, to: `/operators/${slug}` })),
    ...markets.data.map(({ id, title, category }) => ({ kind: 'Markets', label: title, detail: category, to: `/markets/${id}` })),
  ];
}
