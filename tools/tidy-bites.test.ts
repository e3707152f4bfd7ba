/** Each check of tidy finds what it is there to find, and lets the permitted neighbour pass. */
import { expect, test } from 'vitest';
import { bannedWords, isBarrel, longFunctions, parse, undocumentedExports } from './tidy/syntax.ts';
import { strayWrites, tableOwners } from './tidy/tables.ts';
import { leftovers, missingDocuments } from './tidy/texts.ts';

const bans = new Map(
  ['Date.now', 'new Date()', 'parseFloat', '.toFixed', 'console', 'async', 'Math.random', 'process', 'process.env'].map((word) => [
    word,
    'else',
  ]),
);
const banned = (text: string): string[] => bannedWords(parse('a.ts', text), bans).map(({ complaint }) => complaint.split(':')[0] ?? '');

test.each([
  ['const at = Date.now();', 'Date.now'],
  ['const at = new Date();', 'new Date()'],
  ['const at = new Date;', 'new Date()'],
  ['const p = parseFloat(text);', 'parseFloat'],
  ['const s = amount.toFixed(2);', '.toFixed'],
  ['console.log(1);', 'console'],
  ['async function wait() {}', 'async'],
  ['const roll = Math.random();', 'Math.random'],
  ['process.exit(1);', 'process'],
  ['const port = process.env.PORT;', 'process.env'],
])('%s is caught', (text, word) => {
  expect(banned(text)).toContain(word);
});

test('words in comments, strings and with arguments pass', () => {
  expect(banned("// Date.now()\nconst said = 'new Date()'; const at = new Date(ms); const now = clock.now();")).toEqual([]);
});

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `  go(${index});`).join('\n');

test('a function is measured without the functions inside it', () => {
  const own = (text: string): number => longFunctions(parse('a.ts', text), 60).length;
  expect(own(`function long() {\n${lines(59)}\n}`)).toBe(1);
  expect(own(`function fits() {\n${lines(58)}\n}`)).toBe(0);
  expect(own(`function outer() {\n${lines(40)}\n  const inner = () => {\n${lines(40)}\n  };\n}`)).toBe(0);
  expect(own(`const run = async () => {\n${lines(80)}\n};`)).toBe(1);
});

test('an exported function of a door needs a doc comment, a type does not', () => {
  const text =
    '/** Pays. */\nexport function pay() {}\nexport const take = () => 1;\nexport type Sum = bigint;\nexport const LIMIT = 3;\nfunction own() {}\n';
  expect(undocumentedExports(parse('a.ts', text)).map(({ line }) => line)).toEqual([3]);
});

test('a barrel passes everything on and adds nothing', () => {
  const barrel = (text: string): boolean => isBarrel(parse('a.ts', text));
  expect(barrel("export * from './b.ts';\nexport { c } from './c.ts';")).toBe(true);
  expect(barrel("export { c } from './c.ts';\nexport const own = 1;")).toBe(false);
  expect(barrel('')).toBe(false);
});

const owners = tableOwners([
  "create table players (id bigint); comment on table players is 'owner: players, trading. One player.';",
  "create table markets (id bigint); comment on table markets is 'owner: markets. One question.';\ncreate table orphans (id bigint);",
]);

test('owners are read from the comments, and a table without one has none', () => {
  expect([...owners]).toEqual([
    ['players', ['players', 'trading']],
    ['markets', ['markets']],
    ['orphans', []],
  ]);
});

test.each([
  ['trading', 'trade.sql.ts', 'const q = `insert into markets (id) values ($1)`;', 1],
  ['trading', 'trade.sql.ts', 'const q = `with x as (update players set a = 1) delete from markets`;', 1],
  ['trading', 'trade.sql.ts', "db.insertInto('markets').values(row);", 1],
  ['markets', 'list-markets.ts', 'const q = `update markets set mid = 1`;', 1],
  ['markets', 'market.sql.ts', 'const q = `update markets set mid = 1`;', 0],
  ['markets', 'markets.ts', 'const q = `delete from markets`;', 0],
  ['trading', 'trade.sql.ts', 'const q = `update players set a = 1`;', 0],
  ['trading', 'trade.sql.ts', 'const q = `select 1 from markets for update of markets`;', 0],
  ['trading', 'trade.sql.ts', '// insert into markets', 0],
])('in %s/%s: %s', (slice, file, text, found) => {
  expect(strayWrites(`apps/server/src/${slice}/${file}`, text, slice, owners)).toHaveLength(found);
});

test('leftovers, machine paths, registries and missing documents are caught', () => {
  const spelled = ['TO', 'DO'].join('');
  const found = [
    `// ${spelled} later`,
    ['read /wo', 'rk/main/x'].join(''),
    ['https://regis', 'try.example.org/x'].join(''),
    'plain text',
  ].map(leftovers);
  expect(found.map(({ length }) => length)).toEqual([1, 1, 1, 0]);
  expect(missingDocuments('/nowhere', 'README.md', 'see docs/lost.md and [here](gone.md)')).toHaveLength(2);
  expect(missingDocuments('/nowhere', 'a.ts', 'see https://example.org/docs/x.md')).toEqual([]);
});
