/** Who is logged in to the casino: a random cookie per visitor, forgotten at a restart. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'lucky_session';
const MOST_SESSIONS = 10_000;

export function openSessions() {
  const sessions = new Map<string, string>();
  const tokenOf = ({ headers }: FastifyRequest): string | undefined =>
    headers.cookie
      ?.split(/;\s*/)
      .find((cookie) => cookie.startsWith(`${NAME}=`))
      ?.slice(NAME.length + 1);
  const setCookie = (reply: FastifyReply, value: string, rest = ''): void => {
    reply.header('set-cookie', `${NAME}=${value}; Path=/; HttpOnly; SameSite=Lax${rest}`);
  };
  return {
    playerOf: (request: FastifyRequest): string | undefined => sessions.get(tokenOf(request) ?? ''),
    begin(reply: FastifyReply, playerId: string): void {
      const token = randomBytes(24).toString('base64url');
      sessions.set(token, playerId);
      const oldest = sessions.keys().next();
      if (sessions.size > MOST_SESSIONS && !oldest.done) sessions.delete(oldest.value);
      setCookie(reply, token);
    },
    end(request: FastifyRequest, reply: FastifyReply): void {
      sessions.delete(tokenOf(request) ?? '');
      setCookie(reply, '', '; Max-Age=0');
    },
  };
}
export type Sessions = ReturnType<typeof openSessions>;
