import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { deriveKey, readSecret } from './secret.ts';

const refusal = (source: Record<string, string>): string => {
  try {
    readConfig(source);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};

describe('configuration', () => {
  test('an empty environment gives the documented defaults', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataFolder: resolve('.data'),
      databaseUrl: undefined,
      databasePoolSize: 8,
      marketSource: 'simulated',
      logLevel: 'info',
      requestsPerMinute: { admin: 60, operator: 120, player: 600, public: 120, login: 10, form: 5 },
      adminTotpRequired: false,
      publicUrl: 'http://127.0.0.1:3000',
      smtpUrl: undefined,
      mailFrom: { name: 'Predictu', address: 'no-reply@predictu.local' },
      trustProxy: false,
    });
  });

  test('what is set is used; an empty variable counts as unset', () => {
    const config = readConfig({
      PORT: '8080',
      HOST: '',
      ADMIN_TOTP_REQUIRED: 'true',
      TRUST_PROXY: '10.0.0.0/8, ::1',
      MARKET_SOURCE: 'recorded',
      RECORDING_DIR: '/tmp/recording',
    });
    expect(config).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      adminTotpRequired: true,
      trustProxy: '10.0.0.0/8, ::1',
      recordingFolder: '/tmp/recording',
    });
    expect(readConfig({ TRUST_PROXY: '2' }).trustProxy).toBe(2);
    expect(readConfig({ MAIL_FROM: 'Lucky Bets <mail@bets.example>' }).mailFrom).toEqual({
      name: 'Lucky Bets',
      address: 'mail@bets.example',
    });
    expect(readConfig({ MAIL_FROM: 'mail@bets.example' }).mailFrom).toEqual({ name: 'Predictu', address: 'mail@bets.example' });
  });

  test.each([
    ['PORT', 'three', 'PORT is "three"; it must be a port number from 0 (any free one) to 65535.'],
    ['PORT', '65536', 'PORT is "65536"'],
    ['PORT', '-1', 'PORT is "-1"'],
    ['PORT', '80.5', 'PORT is "80.5"'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL is "loud"; it must be one of fatal, error,'],
    ['MARKET_SOURCE', 'kalshi', 'one of polymarket, recorded, simulated'],
    ['MARKET_SOURCE', 'recorded', 'RECORDING_DIR is not set'],
    ['POLYMARKET_GAMMA_URL', 'gamma-api', 'POLYMARKET_GAMMA_URL is "gamma-api"'],
    ['POLYMARKET_WS_URL', 'https://a.example', 'a ws:// or wss:// address'],
    ['RATE_LIMIT_ADMIN_PER_MINUTE', '0', 'RATE_LIMIT_ADMIN_PER_MINUTE is "0"'],
    ['ADMIN_TOTP_REQUIRED', 'yes', 'true or false'],
    ['PUBLIC_URL', 'predictu.example', 'an http:// or https:// address'],
    ['MAIL_FROM', 'somebody', 'MAIL_FROM is "somebody"; it must be an address like'],
    ['SMTP_URL', 'smtp://mail.example', 'MAIL_FROM is not set'],
    ['TRUST_PROXY', 'everyone', 'TRUST_PROXY is "everyone"'],
  ])('%s=%s is refused by name', (name, value, message) => {
    expect(refusal({ [name]: value })).toContain(message);
  });

  test.each(['PREDICTU_SECRET', 'DATABASE_URL', 'REDIS_URL', 'SMTP_URL'])('a wrong %s is refused without showing it', (name) => {
    const message = refusal({ [name]: 'hunter2' });
    expect(message).toContain(`${name} is set to something else (not shown, 7 characters)`);
    expect(message).not.toContain('hunter2');
  });

  test('every wrong setting is reported at once', () => {
    expect(refusal({ PORT: 'x', LOG_LEVEL: 'y' }).split('\n')).toHaveLength(2);
  });
});

describe('the secret', () => {
  let dataFolder: string;
  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'predictu-secret-'));
  });
  afterEach(() => rmSync(dataFolder, { recursive: true }));

  test('is made once, kept, and readable by its owner only', () => {
    const made = readSecret({ dataFolder });
    expect(made.length).toBeGreaterThanOrEqual(43);
    expect(readSecret({ dataFolder })).toBe(made);
    expect(statSync(join(dataFolder, 'secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataFolder, 'secret'), 'utf8').trim()).toBe(made);
  });

  test('configured wins over kept, and a damaged file is not replaced in silence', () => {
    expect(readSecret({ dataFolder, secret: 'x'.repeat(32) })).toBe('x'.repeat(32));
    writeFileSync(join(dataFolder, 'secret'), '');
    expect(() => readSecret({ dataFolder })).toThrow('holds no usable secret');
  });

  test('gives an own 32-byte key to each purpose and secret', () => {
    const keys = [deriveKey('a', 'quotes'), deriveKey('a', 'sessions'), deriveKey('b', 'quotes')];
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(3);
    expect(keys[0]).toHaveLength(32);
    expect(deriveKey('a', 'quotes')).toEqual(keys[0]);
  });
});
