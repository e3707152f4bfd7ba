/** Which origins may be asked for, and what proves that a domain is the operator's. */
import { TXT_NAME } from '@predictu/contract/shapes/embed';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[.*\])$/;
/** At least two labels, the last not a number. */
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** This machine: a page under development, which no DNS speaks for. */
export const isLoopback = (origin: string): boolean => LOOPBACK.has(new URL(origin).hostname);

/** What was expected in place of this origin, or null when it may be asked for. `loopback`: this machine may, too. */
export function originProblem(text: string, { loopback }: { loopback: boolean }): string | null {
  if (!URL.canParse(text)) return 'an origin like https://example-casino.com';
  const { origin, protocol, hostname } = new URL(text);
  if (loopback && ['http:', 'https:'].includes(protocol) && LOOPBACK.has(hostname)) {
    return origin === text ? null : `an origin without a path, like ${origin}`;
  }
  if (protocol !== 'https:') return 'an origin that begins with https://';
  if (origin !== text) return `an origin without a path or a slash at the end, like ${origin}`;
  if (ADDRESS.test(hostname) || !DOMAIN.test(hostname)) return 'a public domain name, not an address';
  return null;
}

export const recordOf = (token: string): string => `predictu-verify=${token}`;
export const instructionsOf = (token: string): string => `Add a DNS TXT record: ${recordOf(token)}`;

/** Where the record may stand: at the domain, or beside it, because a domain that is an alias can have no record of its own. */
export const namesToAsk = (origin: string): [own: string, beside: string] => {
  const { hostname } = new URL(origin);
  return [hostname, `${TXT_NAME}.${hostname}`];
};

const LATE_MS = 24 * 3_600_000;
/** Whether this is the first look at it after a day without proof: then somebody is told, once. */
export const becomesLate = ({ createdAt, lastCheckedAt }: { createdAt: Date; lastCheckedAt: Date | null }, now: Date): boolean =>
  now.getTime() - createdAt.getTime() >= LATE_MS && (lastCheckedAt === null || lastCheckedAt.getTime() - createdAt.getTime() < LATE_MS);

/** What DNS said: the texts of all records, or why it said nothing. */
export type TxtAnswer = { records: readonly string[] } | { failure: string };
export type Proof = { verified: boolean; detail: string };

/** Whether one of the names has the record. `answers` in the order of `namesToAsk`. */
export function judgeProof(origin: string, token: string, answers: readonly TxtAnswer[]): Proof {
  const names = namesToAsk(origin);
  const found = answers.findIndex((answer) => 'records' in answer && answer.records.some((text) => text.trim() === recordOf(token)));
  if (found >= 0) return { verified: true, detail: `${names[found]} has the record` };
  const failed = answers.findIndex((answer) => 'failure' in answer);
  const failure = answers[failed];
  if (failure && 'failure' in failure) return { verified: false, detail: `${names[failed]}: ${failure.failure}` };
  const other = answers.some((answer) => 'records' in answer && answer.records.some((text) => text.trim().startsWith('predictu-verify=')));
  return { verified: false, detail: other ? `${names[0]} has a record with another token` : `${names[0]} has no such record` };
}
