/** Statements in two forms: whatever their number, the same rows. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { booleans, formsOf, formTexts, inBothForms, inForm, instants, int8s, plainName, type Statement, texts } from './arrays.ts';

type Kept = { id: bigint; number: bigint | null; text: string | null; yes: boolean; at: Date | null; document: unknown };

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await db.owner.query('create table kept (id bigint primary key, number bigint, text text, yes bool, at timestamptz, document jsonb)');
});
beforeEach(() => db.owner.query('truncate kept'));
afterAll(() => db.drop());

const COLUMNS = ['id bigint', 'number bigint?', 'text text?', 'yes bool', 'at timestamptz?'];
const WRITE = formsOf(
  ({ rows, present }) => `insert into kept select * from (select id, number, text, yes, at, document
    from ${rows(COLUMNS, { name: 'document', type: 'jsonb' })} as k) k ${present('id')}`,
);
const CHANGE = formsOf(
  ({ rows, matching }) =>
    `update kept k set number = u.number from ${rows(['id bigint', 'number bigint'])} as u ${matching('kept', 'k', ['id'])}`,
);
const write = (rows: readonly Kept[]): Statement =>
  inForm('write', WRITE, rows, [
    int8s(rows, ({ id }) => id),
    int8s(rows, ({ number }) => number),
    texts(rows, ({ text }) => text),
    booleans(rows, ({ yes }) => yes),
    instants(rows, ({ at }) => at),
    formTexts(rows, ({ document }) => JSON.stringify(document)),
  ]);
const change = (rows: readonly Pick<Kept, 'id'>[]): Statement =>
  inForm('change', CHANGE, rows, [int8s(rows, ({ id }) => id), int8s(rows, ({ id }) => id * 10n)]);
const run = ({ text, values }: Statement) => db.owner.query(text, values);
const kept = async (): Promise<Kept[]> => (await db.owner.query<Kept>('select * from kept order by id')).rows;

const FULL: Kept = {
  id: 1n,
  number: -5n,
  text: 'a "b", {c}',
  yes: true,
  at: new Date('2030-01-02T03:04:05.006Z'),
  document: { a: ['"', 1] },
};
const EMPTY: Kept = { id: 2n, number: null, text: null, yes: false, at: null, document: null };
const ROWS = [FULL, EMPTY, { ...FULL, id: 3n, text: 'null', document: [] }];

test.each([0, 1, 2, 3])('%i rows are written as they are, and changed by their key', async (count) => {
  const rows = ROWS.slice(0, count);
  await run(write(rows));
  expect(await kept()).toEqual(rows);
  await run(change(rows.slice(0, 1)));
  await run(change(rows.slice(1)));
  expect((await kept()).map(({ number }) => number)).toEqual(rows.map(({ id }) => id * 10n));
});

test('a row alone that holds nulls', async () => {
  await run(write([EMPTY]));
  expect(await kept()).toEqual([EMPTY]);
});

test('made of no rows, both forms can be prepared and do nothing', async () => {
  await run(write([FULL]));
  const statements = inBothForms([write([]), change([])]);
  expect(statements.map(({ name }) => name)).toEqual(['write', 'write_alone', 'change', 'change_alone']);
  expect(statements.map(plainName)).toEqual(['write', 'write', 'change', 'change']);
  for (const statement of statements) await run(statement);
  expect(await kept()).toEqual([FULL]);
  expect(inBothForms([write(ROWS)])).toHaveLength(1);
});
