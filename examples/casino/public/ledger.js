/** The books: totals of every player and the latest rows. */
import { ask, byId, cents, h, time } from './page.js';

const LATEST = 500;
const KINDS = ['deposit', 'withdrawal', 'BET_MAKE', 'BET_SELL', 'BET_WIN', 'BET_REFUND', 'BET_ROLLBACK'];
const NAMES = {
  deposit: 'Deposits',
  withdrawal: 'Withdrawals',
  BET_MAKE: 'Bets',
  BET_SELL: 'Sold',
  BET_WIN: 'Wins',
  BET_REFUND: 'Refunds',
  BET_ROLLBACK: 'Undone',
};

const figure = (amount) => h('td', { className: 'figure' }, amount === undefined ? '–' : cents(amount));
const stat = (name, value) => h('div', {}, h('span', { className: 'muted small' }, name), h('b', {}, value));

const { row_count } = await ask('/ledger?limit=0');
const books = await ask(`/ledger?after=${Math.max(0, row_count - LATEST)}`);
byId('stats').replaceChildren(
  stat('All balances', cents(books.balance)),
  stat('Rows', String(books.row_count)),
  stat(
    'Bets less what went back',
    cents(-['BET_MAKE', 'BET_SELL', 'BET_WIN', 'BET_REFUND', 'BET_ROLLBACK'].reduce((sum, kind) => sum + (books.totals[kind] ?? 0), 0)),
  ),
  stat('Every balance is the sum of its rows', books.consistent ? '● Yes' : '■ No'),
);
byId('player-head').replaceChildren(
  h(
    'tr',
    {},
    h('th', { scope: 'col' }, 'Player'),
    ['Balance', ...KINDS.map((kind) => NAMES[kind])].map((name) => h('th', { scope: 'col', className: 'figure' }, name)),
  ),
);
byId('totals').replaceChildren(
  ...books.players.map((player) =>
    h(
      'tr',
      {},
      h('td', {}, player.name, ' ', h('span', { className: 'mono muted' }, player.player_id)),
      figure(player.balance),
      KINDS.map((kind) => figure(player[kind])),
    ),
  ),
  h(
    'tr',
    {},
    h('td', {}, h('b', {}, 'Together')),
    figure(books.balance),
    KINDS.map((kind) => figure(books.totals[kind])),
  ),
);
byId('shown').textContent =
  books.rows.length < books.row_count ? `the latest ${books.rows.length} of ${books.row_count}` : String(books.row_count);
byId('rows').replaceChildren(
  ...books.rows
    .reverse()
    .map(({ seq, at, kind, player_id, amount, balance, status, note, transaction_id, reference_id }) =>
      h(
        'tr',
        {},
        h('td', { className: 'figure' }, String(seq)),
        h('td', {}, `${at.slice(0, 10)} ${time(at)}`),
        h('td', {}, kind),
        h('td', {}, player_id),
        figure(amount),
        figure(balance),
        h('td', { className: 'wrap' }, note ? `${status}: ${note}` : status),
        h('td', { className: 'mono' }, transaction_id ?? '–'),
        h('td', { className: 'mono' }, reference_id ?? '–'),
      ),
    ),
);
