/** What a visitor's browser calls: log in, cashier, own statement, and a fresh launch token for the prediction markets. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { signLaunchToken } from './launch-token.ts';
import type { Ledger, Player, Row } from './ledger.ts';
import type { Sessions } from './sessions.ts';

export type LobbyParts = { ledger: Ledger; sessions: Sessions; keys: { apiKey: string; apiSecret: string }; guests: readonly string[] };

const STATEMENT_ROWS = 100;
const LARGEST_CENTS = 100_000_00;

const shown = ({ id, name, balance, blocked, betLimit }: Player) => ({ id, name, balance, blocked, bet_limit: betLimit });
const refuse = (reply: FastifyReply, code: number, message: string) => reply.code(code).send({ message });

/** Whole cents of an amount as people write it: `25`, `25.5`, `1,250.50`. Undefined for anything else. */
export function readDollars(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?$/.test(text.trim())) return undefined;
  const [whole = '', cents = ''] = text.trim().replaceAll(',', '').split('.');
  const amount = Number(whole) * 100 + Number(cents.padEnd(2, '0'));
  return amount > 0 && amount <= LARGEST_CENTS ? amount : undefined;
}

export function addLobbyRoutes(app: FastifyInstance, { ledger, sessions, keys, guests }: LobbyParts): void {
  const playerOf = (request: FastifyRequest): Player | undefined => ledger.players.get(sessions.playerOf(request) ?? '');

  app.get('/guests', async () => guests.flatMap((id) => ledger.players.get(id) ?? []).map(shown));

  app.post('/login', async (request, reply) => {
    const { player_id: id } = (request.body ?? {}) as { player_id?: unknown };
    const player = typeof id === 'string' ? ledger.players.get(id) : undefined;
    if (!player) return refuse(reply, 404, 'There is no such player here');
    sessions.begin(reply, player.id);
    return shown(player);
  });

  app.post('/logout', async (request, reply) => {
    sessions.end(request, reply);
    return { ok: true };
  });

  app.get('/me', async (request) => {
    const player = playerOf(request);
    return { player: player ? shown(player) : null };
  });

  app.get('/me/statement', async (request, reply) => {
    const player = playerOf(request);
    if (!player) return refuse(reply, 401, 'Nobody is logged in');
    const rows: Row[] = [];
    for (let index = ledger.rows.length - 1; index >= 0 && rows.length < STATEMENT_ROWS; index -= 1) {
      const row = ledger.rows[index];
      if (row?.player_id === player.id && row.kind !== 'opened' && row.kind !== 'limits') rows.push(row);
    }
    return { rows };
  });

  app.post('/cashier', async (request, reply) => {
    const player = playerOf(request);
    if (!player) return refuse(reply, 401, 'Nobody is logged in');
    const { kind, amount_usd: given } = (request.body ?? {}) as { kind?: unknown; amount_usd?: unknown };
    const amount = readDollars(given);
    if (kind !== 'deposit' && kind !== 'withdrawal') return refuse(reply, 422, 'Deposit or withdrawal');
    if (amount === undefined) return refuse(reply, 422, 'Write an amount like 25 or 25.50, at most 100,000');
    const row = ledger.pay(player.id, kind, amount);
    if (!row) return refuse(reply, 422, 'There is not that much in the account');
    await ledger.flushed();
    return { player: shown(player), row };
  });

  app.get('/launch-token', async (request, reply) => {
    const player = playerOf(request);
    if (!player) return refuse(reply, 401, 'Nobody is logged in');
    return reply.header('cache-control', 'no-store').send({ token: await signLaunchToken(keys, player) });
  });
}
