/** The ticket: an outcome, an amount, a price held for a few seconds, one button with the full amount. */
import { byId, h, money } from './page.js';
import { get, quote, trade } from './predictu.js';

const QUICK = [5, 10, 25, 50];
const TYPING_MS = 250;

/** @type {{order: object, market: object, held: number, quote?: object, key?: string, busy: boolean, problem?: string, seconds: number, typed: string} | undefined} */
let open;
let asked = 0;
let typing;
let clock;
let onPlaced = () => {};

export const whenPlaced = (listener) => {
  onPlaced = listener;
};

export function closeTicket() {
  open = undefined;
  asked += 1;
  clearInterval(clock);
  draw();
}

/** Opens a buy of one outcome of a market. */
export function openBuy(market, outcome) {
  open = { market, side: 'buy', outcome, typed: open?.side === 'buy' ? open.typed : '5', busy: false, seconds: 0 };
  askPrice();
}

/** Opens the sale of a position, all of it unless changed. */
export function openSale(position) {
  const market = { id: position.market_id, title: position.market_title };
  open = {
    market,
    side: 'sell',
    outcome: position.outcome,
    held: position.quantity,
    typed: String(position.quantity),
    busy: false,
    seconds: 0,
  };
  askPrice();
}

const orderOf = ({ market, outcome, side, typed }) => ({
  market_id: market.id,
  outcome,
  side,
  ...(side === 'buy' ? { amount_usd: Number(typed) } : { quantity: Number(typed) }),
});
const isNumber = (text) => /^\d+(\.\d{1,2})?$/.test(text) && Number(text) > 0;

async function askPrice() {
  const ticket = open;
  const number = ++asked;
  clearInterval(clock);
  Object.assign(ticket, { quote: undefined, problem: undefined, seconds: 0 });
  draw();
  if (!isNumber(ticket.typed)) return;
  try {
    const answer = await quote(orderOf(ticket));
    if (number !== asked) return;
    const until = performance.now() + Math.max(1_000, Date.parse(answer.expires_at) - Date.now());
    Object.assign(ticket, { quote: answer, key: crypto.randomUUID(), seconds: 1 });
    clock = setInterval(() => tick(ticket, until), 250);
    draw();
    tick(ticket, until);
  } catch (error) {
    if (number !== asked) return;
    ticket.problem = error.message;
    draw();
  }
}

function tick(ticket, until) {
  const seconds = Math.ceil((until - performance.now()) / 1_000);
  if (seconds === ticket.seconds || ticket.busy) return;
  ticket.seconds = Math.max(0, seconds);
  if (ticket.seconds === 0) {
    clearInterval(clock);
    draw();
  } else byId('held').textContent = heldText(ticket);
}

async function place() {
  const ticket = open;
  if (!ticket.quote || ticket.seconds === 0) return askPrice();
  ticket.busy = true;
  draw();
  try {
    const { data } = await trade({ ...orderOf(ticket), quote: ticket.quote.quote }, ticket.key);
    if (open === ticket) closeTicket();
    return onPlaced(data, ticket.market);
  } catch (error) {
    Object.assign(ticket, { busy: false, quote: undefined, seconds: 0, problem: error.message });
    if (open === ticket) draw();
    return undefined;
  }
}

const heldText = ({ seconds }) => `Price held for ${seconds} s. You never ${open.side === 'buy' ? 'pay more' : 'get less'} than this.`;
const word = (outcome) => (outcome === 'yes' ? 'Yes' : 'No');

function sum({ quote: held, side, outcome }) {
  const line = (name, value, className = '') => h('div', { className }, h('span', {}, name), h('span', {}, value));
  const price = `${(held.price * 100).toFixed(1)}¢`;
  return [
    line(`${held.quantity} shares at ${price}`, money(held.cost_usd)),
    line('Fee', money(held.fee_usd)),
    line(side === 'buy' ? 'You pay' : 'You get', money(held.total_usd), 'strong'),
    side === 'buy' ? line(`You get if ${word(outcome)}`, money(held.quantity), 'strong') : null,
  ];
}

function label({ quote: held, side, outcome, seconds, busy, typed }) {
  if (busy) return 'One moment…';
  if (!isNumber(typed)) return side === 'buy' ? 'Choose an amount' : 'Choose how many shares';
  if (!held || seconds === 0) return 'Get new price';
  return side === 'buy' ? `Buy ${word(outcome)} for ${money(held.total_usd)}` : `Sell ${word(outcome)} for ${money(held.total_usd)}`;
}

function amountField(ticket) {
  const change = (text) => {
    ticket.typed = text;
    clearTimeout(typing);
    typing = setTimeout(() => open === ticket && askPrice(), TYPING_MS);
  };
  const input = h('input', {
    className: 'amount',
    id: 'stake',
    value: ticket.typed,
    inputMode: 'decimal',
    autocomplete: 'off',
    disabled: ticket.busy,
  });
  input.addEventListener('input', () => change(input.value.trim()));
  const choices =
    ticket.side === 'buy'
      ? QUICK.map((amount) => [`$${amount}`, String(amount)])
      : [
          ['Half', String(Math.floor(ticket.held * 50) / 100)],
          ['All', String(ticket.held)],
        ];
  const quick = choices.map(([text, value]) =>
    h(
      'button',
      {
        type: 'button',
        disabled: ticket.busy,
        'aria-pressed': String(value === ticket.typed),
        onclick: () => {
          ticket.typed = value;
          askPrice();
        },
      },
      text,
    ),
  );
  return [
    h('div', {}, h('label', { htmlFor: 'stake' }, ticket.side === 'buy' ? 'Amount in dollars' : `Shares, of ${ticket.held}`), input),
    h('div', { className: 'quick' }, quick),
  ];
}

function outcomes(ticket) {
  const button = (outcome) => {
    const price = ticket.prices?.[`${outcome}_ask`];
    return h(
      'button',
      {
        type: 'button',
        className: `outcome ${outcome}`,
        'aria-pressed': String(ticket.outcome === outcome),
        disabled: ticket.busy,
        onclick: () => {
          ticket.outcome = outcome;
          askPrice();
        },
      },
      h('span', {}, word(outcome)),
      h('span', {}, price === undefined ? '' : `${Math.round(price * 100)}¢`),
    );
  };
  return h('div', { className: 'odds', style: 'margin-top:16px' }, button('yes'), button('no'));
}

function draw() {
  const panel = byId('ticket');
  const typingNow = document.activeElement?.id === 'stake';
  panel.hidden = !open;
  byId('scrim').hidden = !open;
  if (!open) {
    panel.replaceChildren(
      h('h2', {}, 'Ticket'),
      h(
        'p',
        { className: 'muted', style: 'margin-top:8px' },
        'Choose Yes or No of a market. You see the price, the fee and what it pays before anything is taken.',
      ),
    );
    return;
  }
  const ticket = open;
  if (ticket.side === 'buy' && !ticket.prices) loadPrices(ticket);
  const close = h('button', { type: 'button', className: 'quiet close', 'aria-label': 'Close the ticket', onclick: closeTicket }, '×');
  panel.replaceChildren(
    h(
      'div',
      { className: 'row spread', style: 'align-items:flex-start' },
      h('h2', {}, ticket.side === 'sell' ? `Sell ${word(ticket.outcome)}: ${ticket.market.title}` : ticket.market.title),
      close,
    ),
    h(
      'div',
      { className: 'stack' },
      ticket.side === 'buy' ? outcomes(ticket) : null,
      ...amountField(ticket),
      ticket.quote ? h('div', { className: 'sum' }, sum(ticket)) : null,
      ticket.problem ? h('p', { className: 'note bad', role: 'alert' }, ticket.problem) : null,
      ticket.quote
        ? h('p', { className: 'muted small', id: 'held' }, ticket.seconds > 0 ? heldText(ticket) : 'This price has run out.')
        : null,
      h(
        'button',
        { type: 'button', className: 'button wide', disabled: ticket.busy || !isNumber(ticket.typed), onclick: place },
        label(ticket),
      ),
    ),
  );
  if (typingNow) {
    const input = byId('stake');
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  }
}

async function loadPrices(ticket) {
  ticket.prices = {};
  const { data } = await get(`/casino/markets/${ticket.market.id}`).catch(() => ({ data: {} }));
  ticket.prices = data.prices ?? {};
  if (open === ticket) draw();
}
