/** Invoices over generated months, over HTTP: every sum by a second path, the job twice and at once, states, payments, files, tenancy. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeId, type Id } from '@predictu/contract/ids';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueInvoices, noteOverdueInvoices } from '../src/billing/billing.ts';
import { platformShare } from '../src/billing/share.rules.ts';
import { BILLING_CHECKS } from '../src/insights/books-billing.sql.ts';
import { rollUp } from '../src/insights/roll-up.ts';
import { mailParts } from '../src/mails.ts';
import { checkPdf } from '../src/platform/check-pdf.ts';
import { openDatabase } from '../src/platform/db.ts';
import { openMail } from '../src/platform/mail.ts';
import { changeSlowly } from './factories.ts';
import { type FigureScene, figureScene, plainFigures } from './figure-scene.ts';
import { partsOf, structureOfPdf } from './pdf-structure.ts';
import { textsOfPdf } from './pdf-text.ts';
import { openTestServer, type TestServer } from './server.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by assertions, which fail on what is not there.
type Data = any;
const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'];
const AFTER = new Date('2026-05-01T00:20:00Z');
/** When the sessions of the test server hold. */
const LATER = new Date('2026-06-01T12:00:30Z');
const startOf = (month: string): Date => new Date(`${month}-01T00:00:00Z`);
const nextMonth = (month: string): Date => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1));

let server: TestServer;
let scene: FigureScene;
let operators: bigint[];

const issue = (database = server.db.database, now = AFTER) => issueInvoices(database, now, server.newId);
const rowsOf = async (text: string, values: unknown[] = []): Promise<Data[]> => (await server.db.owner.query(text, values)).rows;
const everything = async () =>
  JSON.stringify([
    await rowsOf('select i::text from invoices i order by id'),
    await rowsOf('select l::text from invoice_lines l order by invoice_id, kind'),
    await rowsOf('select n::text from invoice_numbers n order by kind'),
    await rowsOf(`select count(*)::int from platform_audit_log where action like 'invoice.%'`),
  ]);
const get = async (url: string, token = server.admin): Promise<Data> => {
  const { status, body } = await server.send('GET', url, token);
  expect(status, `${url}: ${JSON.stringify(body)}`).toBe(200);
  return body;
};
const cents = (dollars: number): number => Math.round(dollars * 100);

beforeAll(async () => {
  server = await openTestServer();
  scene = await figureScene(11, server.db);
  operators = scene.operators.slice(0, 3);
  await changeSlowly(server.db.owner, async () => {
    await server.db.owner.query(`update operators set created_at = '2026-01-05', platform_share_bps = 3333`);
  });
  for (const month of MONTHS) await scene.play(startOf(month), nextMonth(month), 150);
  // Play money is nobody's revenue.
  await server.db.owner.query(`update trades set wallet_mode = 'shadow' where id % 29 = 0 and wallet_mode = 'internal'`);
  // What the engine writes with each fee.
  await server.db.owner.query(
    `insert into ledger_entries (operator_id, id, player_id, type, from_account, to_account, amount_cents, balance_before_cents, balance_after_cents, trade_id, description, created_at)
     select t.operator_id, coalesce(e.id, t.id) + 7, t.player_id, 'trade_fee', 'wallet', 'fees', t.fee_cents, 0, 0, t.id, 'Trading fee', t.created_at
     from trades t left join trade_events e on e.trade_id = t.id where t.status = 'filled' and t.wallet_mode <> 'shadow'`,
  );
  server.clock.set(LATER);
});
afterAll(() => server?.close());

describe('the monthly job', () => {
  test('waits for trades that wait for their wallet, and issues every other month', async () => {
    const waiting = await rowsOf(
      `select distinct operator_id, date_trunc('month', created_at, 'UTC') as month from trades where status = 'pending' and created_at < '2026-05-01'`,
    );
    expect(waiting.length).toBeGreaterThan(0);
    await issue();
    for (const { operator_id: id, month } of waiting) {
      expect(await rowsOf('select 1 from invoices where operator_id = $1 and period_from = $2', [id, month])).toEqual([]);
    }
    await server.db.owner.query(`update trades set status = 'cancelled' where status = 'pending'`);
    expect(await issue()).toBe(waiting.length);
  });

  test('twice, and on two connections at once, changes nothing more', async () => {
    const before = await everything();
    expect(await issue()).toBe(0);
    expect(await everything()).toBe(before);
    await server.db.owner.query(
      `set session_replication_role = replica; truncate invoices, invoice_lines; set session_replication_role = origin`,
    );
    await server.db.owner.query('update invoice_numbers set last = 0');
    const other = openDatabase({ connectionString: server.db.appUrl });
    try {
      const counts = await Promise.all([issue(), issue(other), issue(), issue(other)]);
      const [{ n }] = await rowsOf('select count(*)::int as n from invoices');
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(n);
      expect(n).toBe(operators.length * MONTHS.length);
      const numbers = (await rowsOf('select number::int as number from invoices order by number')).map(({ number }) => number);
      expect(numbers).toEqual(Array.from({ length: n }, (_, index) => index + 1));
    } finally {
      await other.close();
    }
  });

  test('every sum is that of the trades, of the ledger and of the rollups, to the cent', async () => {
    await rollUp(server.db.database);
    for (const operator of operators) {
      for (const month of MONTHS) {
        const [row] = await rowsOf(
          `select i.*, (select gross_cents from invoice_lines where invoice_id = i.id and kind = 'spread') as spread,
             (select gross_cents from invoice_lines where invoice_id = i.id and kind = 'fee') as fee from invoices i where operator_id = $1 and period_from = $2`,
          [operator, startOf(month)],
        );
        const plain = await plainFigures(scene, { operatorId: operator, from: startOf(month), to: nextMonth(month) });
        const [play] = await rowsOf(
          `select count(*) as trades, coalesce(sum(spread_cents), 0) as spread, coalesce(sum(fee_cents), 0) as fees from trades
           where operator_id = $1 and status = 'filled' and wallet_mode = 'shadow' and created_at >= $2 and created_at < $3`,
          [operator, startOf(month), nextMonth(month)],
        );
        expect([BigInt(row.trade_count), BigInt(row.spread), BigInt(row.fee)]).toEqual([
          BigInt(plain.trades) - BigInt(play.trades),
          plain.spread - BigInt(play.spread),
          plain.fees - BigInt(play.fees),
        ]);
        const [ledger] = await rowsOf(
          `select coalesce(sum(l.amount_cents), 0) as fees from ledger_entries l join trades t on t.id = l.trade_id
           where l.operator_id = $1 and l.type = 'trade_fee' and t.created_at >= $2 and t.created_at < $3`,
          [operator, startOf(month), nextMonth(month)],
        );
        expect(BigInt(row.fee)).toBe(BigInt(ledger.fees));
        const [rolled] = await rowsOf(
          `select sum(spread_cents) as spread, sum(fee_cents) as fees from rollup_days where operator_id = $1 and kind = 'whole' and starts_at >= $2 and starts_at < $3`,
          [operator, startOf(month), nextMonth(month)],
        );
        expect([BigInt(row.spread) + BigInt(play.spread), BigInt(row.fee) + BigInt(play.fees)]).toEqual([
          BigInt(rolled.spread),
          BigInt(rolled.fees),
        ]);
        expect(BigInt(row.amount_cents)).toBe(platformShare(BigInt(row.spread) + BigInt(row.fee), 3_333));
      }
    }
  });

  test.each(BILLING_CHECKS)('the books agree: $name', async ({ differences }) => expect(await rowsOf(differences)).toEqual([]));
});

describe('the lists', () => {
  test('one operator’s invoices are the same everywhere, and the platform’s are those of all', async () => {
    const all = await get('/api/internal/invoices?limit=200');
    expect(all.pagination.total).toBe(operators.length * MONTHS.length);
    const own = await get('/api/operator/invoices', server.tenants[0].token);
    const listed = await get('/api/internal/operators/first-casino/invoices');
    const filtered = await get('/api/internal/invoices?operator=first-casino');
    const ids = (body: Data) => body.data.map(({ id }: Data) => id);
    expect(own.total).toBe(MONTHS.length);
    expect(ids(listed)).toEqual(ids(own));
    expect(ids(filtered)).toEqual(ids(own));
    const { operator_slug: _, operator_name: __, pdf_url: ___, line_items: lines, ...shared } = listed.data[0];
    expect(own.data[0]).toMatchObject(shared);
    expect(own.data[0].pdf_url).toBe(`/api/operator/invoices/${shared.id}/pdf`);
    expect(lines.map((line: Data) => cents(line.amount_usd)).reduce((a: number, b: number) => a + b)).toBe(cents(shared.amount_usd));
    expect([shared.period, shared.issued_at, shared.due_at]).toEqual([
      { from: '2026-04-01', to: '2026-04-30' },
      '2026-05-01T00:00:00.000Z',
      '2026-05-15T00:00:00.000Z',
    ]);
  });

  test('filters take exactly what they say, pages neither skip nor repeat', async () => {
    const march = await get('/api/internal/operators/first-casino/invoices?from=2026-03-01&to=2026-04-01');
    expect(march.data.map(({ period }: Data) => period.from)).toEqual(['2026-03-01']);
    expect((await get('/api/internal/invoices?status=draft')).pagination.total).toBe(operators.length * MONTHS.length);
    expect((await get('/api/internal/invoices?status=overdue')).data).toEqual([]);
    const far = await get('/api/internal/invoices?page=900');
    expect([far.data, far.pagination.total]).toEqual([[], operators.length * MONTHS.length]);
    const seen: string[] = [];
    for (let url = '/api/internal/invoices?limit=5'; ; ) {
      const page = await get(url);
      seen.push(...page.data.map(({ number }: Data) => number));
      if (page.next_cursor === null) break;
      url = `/api/internal/invoices?limit=5&cursor=${page.next_cursor}`;
    }
    expect(seen).toEqual([...seen].sort().reverse());
    expect(new Set(seen).size).toBe(operators.length * MONTHS.length);
    for (const query of ['status=nonsense', 'limit=201', 'page=0', 'who=me', 'cursor=broken']) {
      expect((await server.send('GET', `/api/internal/invoices?${query}`, server.admin)).status).toBe(400);
    }
    expect(
      (await server.send('GET', '/api/internal/operators/first-casino/invoices?from=2026-03-02&to=2026-03-01', server.admin)).status,
    ).toBe(400);
    expect((await server.send('GET', '/api/internal/operators/nobody/invoices', server.admin)).status).toBe(404);
  });

  test('every line opens down to rows that add up to it', async () => {
    const { data: invoices } = await get('/api/operator/invoices', server.tenants[1].token);
    for (const invoice of invoices.slice(0, 2)) {
      for (const line of invoice.line_items) {
        const entries: Data[] = [];
        for (let cursor = ''; ; ) {
          const page = await get(`${line.entries_url}&limit=10${cursor}`, server.tenants[1].token);
          expect(page.pagination.total).toBe(line.trade_count);
          entries.push(...page.data);
          if (page.next_cursor === null) break;
          cursor = `&cursor=${page.next_cursor}`;
        }
        expect(entries.length).toBe(line.trade_count);
        expect(entries.reduce((sum, { gross_usd: gross }) => sum + cents(gross), 0)).toBe(cents(line.gross_usd));
        expect([entries[0]?.trade_id, entries.at(-1)?.trade_id]).toEqual([line.first_trade_id, line.last_trade_id]);
        expect(entries.every(({ ledger_id: id }) => (line.kind === 'fee') === (id !== null))).toBe(true);
      }
    }
  });

  test('nobody sees another operator’s invoice', async () => {
    const { data } = await get('/api/operator/invoices', server.tenants[1].token);
    for (const path of ['', '/pdf', '/entries', '/credit-note/pdf']) {
      expect((await server.send('GET', `/api/operator/invoices/${data[0].id}${path}`, server.tenants[0].token)).status).toBe(404);
    }
  });
});

describe('an invoice on its way', () => {
  const post = (path: string, body?: object, key = 'k') =>
    server.send('POST', `/api/internal/invoices/${id}/${path}`, server.admin, body, { 'idempotency-key': key });
  let id: string;
  let total: number;
  beforeAll(async () => {
    const { data } = await get('/api/internal/operators/first-casino/invoices');
    ({ id, total_usd: total } = data[0]);
  });
  const address = { name: 'First Casino Łódź Ltd', address: ['Δρόμος 1', '00-001 Łódź'], tax_id: 'PL 1', email: 'bills@first.test' };

  test('is not sent without addresses and a bank account', async () => {
    const { status, body } = await post('send');
    expect([status, body.error.code, body.error.details.missing.length]).toEqual([409, 'CONFLICT', 3]);
    const bank = { holder: 'Predictu Ltd', bank: 'Bank', account: 'MT00 1', code: 'MALT' };
    const seller = { name: 'Predictu Ltd', address: ['Harbour Street 1'], tax_id: 'MT 1', email: null, bank };
    expect((await server.send('PUT', '/api/internal/billing/seller', server.admin, seller)).body.data).toEqual(seller);
    const own = await server.send('PUT', '/api/operator/billing', server.tenants[0].token, address);
    expect(own.body.data).toEqual({ ...address, tax_pct: 0, tax_note: null });
    expect((await server.send('PUT', '/api/operator/billing', server.tenants[0].token, { ...address, tax_pct: 1 })).status).toBe(422);
  });

  test('is paid only once it is sent, and then in pieces up to its total', async () => {
    expect((await post('payments', { method: 'wire', reference: 'R-0' }, 'early')).status).toBe(409);
    const sent = (await post('send')).body.data;
    expect([sent.status, sent.buyer, sent.due_at]).toEqual(['sent', address, '2026-06-15T00:00:00.000Z']);
    expect((await post('send')).body.data.sent_at).toBe(sent.sent_at);
    const first = await post('payments', { method: 'wire', reference: 'R-1', amount_usd: 0.01 }, 'one');
    expect([first.status, first.body.data.status, cents(first.body.data.balance_usd)]).toEqual([201, 'sent', cents(total) - 1]);
    const again = await post('payments', { method: 'wire', reference: 'R-1', amount_usd: 0.01 }, 'one');
    expect([again.headers['idempotency-replayed'], again.body.data.payments.length]).toEqual(['true', 1]);
    const other = await post('payments', { method: 'wire', reference: 'R-9', amount_usd: 0.01 }, 'one');
    expect(other.body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const much = await post('payments', { method: 'wire', reference: 'R-2', amount_usd: total }, 'two');
    expect([much.status, much.body.error.details.fields[0].field]).toEqual([422, 'amount_usd']);
    const rest = await post('payments', { method: 'wire', reference: 'R-3', paid_at: '2026-05-20T10:00:00Z' }, 'three');
    expect(rest.body.data).toMatchObject({ status: 'paid', balance_usd: 0, paid_at: '2026-05-20T10:00:00.000Z' });
    expect(rest.body.data.payment).toMatchObject({ method: 'wire', reference: 'R-3' });
    const actions = await rowsOf(`select action from platform_audit_log where subject = $1 order by id`, [id]);
    expect(actions.map(({ action }) => action)).toEqual(['invoice.issue', 'invoice.send', 'invoice.payment', 'invoice.payment']);
  });

  test('is taken back by a credit note, once', async () => {
    const voided = (await post('void', { reason: 'Wrong share' })).body.data;
    expect(voided).toMatchObject({ status: 'void', credit_note: { number: 'CRN-000001', total_usd: total, reason: 'Wrong share' } });
    expect(cents(voided.balance_usd)).toBe(-cents(total));
    expect((await post('void', { reason: 'Again' })).body.data.credit_note).toEqual(voided.credit_note);
    expect((await post('payments', { method: 'wire', reference: 'R-4' }, 'late')).status).toBe(409);
    expect((await post('send')).status).toBe(409);
    // The month stays billed: nothing is issued anew.
    expect(await issue()).toBe(0);
  });

  test('is overdue from its day on', async () => {
    const { data } = await get('/api/internal/operators/first-casino/invoices?status=draft');
    await server.send('POST', `/api/internal/invoices/${data[0].id}/send`, server.admin);
    const due = new Date('2026-06-15T00:00:00Z');
    expect(await noteOverdueInvoices(server.db.database, new Date(due.getTime() - 1), server.newId)).toBe(0);
    expect(await noteOverdueInvoices(server.db.database, due, server.newId)).toBe(1);
    expect((await get('/api/internal/invoices?status=overdue')).data.map((row: Data) => row.id)).toEqual([data[0].id]);
  });

  test('is a file that says what the invoice says, the same bytes each time', async () => {
    const file = async (url: string, token: string) => {
      const answer = await server.http.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
      return { headers: answer.headers, bytes: answer.rawPayload };
    };
    const [mine, theirs] = [
      await file(`/api/operator/invoices/${id}/pdf`, server.tenants[0].token),
      await file(`/api/internal/invoices/${id}/pdf`, server.admin),
    ];
    expect(mine.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="invoice-${id}.pdf"`,
    });
    expect(mine.bytes.equals(theirs.bytes)).toBe(true);
    const source = mine.bytes.toString('latin1');
    expect(source.startsWith('%PDF-1.7')).toBe(true);
    expect(source).toContain('/Marked true');
    expect(source).toContain('/FontFile2');
    expect(() => checkPdf(mine.bytes)).not.toThrow();
    const { root, untagged, unclaimed } = structureOfPdf(mine.bytes);
    expect([root.tag, untagged, unclaimed]).toEqual(['Document', 0, 0]);
    expect(partsOf(root, 'TH').filter(({ scope }) => scope === 'Column')).toHaveLength(4);
    expect(partsOf(root, 'TH').every(({ scope }) => scope !== undefined)).toBe(true);
    const { data } = await get(`/api/internal/invoices/${id}`);
    const texts = textsOfPdf(mine.bytes);
    const dollars = (amount: number) => `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2 })}`;
    expect(texts).toEqual(
      expect.arrayContaining([
        `Invoice ${data.number}`,
        'First Casino Łódź Ltd',
        'Δρόμος 1',
        '2026-04-01 to 2026-04-30',
        '2026-06-15',
        ...data.line_items.flatMap((line: Data) => [line.description, dollars(line.gross_usd), dollars(line.amount_usd)]),
        'Tax 0%',
        `USD ${dollars(data.total_usd)}`,
        'MT00 1',
      ]),
    );
    const note = textsOfPdf((await file(`/api/internal/invoices/${id}/credit-note/pdf`, server.admin)).bytes);
    expect(note).toEqual(expect.arrayContaining(['Credit note CRN-000001', `USD -${dollars(data.total_usd)}`, 'Reason: Wrong share']));
    const none = encodeId('invoice', 1n as Id<'invoice'>);
    expect((await server.send('GET', `/api/internal/invoices/${none}/pdf`, server.admin)).status).toBe(404);
  });

  test('is told to the billing address when it is sent, overdue or taken back: once each, with the paper', async () => {
    const mails = await rowsOf('select template, recipient, operator_id, data from mails order by id');
    expect(mails.map(({ template }) => template)).toEqual(['invoice-sent', 'invoice-taken-back', 'invoice-sent', 'invoice-overdue']);
    expect(new Set(mails.map(({ recipient, operator_id: operator }) => `${recipient} ${operator}`))).toEqual(
      new Set([`bills@first.test ${operators[0]}`]),
    );
    const dataFolder = mkdtempSync(join(tmpdir(), 'predictu-invoices-'));
    const { database } = server.db;
    const from = { name: 'Predictu', address: 'no-reply@predictu.example' };
    const options = { smtpUrl: undefined, dataFolder, database, clock: server.clock, log: { warn() {}, error() {} }, from };
    const mail = openMail({
      ...mailParts({ secrets: Buffer.alloc(32), unsubscribe: Buffer.alloc(32) }, ''),
      ...options,
      publicUrl: 'https://predictu.example',
    });
    server.clock.set(new Date('2026-06-16T00:00:00Z'));
    expect(await mail.deliver()).toBe(4);
    expect(await rowsOf(`select answer from mails where status <> 'sent'`)).toEqual([]);
    const [file = ''] = readdirSync(join(dataFolder, 'outbox')).sort();
    const sent = await PostalMime.parse(readFileSync(join(dataFolder, 'outbox', file)));
    expect(sent.text).toContain(`https://predictu.example/operator/invoices/${id}`);
    expect(sent.attachments.map(({ mimeType }) => mimeType)).toEqual(['application/pdf']);
    expect(textsOfPdf(Buffer.from(sent.attachments[0]?.content as ArrayBuffer))).toContain('First Casino Łódź Ltd');
    rmSync(dataFolder, { recursive: true });
  });

  test.each(BILLING_CHECKS)('and the books agree after it: $name', async ({ differences }) =>
    expect(await rowsOf(differences)).toEqual([]),
  );
});
