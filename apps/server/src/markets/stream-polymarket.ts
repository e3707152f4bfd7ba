/** The market channel of the exchange: one socket that subscribes, pings, notices when it is dead, and comes back. */
import { WebSocket } from 'ws';
import { backoff } from './retry.rules.ts';

export type StreamOptions = {
  url: string;
  pingMs: number;
  retryMs: number;
  onMessage: (text: string) => void;
  onTrouble: (message: string) => void;
  /** Subscribed anew: what was missed meanwhile must be asked for. */
  onSubscribed: () => void;
};
export type MarketStream = {
  /** From now on these tokens; a token may be added while connected, one too many does no harm. */
  subscribe(tokens: readonly string[]): void;
  stop(): void;
};

const LARGEST_MESSAGE = 8 * 1024 * 1024;
const LONGEST_RETRY_MS = 30_000;

export function marketStream({ url, pingMs, retryMs, onMessage, onTrouble, onSubscribed }: StreamOptions): MarketStream {
  let tokens: readonly string[] = [];
  let socket: WebSocket | undefined;
  let failures = 0;
  let stopped = false;
  let reconnect: NodeJS.Timeout | undefined;

  function connect(): void {
    const opened = new WebSocket(url, { maxPayload: LARGEST_MESSAGE, handshakeTimeout: pingMs * 2, followRedirects: false });
    socket = opened;
    let heard = true;
    const heartbeat = setInterval(() => {
      // Two pings without any word: the line is dead, however open it looks.
      if (!heard) return opened.terminate();
      heard = false;
      if (opened.readyState === WebSocket.OPEN) opened.send('PING');
    }, pingMs);
    opened.on('open', () => {
      opened.send(JSON.stringify({ type: 'market', assets_ids: tokens }));
      onSubscribed();
    });
    opened.on('message', (data) => {
      heard = true;
      failures = 0;
      const text = String(data);
      if (text !== 'PONG') onMessage(text);
    });
    opened.on('error', (error) => onTrouble(`websocket: ${error.message || error.name}`));
    opened.on('close', (code) => {
      clearInterval(heartbeat);
      if (stopped || socket !== opened) return;
      failures += 1;
      onTrouble(`websocket closed (${code})`);
      reconnect = setTimeout(connect, backoff(failures, retryMs, LONGEST_RETRY_MS));
    });
  }

  return {
    subscribe(wanted) {
      const known = new Set(tokens);
      const added = wanted.filter((token) => !known.has(token));
      tokens = wanted;
      if (stopped || wanted.length === 0) return;
      if (!socket) connect();
      else if (socket.readyState === WebSocket.OPEN && added.length > 0)
        socket.send(JSON.stringify({ assets_ids: added, operation: 'subscribe' }));
    },
    stop() {
      stopped = true;
      clearTimeout(reconnect);
      socket?.terminate();
    },
  };
}
