/** An open loop: so many requests a second at an even pace, however long the answers take. */
import type { Caller, Reply } from './caller.ts';

export type Paced = {
  /** Sends the next request, and says what to do with its answer. */
  next(): { request: string; answered(reply: Reply): void };
  connect(): Promise<Caller>;
};
export type Pace = {
  /** No more are sent; resolves once all that were are answered, with how many that were. */
  stop(): Promise<number>;
};

const CONNECTIONS = 16;
/** More under way than this, and the server is not keeping up: the run measures a queue. */
const MOST_UNDER_WAY = 512;

/** Each millisecond has its share of the requests; connections take turns, so that none idles until it is closed, and a request that finds none free gets another. */
export async function keepPace(perSecond: number, { next, connect }: Paced): Promise<Pace> {
  const open = await Promise.all(Array.from({ length: CONNECTIONS }, connect));
  const idle = [...open];
  let sent = 0;
  let underWay = 0;
  let due = 0;
  let last = performance.now();
  let ended: (() => void) | undefined;

  function ask(caller: Caller): void {
    const { request, answered } = next();
    caller.ask(request, (reply) => {
      idle.push(caller);
      underWay -= 1;
      answered(reply);
      if (underWay === 0) ended?.();
    });
  }
  async function askAnew(): Promise<void> {
    const caller = await connect();
    open.push(caller);
    ask(caller);
  }

  const timer = setInterval(() => {
    const now = performance.now();
    due += ((now - last) * perSecond) / 1_000;
    last = now;
    for (; due >= 1; due -= 1) {
      underWay += 1;
      sent += 1;
      if (underWay > MOST_UNDER_WAY)
        throw new Error(`${MOST_UNDER_WAY} requests wait: the server cannot keep a pace of ${perSecond} a second`);
      const caller = idle.shift();
      if (caller) ask(caller);
      else void askAnew();
    }
  }, 1);

  return {
    async stop() {
      clearInterval(timer);
      if (underWay > 0)
        await new Promise<void>((resolve) => {
          ended = resolve;
        });
      for (const caller of open) caller.close();
      return sent;
    },
  };
}
