/** Recorded questions with how they ended, and the first price they had where one was recorded; the base rates counted from them. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { KINDS, type KindName, kindOf } from '../src/copilot/question.rules.ts';

export type RecordedQuestion = {
  question: string;
  yes: boolean;
  decidedAt: Date;
  /** The first mid of YES that was seen. */
  firstMid: number | null;
  set: 'oracle' | 'gamma' | 'quotes';
};

const FOLDER = process.env['PREDICTU_RECORDED_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data/polymarket');
export const hasRecordedQuestions = existsSync(join(FOLDER, 'resolutions/uma_resolutions_6001.json.gz'));

const read = (file: string): string => gunzipSync(readFileSync(join(FOLDER, file))).toString();

function cells(line: string): string[] {
  const found: string[] = [];
  let [cell, quoted] = ['', false];
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      found.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...found, cell];
}

type Resolution = { question: string | null; settled_price: number; resolved_at_unix: number };
const fromOracle = (): RecordedQuestion[] =>
  (JSON.parse(read('resolutions/uma_resolutions_6001.json.gz')) as { proposals: Resolution[] }).proposals.flatMap(
    ({ question, settled_price: price, resolved_at_unix: at }) =>
      question && (price === 0 || price === 1)
        ? [{ question, yes: price === 1, decidedAt: new Date(at * 1_000), firstMid: null, set: 'oracle' as const }]
        : [],
  );

type GammaRow = { question: string; closed: boolean; outcomePrices?: string; closedTime?: string; endDate?: string };
const fromGamma = (file: string): RecordedQuestion[] =>
  (JSON.parse(read(file)) as GammaRow[]).flatMap(({ question, closed, outcomePrices, closedTime, endDate }) => {
    const prices = (JSON.parse(outcomePrices ?? '[]') as string[]).map(Number);
    const [yes = 0.5] = prices;
    const decidedAt = new Date(closedTime ?? endDate ?? Number.NaN);
    const readable = closed && prices.length === 2 && (yes > 0.98 || yes < 0.02) && !Number.isNaN(decidedAt.getTime());
    return readable ? [{ question, yes: yes > 0.98, decidedAt, firstMid: null, set: 'gamma' as const }] : [];
  });

function fromQuotes(): RecordedQuestion[] {
  const mids = new Map<string, number>();
  for (const line of read('prices/quotes_2026-07-08.csv.gz').trim().split('\n').slice(1)) {
    const [, slug = '', , , mid] = line.split(',');
    if (mid && !mids.has(slug)) mids.set(slug, Number(mid));
  }
  return read('prices/quotes_markets_outcomes.csv.gz')
    .trim()
    .split('\n')
    .slice(1)
    .map(cells)
    .map(([slug = '', question = '', , , , last = '', yes = '']) => ({
      question,
      yes: yes.trim() === '1',
      decidedAt: new Date(`${last.replace(' ', 'T')}Z`),
      firstMid: mids.get(slug) ?? null,
      set: 'quotes',
    }));
}

export const recordedQuestions = (): RecordedQuestion[] => [
  ...fromOracle(),
  ...fromGamma('gamma/markets_mixed_2026-02-07.json.gz'),
  ...fromGamma('gamma/markets_legacy_2018-2021.json.gz'),
  ...fromQuotes(),
];

/** A touched price is decided at once by yes and only at the end by no: an archive of recent decisions has seen hardly any no. */
const biased = ({ question, set }: RecordedQuestion): boolean => set === 'oracle' && kindOf(question).name === 'touches';

export type Counted = Record<KindName, readonly [yes: number, all: number]>;
/** How often each kind of question ended with yes, among those decided before `until`. */
export function countKinds(questions: readonly RecordedQuestion[], until: Date): Counted {
  const known = questions.filter((one) => one.decidedAt < until && !biased(one));
  return Object.fromEntries(
    KINDS.map(({ name }) => {
      const ofKind = known.filter(({ question }) => kindOf(question).name === name);
      return [name, [ofKind.filter(({ yes }) => yes).length, ofKind.length]];
    }),
  ) as unknown as Counted;
}
