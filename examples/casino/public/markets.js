/** The list of markets, kept live by the stream. */
import { byId, day, h } from './page.js';
import { get } from './predictu.js';
import { openBuy } from './ticket.js';

const CATEGORIES = ['all', 'sports', 'crypto', 'politics', 'entertainment', 'economics', 'other'];
const PAGE = 30;

const prices = new Map();
let category = 'all';
let words = '';
let loads = 0;
let page = 1;

const percent = (price) => (price === null ? '–' : `${Math.round(price * 100)}%`);
const compact = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', notation: 'compact', maximumFractionDigits: 1 });

function row(market) {
  const button = (outcome, word, price) => {
    const figure = h('span', {}, percent(price));
    return [
      h(
        'button',
        { type: 'button', className: `outcome ${outcome}`, disabled: price === null, onclick: () => openBuy(market, outcome) },
        h('span', {}, word),
        figure,
      ),
      figure,
    ];
  };
  const [yes, yesFigure] = button('yes', 'Yes', market.yes_price);
  const [no, noFigure] = button('no', 'No', market.no_price);
  prices.set(market.id, { yes, no, yesFigure, noFigure });
  const end = market.end_date ? `ends ${day(market.end_date)}` : 'open end';
  return h(
    'article',
    { className: 'market' },
    h(
      'div',
      {},
      h('h3', {}, market.title),
      h(
        'p',
        { className: 'meta' },
        `${market.category[0].toUpperCase()}${market.category.slice(1)} · ${compact.format(market.global_volume_usd)} traded · ${end}`,
      ),
    ),
    h('div', { className: 'odds' }, yes, no),
  );
}

function set(figure, text) {
  if (figure.textContent === text) return;
  figure.textContent = text;
  figure.classList.remove('tick');
  requestAnimationFrame(() => figure.classList.add('tick'));
}

/** A price of the stream; markets not on the page are passed over. */
export function showPrice({ market_id, yes_price, no_price }) {
  const shown = prices.get(market_id);
  if (!shown) return;
  shown.yes.disabled = shown.no.disabled = yes_price === null;
  set(shown.yesFigure, percent(yes_price));
  set(shown.noFigure, percent(no_price));
}

export async function loadMarkets(more = false) {
  const number = ++loads;
  page = more ? page + 1 : 1;
  const query = new URLSearchParams({ status: 'active', sort: 'volume', limit: String(PAGE), page: String(page) });
  if (category !== 'all') query.set('category', category);
  if (words) query.set('search', words);
  const { data, pagination } = await get(`/casino/markets?${query}`);
  if (number !== loads) return;
  if (!more) {
    prices.clear();
    byId('markets').replaceChildren();
  }
  byId('markets').append(...data.map(row));
  if (data.length === 0)
    byId('markets').replaceChildren(h('p', { className: 'empty' }, 'No market fits. Search for fewer words or another category.'));
  byId('more').hidden = page >= pagination.total_pages;
}

/** Draws search and categories; `onTrouble` is told what goes wrong. */
export function openMarkets(onTrouble) {
  const load = (more) => loadMarkets(more).catch(onTrouble);
  const chips = CATEGORIES.map((name) =>
    h(
      'button',
      {
        type: 'button',
        className: 'chip',
        'aria-pressed': String(name === category),
        onclick: ({ currentTarget }) => {
          category = name;
          for (const chip of chips) chip.setAttribute('aria-pressed', String(chip === currentTarget));
          load(false);
        },
      },
      name,
    ),
  );
  byId('categories').replaceChildren(...chips);
  let typing;
  byId('search').oninput = ({ target }) => {
    words = target.value.trim();
    clearTimeout(typing);
    typing = setTimeout(() => load(false), 250);
  };
  byId('more').onclick = () => load(true);
}
