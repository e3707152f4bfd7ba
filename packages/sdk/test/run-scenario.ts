/** Plays the scenario that both client libraries must pass, against a running server. */
import { expect } from 'vitest';
import { ApiError, type CallbackError, CallbackVerifier, PredictuError, PredictuOperator, type PredictuOptions } from '../src/index.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Call = { call: string; args?: Json[] };
export type Step = Partial<Call> & {
  name: string;
  every?: string;
  stream?: string;
  launch?: { playerId: string; username?: string };
  verify?: { settings?: Json; append?: string; headers?: Record<string, string>; later?: number; twice?: boolean };
  meanwhile?: Call;
  client?: Json;
  options?: object;
  fault?: Json;
  limit?: Json;
  then?: string;
  expect?: Json;
  response?: Json;
  error?: { [key: string]: Json };
  save?: Record<string, string>;
  count?: number;
  distinct?: string;
  requests?: number;
  took?: [number, number];
};
// biome-ignore lint/suspicious/noExplicitAny: methods are found by the names the scenario gives.
type Any = any;
type Seen = { value?: unknown; response?: unknown; error?: unknown };

/** A file, as JSON can say it: its bytes, or how many zeros it is. */
type FileWords = { $base64: string } | { $zeros: number };
const isFile = (value: Json): value is FileWords =>
  typeof value === 'object' && value !== null && ('$base64' in value || '$zeros' in value);
const fileOf = (words: FileWords): Uint8Array => ('$base64' in words ? Buffer.from(words.$base64, 'base64') : new Uint8Array(words.$zeros));

/** Every field expected is there and equal; `$like`, `$between` look instead. */
function matches(actual: Any, expected: Json, at: string): void {
  if (Array.isArray(expected)) {
    expect(actual, at).toHaveLength(expected.length);
    expected.forEach((part, index) => void matches(actual[index], part, `${at}[${index}]`));
  } else if (typeof expected !== 'object' || expected === null) expect(actual, at).toEqual(expected);
  else if ('$like' in expected) expect(String(actual), at).toMatch(new RegExp(String(expected['$like'])));
  else if ('$between' in expected) {
    const [least, most] = expected['$between'] as [number, number];
    expect(actual, at).toBeGreaterThanOrEqual(least);
    expect(actual, at).toBeLessThanOrEqual(most);
  } else for (const [key, part] of Object.entries(expected)) matches(actual?.[key], part, `${at}.${key}`);
}

export class ScenarioRunner {
  private readonly known: Record<string, Json>;
  private readonly shared: PredictuOperator;
  constructor(operator: Record<string, string>) {
    this.known = { ...operator };
    this.shared = this.clientWith({});
  }

  async run(step: Step): Promise<void> {
    await this.control('reset');
    this.known['in_two_seconds'] = String(Math.floor(Date.now() / 1_000) + 2);
    if (step.fault !== undefined) await this.control('fault', this.filled(step.fault));
    if (step.limit !== undefined) await this.control('limit', step.limit);
    const begun = performance.now();
    const seen = await this.seenOf(step);
    const took = performance.now() - begun;
    if (step.error) this.matchesError(seen, step.error);
    else if (seen.error !== undefined) throw seen.error;
    if (step.expect !== undefined) matches(seen.value, this.filled(step.expect), 'answer');
    if (step.response !== undefined) matches(seen.response, step.response, 'response');
    if (step.took) matches(took, { $between: step.took }, 'milliseconds');
    if (step.count !== undefined) expect(seen.value).toHaveLength(step.count);
    if (step.distinct) expect(new Set((seen.value as Any[]).map((each) => each[step.distinct ?? ''])).size).toBe(step.count);
    if (step.requests !== undefined) expect(await this.control('requests')).toHaveLength(step.requests);
    for (const [name, path] of Object.entries(step.save ?? {})) this.known[name] = (seen.value as Any)[path];
  }

  private matchesError({ error }: Seen, { class: name, misuse, fields, answer, ...rest }: { [key: string]: Json }): void {
    if (misuse) {
      expect(error).toBeInstanceOf(TypeError);
      return;
    }
    expect(error).toBeInstanceOf(PredictuError);
    expect((error as Error).name).toBe(name);
    if (fields) expect((error as Any).fields.map(({ field }: { field: string }) => field)).toEqual(fields);
    if (answer) expect((error as CallbackError).answer.status).toBe(answer);
    if (rest['code']) expect(error).toBeInstanceOf(ApiError);
    matches(error, rest, 'error');
  }

  private async seenOf(step: Step): Promise<Seen> {
    try {
      return await this.play(step);
    } catch (error) {
      return { error };
    }
  }

  private async play(step: Step): Promise<Seen> {
    const client = step.client === undefined ? this.shared : this.clientWith(step.client);
    if (step.launch) return { value: await this.enter(await client.launchToken(step.launch)) };
    if (step.verify) return { value: await this.verified(client, step.verify) };
    if (step.every) {
      const value: unknown[] = [];
      for await (const entry of this.called(client, { call: step.every, args: step.args ?? [] })) value.push(entry);
      return { value };
    }
    if (step.stream) return { value: await this.firstOf(client, step) };
    const answered = await this.called(client, { call: step.call ?? '', args: step.args ?? [] }, step.options).withResponse();
    if (step.then) await this.called(client, { call: step.then });
    const { data, response } = answered;
    return { value: data?.body ?? data, response };
  }

  private called(client: PredictuOperator, { call, args = [] }: Call, options?: object): Any {
    const names = call.split('.');
    const method = names.pop() ?? '';
    const resource = names.reduce((at: Any, name) => at[name], client);
    return resource[method](...(this.filled(args) as Json[]), ...(options ? [options] : []));
  }

  private async firstOf(client: PredictuOperator, step: Step): Promise<unknown> {
    const events = this.called(client, { call: step.stream ?? '', args: step.args ?? [] });
    const reader = events[Symbol.asyncIterator]();
    const first = reader.next();
    if (step.meanwhile) await this.called(client, step.meanwhile);
    const { value } = await first;
    await reader.return();
    return value;
  }

  private async verified(client: PredictuOperator, change: NonNullable<Step['verify']>): Promise<unknown> {
    const [{ body, headers }] = this.latest as [{ body: string; headers: Record<string, string> }];
    const words = [body + (change.append ?? ''), { ...headers, ...change.headers }] as const;
    if (!change.settings) return client.verifyCallback(...words);
    const later = (change.later ?? 0) * 1_000;
    const verifier = new CallbackVerifier({ ...(this.filled(change.settings) as object), now: () => Date.now() + later });
    if (change.twice) await verifier.verify(...words);
    return verifier.verify(...words);
  }

  /** The callbacks of the latest step that caused any. */
  private latest: unknown[] = [];

  private async control(what: string, body?: Json): Promise<unknown> {
    if (what === 'reset') {
      const callbacks = (await this.control('callbacks')) as unknown[];
      if (callbacks.length > 0) this.latest = callbacks;
    }
    const answer = await fetch(`${this.known['base_url']}/control/${what}`, { method: 'POST', body: JSON.stringify(body ?? null) });
    return answer.json();
  }

  private async enter(token: string): Promise<unknown> {
    const answer = await fetch(`${this.known['base_url']}/api/auth/embed-init`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(answer.status).toBe(200);
    return ((await answer.json()) as Any).data.user;
  }

  private clientWith(changes: Json): PredictuOperator {
    const { api_key: apiKey, api_secret: apiSecret, base_url: baseUrl } = this.known;
    return new PredictuOperator({ apiKey, apiSecret, baseUrl, ...(this.filled(changes) as object) } as PredictuOptions);
  }

  private filled(value: Json): Json {
    if (typeof value === 'string' && value.startsWith('$')) return this.known[value.slice(1)] ?? null;
    if (isFile(value)) return fileOf(value) as unknown as Json;
    if (Array.isArray(value)) return value.map((part) => this.filled(part));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, this.filled(part)]));
  }
}
