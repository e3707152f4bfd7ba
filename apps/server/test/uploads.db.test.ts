/** Uploads over HTTP: what is taken, what branding shows, how files are served; in a folder and in a bucket. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BucketServer, openBucketServer } from './bucket-server.ts';
import { HOSTILE, MARK, pdf, png, svg } from './hostile-files.ts';
import { type Answer, openTestServer, type TestServer } from './server.ts';

type Field = string | { bytes: Buffer; name?: string; type?: string };
let server: TestServer;
const fields = (file: Field, category: string, more: Record<string, Field> = {}): [string, Field][] =>
  Object.entries({ file, category, ...more });

async function upload(url: string, token: string | undefined, parts: readonly (readonly [string, Field])[], to = server): Promise<Answer> {
  const form = new FormData();
  for (const [name, field] of parts) {
    if (typeof field === 'string') form.append(name, field);
    else form.append(name, new Blob([new Uint8Array(field.bytes)], { type: field.type ?? 'image/png' }), field.name ?? 'logo.png');
  }
  const request = new Request('http://localhost', { method: 'POST', body: form });
  return to.inject({
    method: 'POST',
    url,
    headers: { 'content-type': request.headers.get('content-type') ?? '', ...(token && { authorization: `Bearer ${token}` }) },
    payload: Buffer.from(await request.arrayBuffer()),
  });
}
const own = (file: Field, category = 'logo'): Promise<Answer> =>
  upload('/api/operator/upload', server.tenants[0].token, fields(file, category));
const byAdmin = (file: Field, category: string, more: Record<string, Field> = {}): Promise<Answer> =>
  upload('/api/internal/upload', server.admin, fields(file, category, more));
const settings = async (place: 0 | 1 = 0) => (await server.send('GET', '/api/operator/settings', server.tenants[place].token)).body.data;
const embed = async () => (await server.send('GET', '/api/embed/config?operator=first-casino')).body.data;
const fetched = async (url: string, headers: Record<string, string> = {}) => {
  const { statusCode, headers: found, rawPayload } = await server.http.inject({ method: 'GET', url: new URL(url).pathname, headers });
  return { status: statusCode, headers: found, bytes: rawPayload };
};

beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server?.close());

describe('an operator’s picture', () => {
  test('is shown by its branding at once, in settings, in open embeds and to the platform', async () => {
    const before = (await embed()).updated_at;
    server.clock.advance(1_000);
    const { status, body } = await own({ bytes: await png(64, 32) });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ category: 'logo', content_type: 'image/png', width: 64, height: 32 });
    expect(body.data.id).toMatch(/^file_/);
    expect(body.data.url).toMatch(/^http:\/\/[^/]+\/files\/[0-9a-f]{32}\.png$/);
    const { profile } = await settings();
    expect([profile.logo_url, profile.favicon_url]).toEqual([body.data.url, null]);
    const shown = await embed();
    expect([shown.logo_url, shown.updated_at > before]).toEqual([body.data.url, true]);
    const { body: seen } = await server.send('GET', '/api/internal/operators/first-casino', server.admin);
    expect(seen.data.branding.logo_url).toBe(body.data.url);
    expect((await settings(1)).profile.logo_url).toBeNull();
    const { rows } = await server.db.owner.query(
      `select actor_kind, before, after from platform_audit_log where action = 'operator.branding'`,
    );
    expect(rows).toEqual([
      { actor_kind: 'operator_member', before: { logo_url: null }, after: { logo_url: new URL(body.data.url).pathname } },
    ]);
  });

  test('has another address when it is another picture, and the same when it is the same', async () => {
    const [one, same, other] = [await own({ bytes: await png(8) }), await own({ bytes: await png(8) }), await own({ bytes: await png(9) })];
    expect(one.body.data.url).toBe(same.body.data.url);
    expect(one.body.data.url).not.toBe(other.body.data.url);
  });

  test('of another category changes no branding; a favicon changes its own', async () => {
    const { profile } = await settings();
    await own({ bytes: await png(11) }, 'banner');
    await own({ bytes: await png(12) }, 'custom_asset');
    expect((await settings()).profile).toEqual(profile);
    const { body } = await own({ bytes: await png(32, 32) }, 'favicon');
    expect((await settings()).profile).toEqual({ ...profile, favicon_url: body.data.url });
    expect((await embed()).favicon_url).toBe(body.data.url);
  });

  test('is taken off again', async () => {
    const { body } = await server.send('DELETE', '/api/operator/upload?picture=favicon', server.tenants[0].token);
    expect(body.data).toEqual({ logo_url: (await settings()).profile.logo_url, favicon_url: null });
    expect((await embed()).favicon_url).toBeNull();
    expect((await server.send('DELETE', '/api/operator/upload?picture=banner', server.tenants[0].token)).status).toBe(400);
  });

  test('is known by its content, whatever it is called', async () => {
    const { body } = await own({
      bytes: svg(`<script>${MARK}</script>`),
      name: '../../../etc/cron.d/logo.php\u0000.png',
      type: 'image/png',
    });
    expect(body.data).toMatchObject({ content_type: 'image/svg+xml', width: 10, height: 10 });
    expect((await fetched(body.data.url)).bytes.toString()).not.toContain(MARK);
  });
});

describe('what is not taken', () => {
  test.each([
    ['a larger file than 2 MB', async () => own({ bytes: Buffer.alloc(2 * 1_048_576 + 1) }), 413, 'PAYLOAD_TOO_LARGE'],
    ['a PDF as a logo', async () => own({ bytes: pdf('') }), 422, 'VALIDATION_ERROR'],
    ['another category', async () => own({ bytes: await png() }, 'market_image'), 422, 'VALIDATION_ERROR'],
    ['no file', async () => upload('/api/operator/upload', server.tenants[0].token, [['category', 'logo']]), 422, 'VALIDATION_ERROR'],
    ['a file that is a text field', async () => own('not a file'), 422, 'VALIDATION_ERROR'],
    [
      'a category that is a file',
      async () =>
        upload('/api/operator/upload', server.tenants[0].token, [
          ['file', { bytes: await png() }],
          ['category', { bytes: Buffer.from('logo') }],
        ]),
      400,
      'BAD_REQUEST',
    ],
    [
      'two categories',
      async () =>
        upload('/api/operator/upload', server.tenants[0].token, [...fields({ bytes: await png() }, 'logo'), ['category', 'favicon']]),
      400,
      'BAD_REQUEST',
    ],
    [
      'a field nobody knows',
      async () =>
        upload('/api/operator/upload', server.tenants[0].token, fields({ bytes: await png() }, 'logo', { operator_slug: 'second-casino' })),
      422,
      'VALIDATION_ERROR',
    ],
    [
      'twenty fields',
      async () =>
        upload(
          '/api/operator/upload',
          server.tenants[0].token,
          Array.from({ length: 20 }, (_, n) => [`f${n}`, 'x'] as const),
        ),
      400,
      'BAD_REQUEST',
    ],
    [
      'JSON',
      async () => server.send('POST', '/api/operator/upload', server.tenants[0].token, { file: 'x', category: 'logo' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a form where JSON is expected',
      async () => upload('/api/operator/config', server.tenants[0].token, fields({ bytes: await png() }, 'logo')),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a form without a boundary',
      async () =>
        server.inject({
          method: 'POST',
          url: '/api/operator/upload',
          headers: { 'content-type': 'multipart/form-data', authorization: `Bearer ${server.tenants[0].token}` },
          payload: 'x',
        }),
      400,
      'BAD_REQUEST',
    ],
    [
      'a form cut in the middle',
      async () =>
        server.inject({
          method: 'POST',
          url: '/api/operator/upload',
          headers: { 'content-type': 'multipart/form-data; boundary=x', authorization: `Bearer ${server.tenants[0].token}` },
          payload: '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
        }),
      400,
      'BAD_REQUEST',
    ],
    ['a favicon of 2,000 pixels', async () => own({ bytes: await png(2_000, 10) }, 'favicon'), 422, 'VALIDATION_ERROR'],
  ] as const)('%s', async (_, ask, status, code) => {
    const answer = await ask();
    expect([answer.status, answer.body.error?.code], JSON.stringify(answer.body)).toEqual([status, code]);
  });

  test('says what a refused file is and what was expected, and leaves no trace', async () => {
    const count = async () => (await server.db.owner.query('select count(*)::int as n from uploaded_files')).rows[0].n;
    const before = await count();
    const bad = HOSTILE.filter(({ fate }) => fate === 'refused');
    for (const { name, bytes } of [bad[0], bad[12], bad.at(-30)].filter((one) => one !== undefined)) {
      const answer = await own({ bytes: await bytes() });
      expect([name, answer.status]).toEqual([name, 422]);
      expect(answer.body.error.details.fields).toEqual([{ field: 'file', received: expect.any(String), expected: expect.any(String) }]);
    }
    expect(await count()).toBe(before);
  });

  test('more than an operator may keep', async () => {
    await server.db.owner.query(
      `insert into uploaded_files (id, operator_id, category, name, content_type, size_bytes, uploaded_by, created_at)
       values (1, $1, 'banner', repeat('a', 32) || '.png', 'image/png', 209715100, 'x', now())`,
      [server.tenants[1].operatorId],
    );
    const answer = await upload('/api/operator/upload', server.tenants[1].token, fields({ bytes: await png(500, 500) }, 'logo'));
    expect([answer.status, answer.body.error.code]).toEqual([409, 'CONFLICT']);
    expect((await settings(1)).profile.logo_url).toBeNull();
  });
});

describe('the platform’s files', () => {
  test('a logo of an operator needs to say whose, and is in force at once', async () => {
    const file = { bytes: await png(40, 40) };
    expect((await byAdmin(file, 'operator_logo')).body.error.details.fields[0].field).toBe('operator_slug');
    expect((await byAdmin(file, 'operator_logo', { operator_slug: 'nobody' })).status).toBe(404);
    const { body } = await byAdmin(file, 'operator_logo', { operator_slug: 'first-casino' });
    expect(body.data).toMatchObject({
      category: 'operator_logo',
      operator_slug: 'first-casino',
      content_type: 'image/png',
      uploaded_by: expect.stringMatching(/^adm_/),
    });
    expect((await settings()).profile.logo_url).toBe(body.data.url);
  });

  test('a picture of a market is nobody’s; a paper has a name that cannot be guessed and is saved, not shown', async () => {
    const picture = await byAdmin({ bytes: await png(41, 40) }, 'market_image');
    expect([picture.status, picture.body.data.operator_slug]).toEqual([200, null]);
    const paper = { bytes: pdf(''), name: 'invoice.pdf', type: 'application/pdf' };
    const [one, two] = [await byAdmin(paper, 'invoice_attachment'), await byAdmin(paper, 'invoice_attachment')];
    expect(one.body.data).toMatchObject({ content_type: 'application/pdf', width: null, height: null });
    expect(one.body.data.url).not.toBe(two.body.data.url);
    expect((await fetched(one.body.data.url)).headers['content-disposition']).toMatch(/^attachment/);
  });
});

describe('a served file', () => {
  test('never changes, cannot act, and is what it says', async () => {
    const { body } = await own({ bytes: svg('') });
    const { status, headers, bytes } = await fetched(body.data.url);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(bytes.length).toBe(body.data.size_bytes);
    expect((await fetched(body.data.url, { 'if-none-match': String(headers.etag) })).status).toBe(304);
  });

  test.each([
    '/files/..%2f..%2fsecret',
    '/files/../secret',
    '/files/%2e%2e%2fsecret',
    `/files/${'a'.repeat(32)}.png`,
    `/files/${'a'.repeat(32)}.php`,
    `/files/${'A'.repeat(32)}.png`,
    `/files/${'a'.repeat(32)}.png%00.svg`,
    '/files/',
    '/files/.',
  ])('%s is not there', async (url) => {
    const answer = await server.http.inject({ method: 'GET', url });
    expect([answer.statusCode, answer.headers['cache-control']]).not.toContain('public, max-age=31536000, immutable');
    expect(answer.statusCode).toBe(404);
  });
});

describe('in a bucket', () => {
  let bucket: BucketServer;
  let remote: TestServer;
  beforeAll(async () => {
    bucket = await openBucketServer();
    remote = await openTestServer({ bucket: bucket.settings });
  });
  afterAll(async () => {
    await remote?.close();
    await bucket?.close();
  });
  const send = async (width: number) =>
    upload('/api/operator/upload', remote.tenants[0].token, fields({ bytes: await png(width) }, 'logo'), remote);

  test('a file is put signed, and served from there', async () => {
    const { status, body } = await send(21);
    expect(status).toBe(200);
    const name = body.data.url.split('/').at(-1);
    expect(bucket.objects.get(name)?.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const answer = await remote.http.inject({ method: 'GET', url: `/files/${name}` });
    expect([answer.statusCode, answer.rawPayload.equals(bucket.objects.get(name)?.bytes as Buffer)]).toEqual([200, true]);
    expect((await remote.http.inject({ method: 'GET', url: `/files/${'b'.repeat(32)}.png` })).statusCode).toBe(404);
  });

  test('one failure is tried again; a bucket that stays down is said so, and branding keeps what it had', async () => {
    bucket.fail = { status: 503, times: 1 };
    expect((await send(22)).status).toBe(200);
    const before = (await remote.send('GET', '/api/operator/settings', remote.tenants[0].token)).body.data.profile.logo_url;
    bucket.fail = { status: 503, times: 99 };
    const answer = await send(23);
    expect([answer.status, answer.body.error.code]).toEqual([503, 'UNAVAILABLE']);
    expect((await remote.send('GET', '/api/operator/settings', remote.tenants[0].token)).body.data.profile.logo_url).toBe(before);
    bucket.fail = { status: 503, times: 0 };
  });
});
