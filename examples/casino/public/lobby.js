/** The lobby: who plays, the frame with the prediction markets, and the cashier beside it. */
import { ask, byId, cents, day, h, signed, time } from './page.js';

const VIEWS = ['markets', 'cashier'];
const TOAST_MS = 5_000;
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
let bridge;

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
/** A purchase and its payment come close together; one look at the money per burst is enough. */
function refreshSoon() {
  clearTimeout(refreshing);
  refreshing = setTimeout(() => refreshMoney().catch(() => {}), 150);
}

/** The markets are the platform's own pages in a frame: it is told who plays, and tells what happened. */
function openPredictions() {
  if (!window.PredictuBridge) {
    trouble(new Error('The prediction markets cannot be reached'));
    return;
  }
  const { apiKey, operator } = document.documentElement.dataset;
  bridge = window.PredictuBridge.init({
    apiKey,
    operatorSlug: operator,
    token: () => ask('/launch-token').then(({ token }) => token),
    onTradeComplete: ({ status, side, quantity, outcome }) => {
      toast(`${TRADES[status] ?? status}: ${side === 'buy' ? 'bought' : 'sold'} ${quantity} ${outcome}`);
      refreshSoon();
    },
    onBalanceChange: refreshSoon,
    onDeposit: toCashier,
    onWithdraw: toCashier,
    onError: trouble,
  });
}

function toCashier(amount) {
  if (amount) byId('money').value = String(amount);
  location.hash = '#cashier';
}

function show() {
  const view = VIEWS.includes(location.hash.slice(1)) ? location.hash.slice(1) : 'markets';
  for (const section of document.querySelectorAll('[data-view]')) section.hidden = section.dataset.view !== view;
  for (const link of document.querySelectorAll('#tabs a, #top-nav a')) {
    if (link.hash === `#${view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.body.classList.toggle('framed', view === 'markets');
  if (view === 'cashier') refreshMoney().catch(trouble);
  scrollTo(0, 0);
}

function enter(player) {
  for (const id of ['floor', 'who', 'top-nav', 'tabs']) byId(id).hidden = false;
  byId('welcome').hidden = true;
  byId('trouble').hidden = true;
  showPlayer(player);
  show();
  openPredictions();
}

async function welcome() {
  for (const id of ['floor', 'who', 'top-nav', 'tabs']) byId(id).hidden = true;
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

// A fresh page: the frame of whoever leaves goes with it.
byId('leave').onclick = () => ask('/logout', 'POST', {}).then(() => location.reload());
addEventListener('hashchange', show);
byId('cashier-form').onsubmit = async (event) => {
  event.preventDefault();
  const problem = byId('money-problem');
  problem.textContent = '';
  try {
    const { player } = await ask('/cashier', 'POST', { kind: event.submitter?.value ?? 'deposit', amount_usd: byId('money').value });
    showPlayer(player);
    byId('money').value = '';
    bridge?.refresh();
    await refreshMoney();
  } catch (error) {
    problem.textContent = error.message;
  }
};
ask('/me').then(({ player }) => (player ? enter(player) : welcome()));
