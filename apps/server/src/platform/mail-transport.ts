/** Hands one message to the mail server, or without one lays it into the outbox folder. Says what came of it; never throws. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { oneLine } from './mail-text.ts';

export type MailOutcome =
  | { kind: 'sent'; transport: 'smtp' | 'outbox'; answer: string }
  /** `final`: the server will not take this message, however often it is asked. */
  | { kind: 'unsent'; final: boolean; answer: string };
export type MailTransport = { send(message: SendMailOptions & { messageId: string }): Promise<MailOutcome>; close(): void };
export type MailServer = { smtpUrl: string | undefined; dataFolder: string; timeoutMs?: number };

const LONGEST_ANSWER = 300;
const clipped = (text: string): string => oneLine(text).slice(0, LONGEST_ANSWER);
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

type SmtpError = Error & { code?: string; command?: string; responseCode?: number; response?: string };

/** The recipient or the message itself is refused; what concerns the connection, the login or the sender is ours to mend and is tried again. */
const isFinal = ({ code, command, responseCode }: SmtpError): boolean =>
  responseCode !== undefined && responseCode >= 500 && ['EENVELOPE', 'EMESSAGE'].includes(code ?? '') && command !== 'MAIL FROM';

/** Encrypted unless the server is this machine or the address says `requireTLS=false`. */
function openSmtp(smtpUrl: string, timeoutMs: number): MailTransport {
  const { hostname, searchParams } = new URL(smtpUrl);
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    requireTLS: searchParams.has('requireTLS') ? searchParams.get('requireTLS') === 'true' : !LOOPBACK.test(hostname),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(message) {
      try {
        const { response } = await transport.sendMail(message);
        return { kind: 'sent', transport: 'smtp', answer: clipped(response) };
      } catch (error) {
        const failure = error as SmtpError;
        return { kind: 'unsent', final: isFinal(failure), answer: clipped(failure.response ?? failure.message) };
      }
    },
    close: () => transport.close(),
  };
}

/** Each message whole and readable by its owner alone: it may hold what only the recipient may know. */
function openOutbox(dataFolder: string): MailTransport {
  const folder = join(dataFolder, 'outbox');
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'unix',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(message) {
      try {
        const { message: bytes } = await transport.sendMail(message);
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const name = `${message.messageId.slice(1, message.messageId.indexOf('@'))}.eml`;
        const unfinished = join(folder, `.${name}`);
        writeFileSync(unfinished, bytes as Buffer, { mode: 0o600 });
        renameSync(unfinished, join(folder, name));
        return { kind: 'sent', transport: 'outbox', answer: join('outbox', name) };
      } catch (error) {
        return { kind: 'unsent', final: false, answer: clipped((error as Error).message) };
      }
    },
    close: () => transport.close(),
  };
}

const TIMEOUT_MS = 20_000;

export const openMailTransport = ({ smtpUrl, dataFolder, timeoutMs = TIMEOUT_MS }: MailServer): MailTransport =>
  smtpUrl ? openSmtp(smtpUrl, timeoutMs) : openOutbox(dataFolder);
