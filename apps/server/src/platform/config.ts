/** The typed configuration, read once from the environment at boot. The README's table of settings is this file. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type MailSender, parseSender } from './mail-sender.ts';

const whole = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum);
const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');
const url = (...protocols: string[]) => z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol));
const perMinute = { schema: whole(1, 1_000_000), expected: 'a whole number from 1 to 1000000' };
const httpUrl = { schema: url('http:', 'https:'), expected: 'an http:// or https:// address' };

type Setting = { schema: z.ZodType<unknown, string>; expected: string; fallback?: string; hidden?: true };

const settings = {
  PORT: { schema: whole(0, 65_535), expected: 'a port number from 0 (any free one) to 65535', fallback: '3000' },
  HOST: { schema: z.string(), expected: 'an address to listen on', fallback: '127.0.0.1' },
  PREDICTU_DATA_DIR: { schema: z.string().transform((path) => resolve(path)), expected: 'a folder', fallback: '.data' },
  /** Owner of any PostgreSQL 15 or newer; without it the embedded one is started. */
  DATABASE_URL: { schema: url('postgres:', 'postgresql:'), expected: 'postgresql://owner:password@host:5432/database', hidden: true },
  DATABASE_POOL_SIZE: { schema: whole(2, 80), expected: 'a whole number from 2 to 80', fallback: '8' },
  PREDICTU_SECRET: { schema: z.string().min(32), expected: 'at least 32 characters', hidden: true },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    expected: 'one of fatal, error, warn, info, debug, trace, silent',
    fallback: 'info',
  },
  MARKET_SOURCE: {
    schema: z.enum(['polymarket', 'recorded', 'simulated']),
    expected: 'one of polymarket, recorded, simulated',
    fallback: 'simulated',
  },
  POLYMARKET_GAMMA_URL: { ...httpUrl, fallback: 'https://gamma-api.polymarket.com' },
  POLYMARKET_CLOB_URL: { ...httpUrl, fallback: 'https://clob.polymarket.com' },
  POLYMARKET_WS_URL: {
    schema: url('ws:', 'wss:'),
    expected: 'a ws:// or wss:// address',
    fallback: 'wss://ws-subscriptions-clob.polymarket.com/ws/market',
  },
  RECORDING_DIR: { schema: z.string().transform((path) => resolve(path)), expected: 'a folder' },
  /** How long every price is kept; older ones are thinned to the last of each minute. */
  PRICE_TICK_DAYS: { schema: whole(7, 36_500), expected: 'a whole number of days from 7 to 36500', fallback: '90' },
  /** What links in e-mails begin with: the address people reach this installation by. */
  PUBLIC_URL: httpUrl,
  /** The mail server; without it messages are laid into the folder `outbox` of the data folder. */
  SMTP_URL: {
    schema: url('smtp:', 'smtps:').regex(/^\w+:\/\/[^/?#]/),
    expected: 'smtp://user:password@host:587 or smtps://user:password@host:465',
    hidden: true,
  },
  MAIL_FROM: {
    schema: z
      .string()
      .refine((text) => parseSender(text) !== undefined)
      .transform((text) => parseSender(text) as MailSender),
    expected: 'an address like Predictu <no-reply@example.com>',
  },
  /** The bucket uploaded files rest in, by its address; without it they rest in the data folder, which several machines do not share. */
  FILES_S3_URL: httpUrl,
  FILES_S3_REGION: { schema: z.string(), expected: 'a region', fallback: 'us-east-1' },
  FILES_S3_ACCESS_KEY_ID: { schema: z.string(), expected: 'a key id', hidden: true },
  FILES_S3_SECRET_ACCESS_KEY: { schema: z.string(), expected: 'a key', hidden: true },
  REDIS_URL: { schema: url('redis:', 'rediss:'), expected: 'a redis:// or rediss:// address', hidden: true },
  ANTHROPIC_API_KEY: { schema: z.string(), expected: 'a key', hidden: true },
  ANTHROPIC_BASE_URL: { ...httpUrl, fallback: 'https://api.anthropic.com' },
  ANTHROPIC_MODEL: { schema: z.string().max(100), expected: 'the name of a model', fallback: 'claude-sonnet-5-5' },
  /** Tokens one answer of the copilot may use, read and written. */
  ANTHROPIC_TOKEN_BUDGET: { schema: whole(1_000, 1_000_000), expected: 'a whole number from 1000 to 1000000', fallback: '40000' },
  ANTHROPIC_TIMEOUT_MS: { schema: whole(1_000, 240_000), expected: 'a whole number from 1000 to 240000', fallback: '60000' },
  SUPABASE_URL: httpUrl,
  /** A project's keys: `anon` for what anybody may ask of its Auth server, `service_role` for invitations. */
  SUPABASE_ANON_KEY: { schema: z.string().min(16), expected: 'the anon key of the project', hidden: true },
  SUPABASE_SERVICE_ROLE_KEY: { schema: z.string().min(16), expected: 'the service_role key of the project', hidden: true },
  RATE_LIMIT_ADMIN_PER_MINUTE: { ...perMinute, fallback: '60' },
  RATE_LIMIT_OPERATOR_PER_MINUTE: { ...perMinute, fallback: '120' },
  RATE_LIMIT_PLAYER_PER_MINUTE: { ...perMinute, fallback: '600' },
  RATE_LIMIT_PUBLIC_PER_MINUTE: { ...perMinute, fallback: '120' },
  RATE_LIMIT_FORM_PER_MINUTE: { ...perMinute, fallback: '5' },
  RATE_LIMIT_LOGIN_PER_MINUTE: { ...perMinute, fallback: '10' },
  /** Password of `predictu admin create`, for scripts; on a terminal it is asked for. */
  PREDICTU_ADMIN_PASSWORD: { schema: z.string(), expected: 'a password', hidden: true },
  /** Opens /metrics to bearers of this token; without it only this machine may read it. */
  METRICS_TOKEN: { schema: z.string().min(16), expected: 'at least 16 characters', hidden: true },
  /** Who is asked for the TXT records of embed origins; the machine's own resolvers when absent. */
  DNS_SERVERS: {
    schema: z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim()))
      .refine((servers) =>
        servers.every((server) => isIP(server) !== 0 || /^((\d{1,3}\.){3}\d{1,3}|\[[\da-fA-F:]+\]):\d{1,5}$/.test(server)),
      ),
    expected: 'addresses with an optional port, like 1.1.1.1,9.9.9.9:53',
  },
  /** Callback URLs may be http and this machine: for development; the demo needs it. */
  S2S_ALLOW_LOOPBACK: { schema: yesOrNo, expected: 'true or false', fallback: 'false' },
  ADMIN_TOTP_REQUIRED: { schema: yesOrNo, expected: 'true or false', fallback: 'false' },
  /** Which proxies may name the caller's address in X-Forwarded-For. */
  TRUST_PROXY: {
    schema: z
      .string()
      .regex(/^(true|false|\d{1,2}|[\da-fA-F:.]+(\/\d+)?(\s*,\s*[\da-fA-F:.]+(\/\d+)?)*)$/)
      .transform((text) => (text === 'true' ? true : text === 'false' ? false : /^\d+$/.test(text) ? Number(text) : text)),
    expected: 'true, false, a number of proxies, or addresses like 10.0.0.0/8,192.0.2.1',
    fallback: 'false',
  },
} satisfies Record<string, Setting>;

/** Of messages that never leave the outbox folder. */
const NOBODY_ANSWERS: MailSender = { name: 'Predictu', address: 'no-reply@predictu.local' };

type Name = keyof typeof settings;
type Value<N extends Name> =
  | z.output<(typeof settings)[N]['schema']>
  | ((typeof settings)[N] extends { fallback: string } ? never : undefined);
type Environment = { [N in Name]: Value<N> };

/** One line for each wrong setting, without what is secret. */
export class ConfigError extends Error {
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
  }
}

function parse(source: NodeJS.ProcessEnv): Environment {
  const wrong: string[] = [];
  const values = Object.entries<Setting>(settings).map(([name, { schema, expected, fallback, hidden }]) => {
    // An empty variable is how many tools write an unset one.
    const text = source[name]?.trim() || fallback;
    if (text === undefined) return [name, undefined];
    const result = schema.safeParse(text);
    if (!result.success)
      wrong.push(
        `${name} is ${hidden ? `set to something else (not shown, ${text.length} characters)` : JSON.stringify(text)}; it must be ${expected}.`,
      );
    return [name, result.data];
  });
  if (source['MARKET_SOURCE']?.trim() === 'recorded' && !source['RECORDING_DIR']?.trim()) {
    wrong.push('RECORDING_DIR is not set; MARKET_SOURCE=recorded needs the folder of the recording.');
  }
  if (source['SMTP_URL']?.trim() && !source['MAIL_FROM']?.trim()) {
    wrong.push('MAIL_FROM is not set; SMTP_URL needs the address that mail comes from, like Predictu <no-reply@example.com>.');
  }
  for (const name of ['SUPABASE_ANON_KEY', 'SUPABASE_SERVICE_ROLE_KEY']) {
    if (source['SUPABASE_URL']?.trim() && !source[name]?.trim())
      wrong.push(`${name} is not set; SUPABASE_URL needs the key of the project.`);
  }
  if (source['FILES_S3_URL']?.trim()) {
    for (const name of ['FILES_S3_ACCESS_KEY_ID', 'FILES_S3_SECRET_ACCESS_KEY'])
      if (!source[name]?.trim()) wrong.push(`${name} is not set; FILES_S3_URL needs it.`);
  }
  if (wrong.length > 0) throw new ConfigError(wrong);
  return Object.fromEntries(values) as Environment;
}

const anthropicOf = (environment: ReturnType<typeof parse>) =>
  environment.ANTHROPIC_API_KEY === undefined
    ? undefined
    : {
        apiKey: environment.ANTHROPIC_API_KEY,
        baseUrl: environment.ANTHROPIC_BASE_URL,
        model: environment.ANTHROPIC_MODEL,
        budget: environment.ANTHROPIC_TOKEN_BUDGET,
        timeoutMs: environment.ANTHROPIC_TIMEOUT_MS,
      };

export type Config = ReturnType<typeof readConfig>;

/** Throws ConfigError, on which the process ends with exit code 2. */
export function readConfig(source: NodeJS.ProcessEnv = process.env) {
  const environment = parse(source);
  return {
    port: environment.PORT,
    host: environment.HOST,
    dataFolder: environment.PREDICTU_DATA_DIR,
    databaseUrl: environment.DATABASE_URL,
    databasePoolSize: environment.DATABASE_POOL_SIZE,
    /** As configured; `readSecret` gives the one in force. */
    secret: environment.PREDICTU_SECRET,
    logLevel: environment.LOG_LEVEL,
    marketSource: environment.MARKET_SOURCE,
    polymarket: {
      gammaUrl: environment.POLYMARKET_GAMMA_URL,
      clobUrl: environment.POLYMARKET_CLOB_URL,
      wsUrl: environment.POLYMARKET_WS_URL,
    },
    recordingFolder: environment.RECORDING_DIR,
    priceTickDays: environment.PRICE_TICK_DAYS,
    publicUrl:
      environment.PUBLIC_URL ?? `http://${environment.HOST.includes(':') ? `[${environment.HOST}]` : environment.HOST}:${environment.PORT}`,
    smtpUrl: environment.SMTP_URL,
    mailFrom: environment.MAIL_FROM ?? NOBODY_ANSWERS,
    bucket: environment.FILES_S3_URL
      ? {
          url: environment.FILES_S3_URL,
          region: environment.FILES_S3_REGION,
          accessKeyId: environment.FILES_S3_ACCESS_KEY_ID ?? '',
          secretAccessKey: environment.FILES_S3_SECRET_ACCESS_KEY ?? '',
        }
      : undefined,
    redisUrl: environment.REDIS_URL,
    anthropic: anthropicOf(environment),
    supabaseUrl: environment.SUPABASE_URL,
    supabaseAnonKey: environment.SUPABASE_ANON_KEY,
    supabaseServiceRoleKey: environment.SUPABASE_SERVICE_ROLE_KEY,
    requestsPerMinute: {
      admin: environment.RATE_LIMIT_ADMIN_PER_MINUTE,
      operator: environment.RATE_LIMIT_OPERATOR_PER_MINUTE,
      player: environment.RATE_LIMIT_PLAYER_PER_MINUTE,
      public: environment.RATE_LIMIT_PUBLIC_PER_MINUTE,
      login: environment.RATE_LIMIT_LOGIN_PER_MINUTE,
      form: environment.RATE_LIMIT_FORM_PER_MINUTE,
    },
    adminPassword: environment.PREDICTU_ADMIN_PASSWORD,
    metricsToken: environment.METRICS_TOKEN,
    adminTotpRequired: environment.ADMIN_TOTP_REQUIRED,
    dnsServers: environment.DNS_SERVERS,
    s2sAllowLoopback: environment.S2S_ALLOW_LOOPBACK,
    trustProxy: environment.TRUST_PROXY,
  };
}
