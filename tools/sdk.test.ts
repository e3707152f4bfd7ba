/** Half of each client library is written from the contract: `npm run generate` writes it anew. */
import { expect, test } from 'vitest';
import { readModel } from './sdk/model.ts';
import { CHOSEN } from './sdk/names.ts';
import { pythonText } from './sdk/python.ts';
import { errorCodesText, resourcesText, shapesText } from './sdk/typescript.ts';

const model = readModel();
const TYPESCRIPT = '../packages/sdk/src';

test.each([
  ['shapes.gen.ts', shapesText],
  ['resources.gen.ts', resourcesText],
  ['error-codes.gen.ts', errorCodesText],
])('the TypeScript library follows the contract: %s', async (name, text) => {
  await expect(text(model)).toMatchFileSnapshot(`${TYPESCRIPT}/${name}`);
});

test('the Python library follows the contract', async () => {
  await expect(pythonText(model)).toMatchFileSnapshot('../packages/sdk-python/predictu_operator/_generated.py');
});

test('every name that was chosen by hand is that of an operation', () => {
  const operations = new Set(model.operations.map(({ id }) => id));
  expect(Object.keys(CHOSEN).filter((id) => !operations.has(id))).toEqual([]);
});

test('the names of the published example are there', () => {
  const places = model.operations.map(({ resource, name }) => [...resource, name].join('.'));
  expect(places).toEqual(expect.arrayContaining(['users.list', 'users.adjustBalance', 'revenue.get']));
});
