import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deriveKey } from '../platform/secret.ts';
import { openSecret, sealSecret } from './seal-secret.ts';

const key = deriveKey('a-secret-that-is-at-least-32-characters', 'secrets');

test('what is sealed opens again, and no two seals are alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (secret, row) => {
      const sealed = sealSecret(key, secret, row);
      expect(openSecret(key, sealed, row)).toBe(Buffer.from(secret).toString());
      expect(sealSecret(key, secret, row)).not.toBe(sealed);
    }),
  );
});

test('a changed byte, another row, another key, another form: nothing opens', () => {
  const sealed = sealSecret(key, 'sk_live_secret', 'api_key:pk_live_1');
  const [version, body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  for (let i = 0; i < bytes.length; i += 1) {
    const altered = Buffer.from(bytes);
    altered[i] = (altered[i] ?? 0) ^ 1;
    expect(() => openSecret(key, `${version}.${altered.toString('base64url')}`, 'api_key:pk_live_1')).toThrow();
  }
  expect(() => openSecret(key, sealed, 'api_key:pk_live_2')).toThrow();
  expect(() => openSecret(deriveKey('another-secret-of-at-least-32-characters', 'secrets'), sealed, 'api_key:pk_live_1')).toThrow();
  for (const form of ['', 'v2.abc', 'v1.', 'v1.AAAA', body])
    expect(() => openSecret(key, form, 'api_key:pk_live_1')).toThrow('unknown form');
});
