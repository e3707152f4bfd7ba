/** A server that speaks the Messages API: its streaming events, its errors, and every way a connection can go wrong. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Block = { text: string } | { tool: string; input: unknown } | { tool: string; brokenInput: string };
export type Turn =
  | { blocks: readonly Block[]; stop?: 'end_turn' | 'tool_use' | 'max_tokens' }
  | { status: number; type: string }
  | { wrong: 'hang' | 'cut' | 'overloaded in stream' | 'not json' };
export type Asked = {
  headers: Record<string, string | undefined>;
  body: {
    model: string;
    system: string;
    stream: boolean;
    tool_choice?: { type: string; name: string };
    tools: { name: string }[];
    messages: { role: string; content: unknown }[];
  };
};
export type FakeAnthropic = {
  url: string;
  asked: Asked[];
  /** What the next requests get, in order; the last one again and again. */
  say(...turns: readonly Turn[]): void;
  modelStatus: number;
  close(): Promise<void>;
};

async function readBody(request: IncomingMessage): Promise<Asked['body']> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString());
}

const PIECE = 7;
const pieces = (text: string): string[] => text.match(new RegExp(`[\\s\\S]{1,${PIECE}}`, 'g')) ?? [];

function speak(response: ServerResponse, blocks: readonly Block[], stop: string): void {
  const send = (type: string, data: object) => response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  const usage = { input_tokens: 100, output_tokens: 1 };
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'fake',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  send('message_start', { message });
  for (const [index, block] of blocks.entries()) {
    const isText = 'text' in block;
    const opening = isText ? { type: 'text', text: '' } : { type: 'tool_use', id: `toolu_${index}`, name: block.tool, input: {} };
    send('content_block_start', { index, content_block: opening });
    send('ping', {});
    const whole = isText ? block.text : 'brokenInput' in block ? block.brokenInput : JSON.stringify(block.input);
    for (const piece of pieces(whole))
      send('content_block_delta', {
        index,
        delta: isText ? { type: 'text_delta', text: piece } : { type: 'input_json_delta', partial_json: piece },
      });
    send('content_block_stop', { index });
  }
  send('message_delta', { delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 50 } });
  send('message_stop', {});
  response.end();
}

function answer(turn: Turn, response: ServerResponse): void {
  if ('status' in turn) {
    response.writeHead(turn.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ type: 'error', error: { type: turn.type, message: 'refused by the test' } }));
    return;
  }
  if ('wrong' in turn && turn.wrong === 'hang') return;
  if ('wrong' in turn && turn.wrong === 'not json') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end('event: message_start\ndata: {"type": "message_start", \n\n');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if ('wrong' in turn) {
    const start = {
      type: 'message_start',
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'fake',
        content: [],
        usage: { input_tokens: 1, output_tokens: 1 },
      },
    };
    response.write(`event: message_start\ndata: ${JSON.stringify(start)}\n\n`);
    if (turn.wrong === 'cut') setTimeout(() => response.destroy(), 20);
    else
      response.end(
        `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })}\n\n`,
      );
    return;
  }
  const stop = turn.stop ?? (turn.blocks.some((block) => 'tool' in block) ? 'tool_use' : 'end_turn');
  speak(response, turn.blocks, stop);
}

export async function openFakeAnthropic(): Promise<FakeAnthropic> {
  const asked: Asked[] = [];
  let turns: readonly Turn[] = [];
  const fake = { modelStatus: 200 };
  const server = createServer(async (request, response) => {
    if (request.method === 'GET' && request.url?.startsWith('/v1/models/')) {
      response.writeHead(fake.modelStatus, { 'content-type': 'application/json' });
      const error = { type: 'error', error: { type: 'authentication_error', message: 'no' } };
      response.end(
        JSON.stringify(
          fake.modelStatus === 200 ? { id: 'fake', type: 'model', display_name: 'Fake', created_at: '2026-01-01T00:00:00Z' } : error,
        ),
      );
      return;
    }
    if (request.method !== 'POST' || request.url !== '/v1/messages') {
      response.writeHead(404).end();
      return;
    }
    asked.push({ headers: request.headers as Asked['headers'], body: await readBody(request) });
    const turn = turns.length > 1 ? turns[0] : turns.at(-1);
    if (turns.length > 1) turns = turns.slice(1);
    answer(turn ?? { status: 500, type: 'api_error' }, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(fake, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    say(...next: readonly Turn[]) {
      turns = next;
      asked.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
