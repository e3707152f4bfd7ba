/** A mail server in this process that keeps what it takes, and fails as it is told. */

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

type Stage = 'login' | 'sender' | 'recipient' | 'data';
export type MailServer = {
  /** `smtp://…` or, of a secure one, `smtps://…`; with the name and the password it wants. */
  url: string;
  taken: { raw: string; mail: Email; from: string; to: string[]; secure: boolean }[];
  /** At this stage the server answers with this code until it is told otherwise; `hang up` cuts the line in the middle of a message. */
  fail: { stage: Stage; code: number } | 'hang up' | null;
  close(): Promise<void>;
};
export const MAIL_LOGIN = { user: 'postmaster', pass: 'correct horse/battery@!' };

export async function openMailServer(
  options: Pick<SMTPServerOptions, 'secure' | 'hideSTARTTLS' | 'disabledCommands'> = {},
): Promise<MailServer> {
  const failing = (stage: Stage): Error | null => {
    const { fail } = server;
    if (fail === null || fail === 'hang up' || fail.stage !== stage) return null;
    return Object.assign(new Error(`told to fail at ${stage}`), { responseCode: fail.code });
  };
  const sockets = new Set<Socket>();
  const smtp = new SMTPServer({
    ...options,
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      const error = failing('login');
      if (error) return done(error);
      if (username !== MAIL_LOGIN.user || password !== MAIL_LOGIN.pass) return done(new Error('Wrong name or password'));
      return done(null, { user: username });
    },
    onMailFrom: (_address, _session, done) => done(failing('sender')),
    onRcptTo: (_address, _session, done) => done(failing('recipient')),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => {
        parts.push(part);
        if (server.fail === 'hang up') for (const socket of sockets) socket.destroy();
      });
      stream.on('end', async () => {
        const error = failing('data');
        if (error) return done(error);
        const raw = Buffer.concat(parts).toString('utf8');
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : '';
        server.taken.push({
          raw,
          mail: await PostalMime.parse(raw),
          from,
          to: rcptTo.map(({ address }) => address),
          secure: session.secure,
        });
        return done(null);
      });
    },
  });
  smtp.on('error', () => {});
  smtp.server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    smtp.listen(0, '127.0.0.1', resolve);
  });
  const { port } = smtp.server.address() as AddressInfo;
  const server: MailServer = {
    url: `${options.secure ? 'smtps' : 'smtp'}://${MAIL_LOGIN.user}:${encodeURIComponent(MAIL_LOGIN.pass)}@127.0.0.1:${port}`,
    taken: [],
    fail: null,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        smtp.close(resolve);
      }),
  };
  return server;
}

/** Takes connections and never says a word, or ends them at once. */
export async function openDeafServer(behaviour: 'silent' | 'closing'): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (behaviour === 'closing') socket.end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
