import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as ids from '../src/ids.ts';
import {
  decodeId,
  encodeId,
  firstIdAt,
  ID_EPOCH_MS,
  ID_SEQUENCE_BITS,
  type IdKind,
  marketId,
  PREFIXES,
  timeOfId,
  tradeId,
} from '../src/ids.ts';

const LARGEST = 2n ** 63n - 1n;
const KINDS = Object.keys(PREFIXES) as IdKind[];
const anyId = fc.oneof(fc.bigInt({ min: 0n, max: LARGEST }), fc.bigInt({ min: 0n, max: 1_000n }), fc.constantFrom(0n, LARGEST));
const anyKind = fc.constantFrom(...KINDS);
const EPOCH = Number(ID_EPOCH_MS);
/** As far as 41 bits of milliseconds reach: 69 years. */
const anyMillisecond = fc.integer({ min: EPOCH, max: EPOCH + 2 ** 41 - 1 });

describe('the first id of a millisecond', () => {
  it.each(['0001-01-01T00:00:00Z', '2023-12-31T23:59:59Z'])('of %s, before there were ids, is the first of all', (at) => {
    expect(firstIdAt(new Date(at))).toBe(0n);
  });

  it.each(['2094-01-01T00:00:00Z', '7004-02-29T00:00:00Z', '9999-12-31T23:59:59Z'])('of %s, later than ids reach, is the last', (at) => {
    expect(firstIdAt(new Date(at))).toBe(LARGEST);
  });
});

describe('ids on the wire', () => {
  it('survive it, for every kind', () => {
    fc.assert(
      fc.property(anyKind, anyId, (kind, id) => decodeId(kind, encodeId(kind, id)) === id),
      { numRuns: 1_000 },
    );
  });

  it('are a prefix and 13 characters', () => {
    expect(encodeId('trade', 0n)).toBe('trd_0000000000000');
    expect(encodeId('trade', 31n)).toBe('trd_000000000000z');
    expect(encodeId('operator', 32n)).toBe('op_0000000000010');
    expect(encodeId('market', LARGEST)).toBe('mkt_7zzzzzzzzzzzz');
  });

  it('sort as text as they sort as numbers', () => {
    fc.assert(
      fc.property(anyKind, anyId, anyId, (kind, one, other) => {
        const [a, b] = [encodeId(kind, one), encodeId(kind, other)];
        expect(a < b).toBe(one < other);
      }),
    );
  });

  it('of one kind are never ids of another', () => {
    expect(new Set(Object.values(PREFIXES)).size).toBe(KINDS.length);
    fc.assert(
      fc.property(anyKind, anyKind, anyId, (kind, other, id) => {
        fc.pre(kind !== other);
        expect(decodeId(other, encodeId(kind, id))).toBeUndefined();
      }),
    );
  });

  it.each([
    '',
    'trd',
    'trd_',
    'trd_000000000000',
    'trd_00000000000000',
    'TRD_0000000000000',
    'trd_000000000000U',
    'trd_000000000000u',
    'trd_000000000000i',
    'trd_000000000000l',
    'trd_000000000000o',
    'trd_000000000000Z',
    'trd-0000000000000',
    ' trd_0000000000000',
    'trd_000000000000 ',
    'trd_8000000000000',
    'trd_zzzzzzzzzzzzz',
    'mkt_0000000000000',
    "trd_0' or 1=1 --",
    'trd_000000000000\u0000',
  ])('%j is no trade', (text) => {
    expect(decodeId('trade', text)).toBeUndefined();
    expect(tradeId.safeDecode(text).success).toBe(false);
  });

  it('no text makes decoding throw, and what decodes is written the same way', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^trd_[0-9a-z]{13}$/)), (text) => {
        const id = decodeId('trade', text);
        if (id !== undefined) expect(encodeId('trade', id)).toBe(text);
        expect(tradeId.safeDecode(text).success).toBe(id !== undefined);
      }),
      { numRuns: 1_000 },
    );
  });

  it('the codec says what it expected, for a wrong text and for one beyond a bigint', () => {
    const expected = [{ message: 'Expected an id like trd_…' }];
    expect(tradeId.safeDecode('mkt_0000000000000').error?.issues).toMatchObject(expected);
    expect(tradeId.safeDecode('trd_zzzzzzzzzzzzz').error?.issues).toMatchObject(expected);
    expect(tradeId.safeDecode('xtrd_0000000000000').success).toBe(false);
    expect(tradeId.safeDecode('trd_0000000000000x').success).toBe(false);
  });

  it('each codec has its own kind', () => {
    const codecs = {
      operator: ids.operatorId,
      operatorMember: ids.operatorMemberId,
      admin: ids.adminId,
      user: ids.userId,
      market: marketId,
      trade: tradeId,
      position: ids.positionId,
      ledger: ids.ledgerId,
      event: ids.eventId,
      breaker: ids.breakerId,
      apiKey: ids.apiKeyId,
      audit: ids.auditId,
      quote: ids.quoteId,
    };
    for (const [kind, codec] of Object.entries(codecs)) {
      const text = encodeId(kind as IdKind, 77n);
      expect(codec.decode(text)).toBe(77n);
      expect(codec.encode(77n as never)).toBe(text);
    }
    expect(marketId.safeEncode('77' as never).success).toBe(false);
  });
});

describe('ids and time', () => {
  it('an id remembers its millisecond, whatever its place within it', () => {
    fc.assert(
      fc.property(anyMillisecond, fc.bigInt({ min: 0n, max: (1n << ID_SEQUENCE_BITS) - 1n }), (at, place) => {
        expect(timeOfId(firstIdAt(new Date(at)) + place).getTime()).toBe(at);
      }),
    );
  });

  it('a later millisecond has larger ids than any of an earlier one', () => {
    fc.assert(
      fc.property(anyMillisecond, anyMillisecond, (one, other) => {
        fc.pre(one < other);
        expect(firstIdAt(new Date(one)) + (1n << ID_SEQUENCE_BITS) - 1n).toBeLessThan(firstIdAt(new Date(other)));
      }),
    );
  });

  it('begin at the epoch, and at zero before it', () => {
    expect(ID_EPOCH_MS).toBe(BigInt(Date.UTC(2024, 0, 1)));
    expect(firstIdAt(new Date(EPOCH))).toBe(0n);
    expect(firstIdAt(new Date(EPOCH + 1))).toBe(1n << 22n);
    expect(firstIdAt(new Date(EPOCH - 1))).toBe(0n);
    expect(firstIdAt(new Date(0))).toBe(0n);
    expect(timeOfId(0n).toISOString()).toBe('2024-01-01T00:00:00.000Z');
  });
});
