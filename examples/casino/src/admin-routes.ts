/** The back office: faults, players, latest callbacks, the books. Only from this machine. */
import { isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallbackLog } from './callback-route.ts';
import { FAULTS, type Faults, METHODS, readRules } from './faults.ts';
import type { Ledger } from './ledger.ts';
import { statementOf } from './statement.ts';

const isLoopback = (address: string): boolean => /^(::ffff:)?127\.|^::1$/.test(address);

/** The address and the name asked for: a web page elsewhere that points its own name at this machine does not pass. */
export function isLocal(request: FastifyRequest): boolean {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return isLoopback(request.socket.remoteAddress ?? '') && (name === 'localhost' || (isIP(name) > 0 && isLoopback(name)));
}

const wholeNumber = (text: unknown, fallback: number): number =>
  typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : fallback;

export type AdminParts = { ledger: Ledger; faults: Faults; log: CallbackLog };

export function addAdminRoutes(app: FastifyInstance, { ledger, faults, log }: AdminParts): void {
  app.get('/faults', async () => ({ rules: faults.rules(), faults: FAULTS, methods: METHODS }));

  app.put('/faults', async (request, reply) => {
    const rules = readRules(request.body);
    if (typeof rules === 'string') return reply.code(422).send({ message: rules });
    faults.replace(rules);
    return { rules };
  });

  app.get('/callbacks', async () => ({ total: log.count(), callbacks: log.latest() }));

  app.get('/players', async () => ({
    players: [...ledger.players.values()].map(({ id, name, balance, blocked, betLimit }) => ({
      id,
      name,
      balance,
      blocked,
      bet_limit: betLimit,
    })),
  }));

  app.put('/players/:id', async (request, reply) => {
    const { id } = request.params as { id: string };
    const { blocked, bet_limit: betLimit } = (request.body ?? {}) as { blocked?: unknown; bet_limit?: unknown };
    if (!ledger.players.has(id)) return reply.code(404).send({ message: 'There is no such player here' });
    if (typeof blocked !== 'boolean' || !(betLimit === null || (Number.isSafeInteger(betLimit) && (betLimit as number) >= 0))) {
      return reply.code(422).send({ message: 'Expected {"blocked": boolean, "bet_limit": cents or null}' });
    }
    ledger.limit(id, { blocked, betLimit: betLimit as number | null });
    await ledger.flushed();
    return ledger.players.get(id);
  });

  app.get('/ledger', async (request) => {
    const { after, limit } = request.query as Record<string, unknown>;
    await ledger.flushed();
    return statementOf(ledger, { after: wholeNumber(after, 0), limit: wholeNumber(limit, Number.MAX_SAFE_INTEGER) });
  });
}
