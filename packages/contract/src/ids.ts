/**
 * Ids. In the database an id is a bigint whose upper bits are the millisecond it was made, so ids sort by time;
 * on the wire it is a prefix that names its kind and 13 characters of Crockford base 32 (`trd_0d5k3m8a00004`).
 */
import { z } from 'zod';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 13;
const LARGEST = 2n ** 63n - 1n;

/** Ids count milliseconds from 2024-01-01T00:00:00Z; 22 bits below tell apart ids of one millisecond. */
export const ID_EPOCH_MS = 1_704_067_200_000n;
export const ID_SEQUENCE_BITS = 22n;

/** The smallest id of a millisecond: an id is also a time index. Times no id can name give the first or the last. */
export const firstIdAt = (at: Date): bigint => {
  const elapsed = BigInt(at.getTime()) - ID_EPOCH_MS;
  if (elapsed <= 0n) return 0n;
  const first = elapsed << ID_SEQUENCE_BITS;
  return first < LARGEST ? first : LARGEST;
};

/** The millisecond in which an id was made. */
export const timeOfId = (id: bigint): Date => new Date(Number((id >> ID_SEQUENCE_BITS) + ID_EPOCH_MS));

export const PREFIXES = {
  operator: 'op',
  operatorMember: 'opu',
  admin: 'adm',
  user: 'usr',
  market: 'mkt',
  trade: 'trd',
  order: 'ord',
  position: 'pos',
  ledger: 'ldg',
  event: 'evt',
  breaker: 'cb',
  settlement: 'stl',
  invoice: 'inv',
  apiKey: 'key',
  origin: 'org',
  report: 'rpt',
  export: 'exp',
  schedule: 'sched',
  file: 'file',
  activity: 'act',
  audit: 'aud',
  transaction: 'txn',
  quote: 'qte',
  request: 'req',
  alert: 'alr',
  notification: 'ntf',
  application: 'app',
  mail: 'mail',
  score: 'scr',
  suggestion: 'sug',
  answer: 'ans',
  invitation: 'ivt',
} as const;
export type IdKind = keyof typeof PREFIXES;

declare const kind: unique symbol;
export type Id<K extends IdKind> = bigint & { readonly [kind]: K };

// An id is worked on as numbers of 30 bits: bigint arithmetic digit by digit costs three times as much on every request.
const LOW_30 = 2n ** 30n - 1n;
const DIGITS = new Map([...ALPHABET].map((character, value) => [character.charCodeAt(0), value]));

const sixDigits = (part: number): string =>
  `${ALPHABET[(part >>> 25) & 31]}${ALPHABET[(part >>> 20) & 31]}${ALPHABET[(part >>> 15) & 31]}${ALPHABET[(part >>> 10) & 31]}${ALPHABET[(part >>> 5) & 31]}${ALPHABET[part & 31]}`;

/** The value of up to six digits, or -1 when one of them is none. */
function digitsToNumber(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index += 1) {
    const digit = DIGITS.get(text.charCodeAt(index));
    if (digit === undefined) return -1;
    value = value * 32 + digit;
  }
  return value;
}

export function encodeId(idKind: IdKind, id: bigint): string {
  const top = ALPHABET[Number(id >> 60n)];
  return `${PREFIXES[idKind]}_${top}${sixDigits(Number((id >> 30n) & LOW_30))}${sixDigits(Number(id & LOW_30))}`;
}

/** The id a wire text names, or undefined when the text is not an id of this kind. */
export function decodeId<K extends IdKind>(idKind: K, text: string): Id<K> | undefined {
  const prefix = `${PREFIXES[idKind]}_`;
  if (!text.startsWith(prefix) || text.length !== prefix.length + LENGTH) return undefined;
  const at = prefix.length;
  const [top, middle, low] = [
    digitsToNumber(text, at, at + 1),
    digitsToNumber(text, at + 1, at + 7),
    digitsToNumber(text, at + 7, at + 13),
  ];
  if (top < 0 || middle < 0 || low < 0) return undefined;
  const id = (BigInt(top) << 60n) | (BigInt(middle) << 30n) | BigInt(low);
  return id <= LARGEST ? (id as Id<K>) : undefined;
}

/** The codec of one kind of id: wire text <-> bigint. */
function id<K extends IdKind>(idKind: K) {
  const pattern = new RegExp(`^${PREFIXES[idKind]}_[${ALPHABET}]{${LENGTH}}$`);
  return z.codec(
    z.string().regex(pattern, `Expected an id like ${PREFIXES[idKind]}_…`),
    z.custom<Id<K>>((value) => typeof value === 'bigint'),
    {
      decode: (text, context) => {
        const value = decodeId(idKind, text);
        if (value !== undefined) return value;
        context.issues.push({ code: 'custom', input: text, message: `Expected an id like ${PREFIXES[idKind]}_…` });
        return z.NEVER;
      },
      encode: (value) => encodeId(idKind, value),
    },
  );
}

export const operatorId = id('operator');
export const operatorMemberId = id('operatorMember');
export const adminId = id('admin');
export const userId = id('user');
export const marketId = id('market');
export const tradeId = id('trade');
export const orderId = id('order');
export const positionId = id('position');
export const ledgerId = id('ledger');
export const eventId = id('event');
export const breakerId = id('breaker');
export const apiKeyId = id('apiKey');
export const auditId = id('audit');
export const activityId = id('activity');
export const originId = id('origin');
export const quoteId = id('quote');
export const settlementId = id('settlement');
export const invoiceId = id('invoice');
export const transactionId = id('transaction');
export const requestId = id('request');
export const mailId = id('mail');
export const fileId = id('file');
export const applicationId = id('application');
export const alertId = id('alert');
export const notificationId = id('notification');
export const answerId = id('answer');
export const scoreId = id('score');
export const invitationId = id('invitation');
export const reportId = id('report');
export const exportId = id('export');
export const scheduleId = id('schedule');
export const suggestionId = id('suggestion');
