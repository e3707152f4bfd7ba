/** The player API of the platform: a session from a launch token, requests, and the live stream. */
const BASE = '/predictu/api';
const TRIES = 6;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let token;

/** Our server signs a launch token, the platform makes a session of it. */
async function begin() {
  const launch = await fetch('/launch-token');
  if (!launch.ok) throw new Error('Log in first');
  const answer = await fetch(`${BASE}/auth/embed-init`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: (await launch.json()).token }),
  });
  const { data, error } = await answer.json().catch(() => ({}));
  if (!data?.token) throw new Error(error?.message ?? 'The prediction markets cannot be reached');
  token = data.token;
}

export function forget() {
  token = undefined;
}

async function send(path, init) {
  if (!token) await begin();
  const request = () => fetch(BASE + path, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  const answer = await request();
  if (answer.status !== 401) return answer;
  await begin();
  return request();
}

async function read(answer) {
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  const { message = `Answer ${answer.status}`, code, details } = body.error ?? {};
  throw Object.assign(new Error(message), { code, details, status: answer.status });
}

export const get = async (path) => read(await send(path, { method: 'GET', headers: {} }));

const post = (path, body, headers = {}) =>
  send(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

export const quote = async (order) => read(await post('/casino/quotes', order)).then(({ data }) => data);

/** Places a trade. Whatever is lost on the way is asked again under the same key, so it can only happen once. */
export async function trade(order, key) {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await post('/casino/trades', order, { 'idempotency-key': key }).catch((error) => error);
    const lost = answer instanceof Error || answer.status >= 500 || answer.status === 409;
    if (!lost || attempt === TRIES) {
      if (answer instanceof Error) throw answer;
      return read(answer);
    }
    await pause(400 * attempt);
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      );
      if (fields.data) yield { id: fields.id, event: fields.event, data: JSON.parse(fields.data) };
    }
  }
}

/** Follows the stream until `signal` ends it, resuming after the last event seen. EventSource cannot send the token. */
export async function follow(onEvent, signal) {
  let last;
  while (!signal.aborted) {
    try {
      const answer = await send('/casino/stream', { method: 'GET', signal, headers: last ? { 'last-event-id': last } : {} });
      if (!answer.ok) throw new Error(`Answer ${answer.status}`);
      for await (const { id, event, data } of events(answer.body)) {
        last = id ?? last;
        onEvent(event, data);
      }
    } catch {
      // Asked again below.
    }
    await pause(2_000);
  }
}
