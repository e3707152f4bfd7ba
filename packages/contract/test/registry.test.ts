import { expect, test } from 'vitest';
import { adminEndpoints } from '../src/admin/endpoints.ts';
import { contract } from '../src/index.ts';
import { operatorEndpoints } from '../src/operator/endpoints.ts';
import { playerEndpoints } from '../src/player/endpoints.ts';
import { publicEndpoints } from '../src/public/endpoints.ts';

const PARTS = [publicEndpoints, playerEndpoints, operatorEndpoints, adminEndpoints];

test('no audience takes an operation id of another', () => {
  expect(PARTS.flatMap((part) => Object.keys(part)).sort()).toEqual(Object.keys(contract).sort());
});

test('no two endpoints answer the same request', () => {
  const requests = Object.values(contract).map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
  expect(requests.filter((request, index) => requests.indexOf(request) !== index)).toEqual([]);
});
