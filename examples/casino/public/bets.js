/** What the player holds, and their latest trades with the state of each. */
import { byId, day, h, money, time } from './page.js';
import { get } from './predictu.js';
import { openSale } from './ticket.js';

const word = (outcome) => (outcome === 'yes' ? 'Yes' : 'No');
const STATES = { pending: '◐ waiting for the wallet', filled: '● done', settled: '● settled', cancelled: '■ cancelled, nothing taken' };

function positionRow(position) {
  const { market_title, outcome, quantity, market_value_usd, unrealized_pnl_usd, avg_price } = position;
  const gain = unrealized_pnl_usd === null ? '' : `${unrealized_pnl_usd > 0 ? '+' : ''}${money(unrealized_pnl_usd)}`;
  return h(
    'li',
    {},
    h(
      'div',
      {},
      h('div', {}, market_title),
      h(
        'div',
        { className: 'small muted' },
        h('span', { className: `tag ${outcome}` }, word(outcome)),
        ` · ${quantity} shares at ${avg_price === null ? '–' : `${(avg_price * 100).toFixed(1)}¢`}`,
      ),
    ),
    h(
      'div',
      { className: 'right row' },
      h('div', {}, h('div', {}, market_value_usd === null ? '–' : money(market_value_usd)), h('div', { className: 'small muted' }, gain)),
      h('button', { type: 'button', className: 'button plain', onclick: () => openSale(position) }, 'Sell'),
    ),
  );
}

function tradeRow({ market_title, outcome, side, status, quantity, cost_usd, fee_usd, created_at }) {
  const moved = side === 'buy' ? -(cost_usd + fee_usd) : cost_usd - fee_usd;
  return h(
    'li',
    {},
    h(
      'div',
      {},
      h('div', {}, market_title),
      h(
        'div',
        { className: 'small muted' },
        `${side === 'buy' ? 'Bought' : 'Sold'} ${quantity} `,
        h('span', { className: `tag ${outcome}` }, word(outcome)),
        ` · ${STATES[status] ?? status}`,
      ),
    ),
    h(
      'div',
      { className: 'right' },
      h('div', {}, status === 'cancelled' ? money(0) : money(moved)),
      h('div', { className: 'small muted' }, `${day(created_at)}, ${time(created_at)}`),
    ),
  );
}

/** Reads both lists again. */
export async function loadBets() {
  const [positions, trades] = await Promise.all([get('/casino/positions?status=open&limit=100'), get('/casino/trades?limit=20')]);
  const fill = (id, rows, empty) => byId(id).replaceChildren(...(rows.length > 0 ? rows : [h('li', { className: 'empty' }, empty)]));
  fill('positions', positions.data.map(positionRow), 'Nothing held. Buy Yes or No of a market and it stands here.');
  fill('trades', trades.data.map(tradeRow), 'No trades yet.');
}
