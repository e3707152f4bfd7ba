/** Talking to the copilot in tests: a chat as its reader sees it, a draft that can be deployed. */
import type { MarketDraftDocument } from '@predictu/contract/shapes/market-draft';
import type { TestServer } from './server.ts';

// biome-ignore lint/suspicious/noExplicitAny: events are looked into by assertions.
export type Heard = { status: number; body: any; events: { event: string; data: any }[]; done: any; failed: any };
let key = 0;

export async function chat(
  server: TestServer,
  text: string,
  {
    token = server.tenants[0].token,
    draft = null as unknown,
    idempotencyKey = `chat-${++key}`,
    messages = [{ role: 'user', text }] as unknown[],
  } = {},
): Promise<Heard> {
  const answer = await server.send('POST', '/api/copilot/chat', token, { messages, draft }, { 'idempotency-key': idempotencyKey });
  const events =
    typeof answer.body === 'string'
      ? [...answer.body.matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(([, event = '', data = '']) => ({ event, data: JSON.parse(data) }))
      : [];
  const of = (name: string) => events.find(({ event }) => event === name)?.data;
  return { status: answer.status, body: answer.body, events, done: of('done'), failed: of('failed') };
}

export const DRAFT: MarketDraftDocument = {
  question: 'Will Example FC beat Other United on June 20, 2026?',
  description: '',
  category: 'sports',
  outcomes: { yes: 'Example FC is named the winner by the league.', no: 'In every other case.' },
  source: { name: 'The league', url: 'https://league.example/results' },
  cut_off_at: '2026-06-20T18:00:00.000Z',
  time_zone: 'UTC',
  clauses: { tie: 'A draw is no.', postponement: 'Within 7 days it counts, later it is cancelled.', cancellation: 'It is cancelled.' },
  initial_price: 0.55,
  price_reasons: ['Example FC won four of the last seven.'],
};
let question = 0;
/** Deploys a market of its own; each has another question. */
export async function deploy(server: TestServer, tenant: 0 | 1 = 0, changes: Partial<MarketDraftDocument> = {}, liquidity = 5_000) {
  question += 1;
  const draft = { ...DRAFT, question: `Will Example FC beat Other United ${question} on June 20, 2026?`, ...changes };
  const body = { draft, liquidity_usd: liquidity, resolver: 'operator' };
  const answer = await server.send('POST', '/api/copilot/markets/deploy', server.tenants[tenant].token, body);
  if (answer.status !== 201) throw new Error(`${JSON.stringify(answer.body)} ${server.lines.at(-1)}`);
  return answer.body.data;
}
