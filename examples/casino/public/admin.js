/** The back office: switch faults, watch callbacks, block and limit players. */
import { ask, byId, cents, h, time } from './page.js';

const EVERY_MS = 2_000;
let rules = [];
let faults = {};
let methods = [];

async function save() {
  byId('saved').textContent = '';
  try {
    await ask('/faults', 'PUT', { rules });
    byId('saved').textContent = rules.length === 0 ? 'Nothing goes wrong.' : 'In force.';
  } catch (error) {
    byId('saved').textContent = error.message;
  }
}

function select(id, value, options, onChange) {
  const element = h(
    'select',
    { className: 'field', id },
    options.map(([name, text]) => h('option', { value: name, selected: name === value }, text)),
  );
  element.onchange = () => onChange(element.value);
  return element;
}

function number(id, value, max, onChange) {
  const element = h('input', { className: 'field', id, type: 'number', min: 0, max, value });
  element.onchange = () => onChange(Number(element.value));
  return element;
}

function ruleRow(rule, index) {
  const field = (text, id, control) => h('div', {}, h('label', { htmlFor: id }, text), control);
  const id = (name) => `${name}-${index}`;
  const update = (key) => (value) => {
    rule[key] = value;
    if (key === 'fault') draw();
    return save();
  };
  const waits = rule.fault === 'slow';
  return h(
    'div',
    { className: 'fault' },
    h(
      'div',
      { className: 'what' },
      h('label', { htmlFor: id('fault') }, 'Fault'),
      select(
        id('fault'),
        rule.fault,
        Object.entries(faults).map(([name, { says }]) => [name, says]),
        update('fault'),
      ),
    ),
    field(
      'Method',
      id('method'),
      select(id('method'), rule.method, [['*', 'All'], ...methods.map((name) => [name, name])], update('method')),
    ),
    field(
      'Percent',
      id('probability'),
      number(id('probability'), rule.probability * 100, 100, (percent) => update('probability')(percent / 100)),
    ),
    waits ? field('Milliseconds', id('ms'), number(id('ms'), rule.ms ?? 2_000, 120_000, update('ms'))) : h('div', {}),
    h(
      'button',
      {
        type: 'button',
        className: 'button plain',
        onclick: () => {
          rules.splice(index, 1);
          draw();
          save();
        },
      },
      'Remove',
    ),
  );
}

function draw() {
  byId('rules').replaceChildren(
    ...(rules.length > 0
      ? rules.map(ruleRow)
      : [h('p', { className: 'empty' }, 'Nothing goes wrong: every callback is answered at once.')]),
  );
}

function callbackRow({ at, method, player_id, amount, status, message, fault, ms, request_id }) {
  const cell = (text, className) => h('td', { className }, text ?? '–');
  return h(
    'tr',
    {},
    cell(time(at)),
    cell(method),
    cell(player_id),
    cell(amount === null ? null : cents(amount), 'figure'),
    cell(message ? `${status}: ${message}` : status, 'wrap'),
    cell(fault),
    cell(ms.toFixed(1), 'figure'),
    h('td', { className: 'mono' }, request_id || '–'),
  );
}

function playerRow(player) {
  const change = async (next) => {
    Object.assign(player, next);
    await ask(`/players/${encodeURIComponent(player.id)}`, 'PUT', { blocked: player.blocked, bet_limit: player.bet_limit });
    await loadPlayers();
  };
  const limit = select(
    `limit-${player.id}`,
    String(player.bet_limit),
    [['null', 'No limit'], ...[500, 1_000, 5_000, 20_000].map((amount) => [String(amount), cents(amount)])],
    (value) => change({ bet_limit: JSON.parse(value) }),
  );
  limit.setAttribute('aria-label', `Most per bet of ${player.name}`);
  limit.style = 'min-height:36px;width:auto';
  return h(
    'tr',
    {},
    h('td', {}, player.name, ' ', h('span', { className: 'mono muted' }, player.id)),
    h('td', { className: 'figure' }, cents(player.balance)),
    h('td', {}, limit),
    h(
      'td',
      {},
      h(
        'button',
        { type: 'button', className: 'quiet', onclick: () => change({ blocked: !player.blocked }) },
        player.blocked ? '■ Blocked. Unblock' : '● Allowed. Block',
      ),
    ),
  );
}

async function loadPlayers() {
  const { players } = await ask('/players');
  byId('players').replaceChildren(...players.map(playerRow));
}

async function loadCallbacks() {
  const { total, callbacks } = await ask('/callbacks');
  byId('total').textContent = total === 0 ? '' : `${total} since the start`;
  byId('callbacks').replaceChildren(
    ...(callbacks.length > 0
      ? callbacks.slice(0, 50).map(callbackRow)
      : [h('tr', {}, h('td', { colSpan: 8, className: 'muted' }, 'None yet. The first trade of a player brings one.'))]),
  );
}

byId('add').onclick = () => {
  rules.push({ fault: 'timeout_after_commit', method: '*', probability: 0.2 });
  draw();
  save();
};
byId('clear').onclick = () => {
  rules = [];
  draw();
  save();
};
({ rules, faults, methods } = await ask('/faults'));
draw();
await Promise.all([loadCallbacks(), loadPlayers()]);
setInterval(() => document.hidden || loadCallbacks().catch(() => {}), EVERY_MS);
