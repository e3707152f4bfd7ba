import { expect, test } from 'vitest';
import { logTo } from './log.ts';

const logged = (fields: object): string => {
  let text = '';
  logTo((line) => {
    text += line;
  }).info(fields, 'a message');
  return text;
};

test.each([
  ['at the top', { password: 'hunter2' }],
  ['one below', { body: { totp: 'hunter2', api_secret: 'hunter2' } }],
  ['in request headers', { request: { headers: { authorization: 'Bearer hunter2', cookie: 'hunter2', 'set-cookie': ['hunter2'] } } }],
  ['in headers at the top', { headers: { 'set-cookie': 'hunter2' }, 'set-cookie': 'hunter2' }],
  ['in a failed call', { failure: { request: { headers: { authorization: 'hunter2' } } } }],
  ['in a list', { members: [{ token: 'hunter2' }, { secret: 'hunter2' }] }],
  ['in an error', { err: Object.assign(new Error('no'), { config: { password: 'hunter2' } }) }],
  ['deep down', { a: { b: { c: [{ d: { e: { api_secret: 'hunter2', playerToken: 'hunter2' } } }] } } }],
  ['in an error inside a list', { failures: [Object.assign(new Error('why'), { ownerUrl: 'hunter2' })] }],
  ['in a raw request', { req: { headers: { 'x-anything': 'hunter2' } } }],
  ['in the configuration', { config: { databaseUrl: 'hunter2', secret: 'hunter2', anthropicApiKey: 'hunter2' } }],
])('a secret %s is hidden', (_, fields) => {
  const text = logged(fields);
  expect(text).toContain('[hidden]');
  expect(text).not.toContain('hunter2');
});

test('what is not secret is kept, and the logged object is not changed', () => {
  const fields = { user: { name: 'ada', password: 'hunter2' } };
  expect(JSON.parse(logged(fields))).toMatchObject({ user: { name: 'ada' }, msg: 'a message' });
  expect(fields.user.password).toBe('hunter2');
});

test('an error keeps its message, kind and stack; a ring and a bigint do not stop the log', () => {
  const ring: Record<string, unknown> = { amount: 5n };
  ring['self'] = ring;
  const line = JSON.parse(logged({ err: new TypeError('bad'), ring }));
  expect(line.err).toMatchObject({ type: 'TypeError', message: 'bad', stack: expect.stringContaining('log.test') });
  expect(line.ring.amount).toBe(5);
});

test('an error says what it says, not what it was met on', () => {
  class Connection {
    readonly statements = { become: 'select set_config(...)' };
  }
  const error = Object.assign(new Error('lost'), { code: '57P01', client: new Connection(), at: new Date(0), detail: { table: 'trades' } });
  const { err } = JSON.parse(logged({ err: error }));
  expect(err).toMatchObject({ message: 'lost', code: '57P01', at: '1970-01-01T00:00:00.000Z', detail: { table: 'trades' } });
  expect(err).not.toHaveProperty('client');
});
