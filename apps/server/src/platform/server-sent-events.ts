/** Server-sent events: one encoded event at a time, a comment as heartbeat, and no reader may make us hoard what it does not read. */
import { once } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

export type StreamEvent = { id: string; event: string; data: unknown };
/** Yields events until the signal ends it. */
export type EventStream = (signal: AbortSignal) => AsyncIterable<StreamEvent>;

const HEARTBEAT_MS = 15_000;

const openStreams = new WeakMap<object, Set<AbortController>>();

/** Ends the streams of a server that is closing; their readers resume where they were. */
export function endStreams(server: object): void {
  for (const stream of openStreams.get(server) ?? []) stream.abort();
}

export async function serveStream(
  stream: EventStream,
  schema: z.ZodType,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const ended = new AbortController();
  const { server } = request.server;
  const streams = openStreams.get(server) ?? new Set();
  openStreams.set(server, streams.add(ended));
  reply.hijack();
  const socket = reply.raw;
  socket.on('close', () => ended.abort());
  socket.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Or the connection would outlive its stream, and a closing server wait for it.
    connection: 'close',
    'x-accel-buffering': 'no',
  });
  socket.write('retry: 2000\n\n');
  const heartbeat = setInterval(() => socket.write(': alive\n\n'), HEARTBEAT_MS);
  try {
    for await (const { id, event, data } of stream(ended.signal)) {
      const text = JSON.stringify(z.encode(schema, data as never));
      if (!socket.write(`id: ${id}\nevent: ${event}\ndata: ${text}\n\n`)) await once(socket, 'drain', { signal: ended.signal });
    }
  } catch (error) {
    if (!ended.signal.aborted) request.log.error({ err: error, request_id: request.id }, 'stream failed');
  } finally {
    clearInterval(heartbeat);
    streams.delete(ended);
    ended.abort();
    socket.end();
  }
  return reply;
}
