/** How good scores have been, beside the market: Brier, hit rate, return of following, calibration. */

export type Outcome = { probability: number; marketPrice: number | null; yes: boolean };
export type Bin = { from: number; to: number; count: number; meanProbability: number | null; shareYes: number | null };
export type Metrics = {
  count: number;
  brier: number | null;
  marketCount: number;
  brierWherePriced: number | null;
  marketBrier: number | null;
  hitRate: number | null;
  marketHitRate: number | null;
  roi: number | null;
  marketRoi: number | null;
  roiDelta: number | null;
  calibration: Bin[];
};

const BINS = 10;
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : rounded(values.reduce((sum, value) => sum + value, 0) / values.length);
const truth = (yes: boolean): number => (yes ? 1 : 0);

export const brierOf = (probability: number, yes: boolean): number => (probability - truth(yes)) ** 2;
const hit = (probability: number, yes: boolean): number => (probability === 0.5 ? 0.5 : truth(probability > 0.5 === yes));

/** What $1 on one side at this price of yes brings, the dollar taken off. */
const returnOf = (side: 'yes' | 'no', price: number, yes: boolean): number => {
  const paid = side === 'yes' ? price : 1 - price;
  return (side === 'yes') === yes ? 1 / paid - 1 : -1;
};
/** The side the score thinks too cheap; nothing is staked when both say the same. */
const stakedOn = ({ probability, marketPrice }: Outcome): 'yes' | 'no' | null =>
  marketPrice === null || probability === marketPrice ? null : probability > marketPrice ? 'yes' : 'no';

export function calibrationOf(outcomes: readonly Outcome[]): Bin[] {
  return Array.from({ length: BINS }, (_, index) => {
    const held = outcomes.filter(({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === index);
    return {
      from: index / BINS,
      to: (index + 1) / BINS,
      count: held.length,
      meanProbability: mean(held.map(({ probability }) => probability)),
      shareYes: mean(held.map(({ yes }) => truth(yes))),
    };
  });
}

export function metricsOf(outcomes: readonly Outcome[]): Metrics {
  const priced = outcomes.filter((one): one is Outcome & { marketPrice: number } => one.marketPrice !== null);
  const staked = priced.flatMap((one) => {
    const side = stakedOn(one);
    return side ? [returnOf(side, one.marketPrice, one.yes)] : [];
  });
  const roi = mean(staked);
  const marketRoi = mean(priced.map(({ marketPrice, yes }) => returnOf(marketPrice >= 0.5 ? 'yes' : 'no', marketPrice, yes)));
  return {
    count: outcomes.length,
    brier: mean(outcomes.map(({ probability, yes }) => brierOf(probability, yes))),
    marketCount: priced.length,
    brierWherePriced: mean(priced.map(({ probability, yes }) => brierOf(probability, yes))),
    marketBrier: mean(priced.map(({ marketPrice, yes }) => brierOf(marketPrice, yes))),
    hitRate: mean(outcomes.map(({ probability, yes }) => hit(probability, yes))),
    marketHitRate: mean(priced.map(({ marketPrice, yes }) => hit(marketPrice, yes))),
    roi,
    marketRoi,
    roiDelta: roi === null || marketRoi === null ? null : rounded(roi - marketRoi),
    calibration: calibrationOf(outcomes),
  };
}

/** Fewer settled questions than this say nothing about who is better. */
const ENOUGH = 30;

export function verdictOf({ marketCount, brierWherePriced, marketBrier }: Metrics): string {
  if (marketCount < ENOUGH || brierWherePriced === null || marketBrier === null) {
    return `Only ${marketCount} settled ${marketCount === 1 ? 'question' : 'questions'} with a market price: too few to compare the score with the market.`;
  }
  const [better, by] = [brierWherePriced < marketBrier, Math.round(Math.abs(brierWherePriced - marketBrier) * 10_000) / 10_000];
  if (by === 0) return `Over ${marketCount} questions the score and the market have been equally good.`;
  return `Over ${marketCount} questions the ${better ? 'score' : 'market'} has been the better of the two, by ${by} Brier.`;
}
