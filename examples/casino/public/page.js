/** Small things every page needs: elements, money, asking our own server. */

export const byId = (id) => document.getElementById(id);

/** An element with its properties and children; text is always text, never markup. */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key in element && key !== 'list') element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const minus = (text) => text.replace('-', '−');
// Adding 0 turns the number −0 into 0.
export const cents = (amount) => minus(dollars.format(amount / 100 + 0));
export const signed = (amount) => (amount > 0 ? `+${cents(amount)}` : cents(amount));
export const time = (iso) => iso.slice(11, 19);
export const day = (iso) => new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** JSON from our own server; a refusal is thrown with the words to show. */
export async function ask(path, method = 'GET', body = undefined) {
  const init = { method, headers: { accept: 'application/json' } };
  if (body !== undefined) {
    init.headers['content-type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  const answer = await fetch(path, init);
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(data.message ?? `Answer ${answer.status}`), { status: answer.status });
  return data;
}
