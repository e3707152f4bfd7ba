/** The simulated exchange: which questions exist when, and the payloads it would send, in the shapes of Gamma and the CLOB. */
import { CATEGORIES, type Category } from '@predictu/contract/shapes/category';
import { type NewsPlan, newsPlan, noise, probability } from './simulated-path.rules.ts';
import { TEMPLATES } from './simulated-questions.rules.ts';
import { CALENDAR } from './simulated-subjects.rules.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One place in the catalogue: when its question ends, another one opens. */
export type Slot = { category: Category; index: number; seed: number };
export type Question = {
  id: string;
  seed: number;
  category: Category;
  title: string;
  description: string;
  tags: readonly string[];
  opensAt: number;
  endsAt: number;
  /** When the result is announced. */
  decidedAt: number;
  start: number;
  plan: NewsPlan;
  /** Cancelled events pay both sides half. */
  cancelled: boolean;
  /** Typical depth of its book in dollars. */
  depth: number;
  tokens: readonly [yes: string, no: string];
};

export const slotsOf = (seed: number): Slot[] =>
  CATEGORIES.flatMap((category, number) =>
    Array.from({ length: CALENDAR[category].slots }, (_, index) => ({
      category,
      index,
      seed: Math.floor(noise(seed, number, index) * 4_294_967_296),
    })),
  );

/** The questions of a slot, the first one already under way at `epoch`. Endless. */
export function* questionsOf(slot: Slot, epoch: number): Generator<Question> {
  const [least, most] = CALENDAR[slot.category].days;
  const lifeOf = (turn: number): number => (least + (most - least) * noise(slot.seed, turn, 21) ** 2) * DAY;
  let opensAt = epoch - lifeOf(0) * noise(slot.seed, 20);
  for (let turn = 0; ; turn += 1) {
    // Real questions end on the hour.
    const endsAt = Math.ceil((opensAt + lifeOf(turn)) / HOUR) * HOUR;
    const question = questionAt(slot, turn, Math.floor(opensAt), endsAt);
    yield question;
    opensAt = question.decidedAt + noise(slot.seed, turn, 22) * 4 * HOUR;
  }
}

function questionAt(slot: Slot, turn: number, opensAt: number, endsAt: number): Question {
  const seed = Math.floor(noise(slot.seed, turn, 23) * 4_294_967_296);
  const templates = TEMPLATES[slot.category];
  const pick = <T>(list: readonly T[], step: number): T => list[step % list.length] as T;
  const template = pick(templates, slot.index);
  const sharing = Math.ceil(CALENDAR[slot.category].slots / templates.length);
  const subject = pick(template.subjects, Math.floor(slot.index / templates.length) + turn * sharing);
  const level = template.levels ? pick(template.levels, Math.floor(noise(seed, 25) * 100)) : '';
  const date = longDate(endsAt);
  const fill = (text: string): string => text.replaceAll('{subject}', subject).replaceAll('{level}', level).replaceAll('{date}', date);
  const clock = `${String(new Date(endsAt).getUTCHours()).padStart(2, '0')}:00 UTC`;
  return {
    seed,
    category: slot.category,
    opensAt,
    endsAt,
    tags: template.tags,
    title: fill(template.title),
    id: `0x${hex(seed, 31)}${hex(slot.seed, 32)}${hex(turn, 33)}`,
    description: [
      `This market resolves YES if ${fill(template.yes)}. ${fill(template.otherwise)}`,
      `The cut-off is ${clock} on ${date}. The resolution source is ${template.source}. If that source is unavailable for three days, a consensus of credible reports is used.`,
    ].join('\n\n'),
    decidedAt: endsAt + Math.floor(noise(seed, 26) * 90 + 5) * 60_000,
    start: (noise(seed, 27) - 0.5) * 2.4,
    plan: newsPlan(seed),
    cancelled: slot.category === 'sports' && noise(seed, 28) < 0.02,
    depth: Math.floor(1_500 * 200 ** (noise(seed, 29) ** 1.3)),
    tokens: [digits(seed, slot.seed, turn, 1), digits(seed, slot.seed, turn, 2)],
  };
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const longDate = (at: number): string => {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};
const hex = (key: number, salt: number): string =>
  Array.from({ length: 3 }, (_, part) =>
    Math.floor(noise(key, salt, part) * 16 ** 7)
      .toString(16)
      .padStart(7, '0'),
  ).join('');
const digits = (...keys: readonly number[]): string =>
  Array.from({ length: 5 }, (_, part) => String(Math.floor(noise(...keys, 40, part) * 1e15)).padStart(15, '1'))
    .join('')
    .replace(/^0/, '1');

/** 'yes', 'no' or 'split', fixed from the first moment on. */
const resultOf = (question: Question): 'yes' | 'no' | 'split' =>
  question.cancelled ? 'split' : probability(question.seed, question.plan, question.start, 1) === 1 ? 'yes' : 'no';

const ageAt = ({ opensAt, endsAt }: Question, at: number): number => Math.min(0.999_999, Math.max(0, (at - opensAt) / (endsAt - opensAt)));

/** Best bid and ask in thousandths of a dollar: finer ticks near the ends, wider books where little is offered. */
export function topAt(question: Question, at: number): { bid: number; ask: number } {
  const p = probability(question.seed, question.plan, question.start, ageAt(question, at));
  const tick = p < 0.04 || p > 0.96 ? 1 : 10;
  const ticks = question.depth > 50_000 ? 1 : question.depth > 10_000 ? 2 : 3;
  const bid = Math.max(1, Math.floor((p * 1_000 - (tick * ticks) / 2) / tick) * tick);
  const ask = bid + tick * ticks;
  return ask > 999 ? { bid: 999 - tick * ticks, ask: 999 } : { bid, ask };
}

const thousandths = (value: number): string => `0.${String(value).padStart(3, '0')}`;

/** Dollars offered in the book; it breathes with the hour. */
const liquidityAt = (question: Question, at: number): number =>
  Math.floor(question.depth * (0.6 + 0.8 * noise(question.seed, 51, Math.floor(at / HOUR))));
/** Dollars traded so far, more of it towards the end. */
const volumeAt = (question: Question, at: number): number => {
  const age = ageAt(question, at);
  return Math.floor(question.depth * (2 + 20 * noise(question.seed, 52)) * (0.3 * age + 0.7 * age ** 3));
};

/** The event of `/events` that carries the question. */
export function eventPayload(question: Question, at: number): Record<string, unknown> {
  const closed = at >= question.decidedAt;
  const { bid, ask } = topAt(question, at);
  const mid = (bid + ask) / 2_000;
  const result = closed ? resultOf(question) : undefined;
  const prices =
    result === undefined
      ? [String(mid), String(1 - mid)]
      : result === 'split'
        ? ['0.5', '0.5']
        : result === 'yes'
          ? ['1', '0']
          : ['0', '1'];
  const slug = question.title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const updatedAt = new Date(at).toISOString();
  return {
    id: `event-${question.id.slice(2, 12)}`,
    title: question.title,
    slug,
    tags: question.tags.map((label) => ({ label, slug: label.toLowerCase() })),
    markets: [
      {
        id: question.id.slice(2, 12),
        question: question.title,
        conditionId: question.id,
        slug,
        description: question.description,
        outcomes: '["Yes", "No"]',
        outcomePrices: JSON.stringify(prices),
        clobTokenIds: JSON.stringify(question.tokens),
        endDate: new Date(question.endsAt).toISOString(),
        startDate: new Date(question.opensAt).toISOString(),
        updatedAt,
        active: true,
        closed,
        archived: false,
        acceptingOrders: !closed,
        enableOrderBook: true,
        orderPriceMinTickSize: 0.001,
        bestBid: bid / 1_000,
        bestAsk: ask / 1_000,
        volume: String(volumeAt(question, at)),
        liquidity: closed ? undefined : String(liquidityAt(question, at)),
        ...(closed && { umaResolutionStatus: 'resolved', closedTime: updatedAt.replace('T', ' ').replace(/\.\d+Z/, '+00') }),
      },
    ],
  };
}

/** The websocket message that states the top of the book. */
export function pricePayload(question: Question, at: number, { bid, ask }: { bid: number; ask: number }): Record<string, unknown> {
  const [asset_id] = question.tokens;
  return {
    event_type: 'price_change',
    market: question.id,
    timestamp: String(at),
    price_changes: [
      { asset_id, price: thousandths(bid), side: 'BUY', size: '100', best_bid: thousandths(bid), best_ask: thousandths(ask) },
    ],
  };
}

/** The websocket message that names the winner; a split has none, its closed row says it. */
export function resolvedPayload(question: Question, at: number): Record<string, unknown> | undefined {
  const result = resultOf(question);
  if (result === 'split') return undefined;
  const winner = question.tokens[result === 'yes' ? 0 : 1];
  return {
    event_type: 'market_resolved',
    market: question.id,
    assets_ids: question.tokens,
    winning_asset_id: winner,
    winning_outcome: result === 'yes' ? 'Yes' : 'No',
    timestamp: String(at),
  };
}
