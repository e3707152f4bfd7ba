/** The lobby: who plays, which section is open, the cashier, and the live stream behind it all. */
import { loadBets } from './bets.js';
import { loadMarkets, openMarkets, showPrice } from './markets.js';
import { ask, byId, cents, day, h, signed, time } from './page.js';
import { follow, forget } from './predictu.js';
import { closeTicket, whenPlaced } from './ticket.js';

const VIEWS = ['markets', 'bets', 'cashier'];
const TOAST_MS = 5_000;
const RETRY_MS = 5_000;
const KINDS = {
  deposit: 'Deposit',
  withdrawal: 'Withdrawal',
  BET_MAKE: 'Bet',
  BET_SELL: 'Bet sold',
  BET_WIN: 'Win',
  BET_LOSE: 'Bet lost',
  BET_REFUND: 'Refund',
  BET_ROLLBACK: 'Bet undone',
};
const TRADES = { filled: 'Done', pending: 'Waiting for the wallet', cancelled: 'Cancelled, nothing was taken', settled: 'Settled' };
let stream;

function toast(text) {
  const box = h('div', { className: 'toast' }, text);
  byId('toasts').append(box);
  setTimeout(() => box.remove(), TOAST_MS);
}

function trouble(error) {
  byId('trouble').textContent = error.message;
  byId('trouble').hidden = false;
}

function showPlayer({ name, balance, blocked, bet_limit }) {
  byId('purse').textContent = cents(balance);
  byId('balance').textContent = cents(balance);
  byId('holder').textContent = name;
  byId('standing').textContent = blocked
    ? 'This account is blocked: no new bets.'
    : bet_limit === null
      ? ''
      : `At most ${cents(bet_limit)} a bet.`;
}

const statementRow = ({ kind, amount, balance, status, at }) =>
  h(
    'li',
    {},
    h(
      'div',
      {},
      h('div', {}, KINDS[kind] ?? kind),
      h(
        'div',
        { className: 'small muted' },
        `${day(at)}, ${time(at)}${status === 'OK' ? '' : ` · refused: ${status.toLowerCase().replaceAll('_', ' ')}`}`,
      ),
    ),
    h('div', { className: 'right' }, h('div', {}, signed(amount)), h('div', { className: 'small muted' }, cents(balance))),
  );

async function refreshMoney() {
  const [{ player }, { rows }] = await Promise.all([ask('/me'), ask('/me/statement')]);
  showPlayer(player);
  byId('statement').replaceChildren(
    ...(rows.length > 0 ? rows.map(statementRow) : [h('li', { className: 'empty' }, 'No money has moved yet.')]),
  );
}

let refreshing;
/** Own trades come in bursts; one look at the lists per burst is enough. */
function refreshSoon() {
  clearTimeout(refreshing);
  refreshing = setTimeout(() => Promise.all([refreshMoney(), loadBets()]).catch(() => {}), 150);
}

function onEvent(event, data) {
  if (event === 'price') return showPrice(data);
  // After a reconnect older trades come again; only news is announced.
  if (event === 'trade' && Date.now() - Date.parse(data.created_at) < 60_000)
    toast(`${TRADES[data.status] ?? data.status}: ${data.market_title}`);
  return refreshSoon();
}

function show() {
  const view = VIEWS.includes(location.hash.slice(1)) ? location.hash.slice(1) : 'markets';
  for (const section of document.querySelectorAll('[data-view]')) section.hidden = section.dataset.view !== view;
  for (const link of document.querySelectorAll('#tabs a, #top-nav a')) {
    if (link.hash === `#${view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  byId('floor').classList.toggle('alone', view === 'cashier');
  scrollTo(0, 0);
}

function enter(player) {
  for (const id of ['floor', 'who', 'top-nav', 'tabs']) byId(id).hidden = false;
  byId('welcome').hidden = true;
  byId('trouble').hidden = true;
  showPlayer(player);
  closeTicket();
  show();
  openMarkets(trouble);
  refreshMoney().catch(trouble);
  stream = new AbortController();
  connect(stream.signal);
}

/** The markets, then their stream. While the platform is away the cashier works on, and it is asked again. */
async function connect(signal) {
  while (!signal.aborted) {
    try {
      await Promise.all([loadMarkets(), loadBets()]);
      byId('trouble').hidden = true;
      return follow(onEvent, signal);
    } catch (error) {
      trouble(error);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
  return undefined;
}

async function welcome() {
  stream?.abort();
  forget();
  for (const id of ['floor', 'who', 'top-nav', 'tabs', 'scrim']) byId(id).hidden = true;
  byId('welcome').hidden = false;
  const guests = await ask('/guests');
  byId('guests').replaceChildren(
    ...guests.map(({ id, name, balance, blocked, bet_limit }) =>
      h(
        'button',
        { type: 'button', onclick: async () => enter(await ask('/login', 'POST', { player_id: id })) },
        h(
          'span',
          {},
          h('b', {}, name),
          h(
            'span',
            { className: 'small muted', style: 'display:block' },
            blocked ? 'Blocked: bets are refused' : bet_limit === null ? 'Plays without a limit' : `At most ${cents(bet_limit)} a bet`,
          ),
        ),
        h('span', {}, cents(balance)),
      ),
    ),
  );
}

byId('leave').onclick = () => ask('/logout', 'POST', {}).then(welcome);
byId('scrim').onclick = closeTicket;
addEventListener('keydown', ({ key }) => key === 'Escape' && closeTicket());
addEventListener('hashchange', show);
whenPlaced(({ status }, market) => {
  if (status === 'pending') toast(`${TRADES.pending}: ${market.title}`);
  refreshSoon();
});
byId('cashier-form').onsubmit = async (event) => {
  event.preventDefault();
  const problem = byId('money-problem');
  problem.textContent = '';
  try {
    const { player } = await ask('/cashier', 'POST', { kind: event.submitter?.value ?? 'deposit', amount_usd: byId('money').value });
    showPlayer(player);
    byId('money').value = '';
    await refreshMoney();
  } catch (error) {
    problem.textContent = error.message;
  }
};
ask('/me').then(({ player }) => (player ? enter(player) : welcome()));
