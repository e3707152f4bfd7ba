/** Each browser program knows the methods and paths of its own audience and no other: written from the contract. */
import { contract } from '@predictu/contract';
import type { Audience, Endpoint } from '@predictu/contract/endpoint';
import { expect, it } from 'vitest';

const programs: readonly (readonly [name: string, audiences: readonly Audience[]])[] = [
  ['admin', ['admin', 'public']],
  ['operator', ['operator', 'public']],
  ['player', ['player', 'public']],
  ['public', ['public']],
];

function tableOf(audiences: readonly Audience[]): string {
  const lines = (Object.entries(contract) as [string, Endpoint][])
    .filter(([, { audience }]) => audiences.includes(audience))
    .map(([operation, { method, path }]) => `  ${operation}: ['${method}', '${path}'],`);
  return `/** Written by \`npm run generate\` from the contract. */\nexport const ENDPOINTS = {\n${lines.join('\n')}\n} as const;\n`;
}

it.each(programs)('packages/ui knows the endpoints of the %s program', async (name, audiences) => {
  await expect(tableOf(audiences)).toMatchFileSnapshot(`../packages/ui/src/api/${name}-endpoints.gen.ts`);
});
