/** The receipt of a price: everything it was computed from, so that anybody can compute it again, to the last unit. */
import { type Cents, cents, type Price, price, shares } from '@predictu/contract/units';
import { executionPrice, type PricingInputs, priceMarket, type Quoted, type SpreadComponents } from './spread.rules.ts';

/** Plain JSON. Prices and spread parts are hundredths of a cent, money is cents, shares are hundredths, ages milliseconds. */
export type Receipt = {
  /** Version of the formula in docs/pricing.md. */
  formula: 1;
  snapshot_id: string | null;
  age_ms: number;
  mid: number;
  outcome: 'yes' | 'no';
  side: 'buy' | 'sell';
  price: number;
  spread: number;
  skew: number;
  components: { [K in keyof SpreadComponents]: number };
  inputs: {
    base_bps: number;
    min_bps: number;
    max_bps: number;
    risk_multiplier: number;
    discount: [threshold_cents: number, bps: number] | null;
    override_bps: number | null;
    liquidity_cents: number;
    utilisation_bps: number;
    yes_shares: number;
    no_shares: number;
    score: number;
    volume_cents: number;
  };
  /** Walls the trade passed, in order; none for a sale, which no wall stops. */
  walls: { wall: number; value_cents: number; limit_cents: number }[];
};

export type ReceiptParts = {
  snapshotId: bigint | null;
  inputs: PricingInputs;
  quoted: Quoted;
  outcome: 'yes' | 'no';
  side: 'buy' | 'sell';
  walls: readonly { wall: number; value: Cents; limit: Cents }[];
};

export function makeReceipt({ snapshotId, inputs, quoted, outcome, side, walls }: ReceiptParts): Receipt {
  const { settings } = inputs;
  const { components } = quoted;
  return {
    formula: 1,
    snapshot_id: snapshotId === null ? null : String(snapshotId),
    age_ms: inputs.priceAgeMs,
    mid: Number(quoted.mid),
    outcome,
    side,
    price: Number(executionPrice(quoted, outcome, side)),
    spread: Number(quoted.spread),
    skew: Number(quoted.skew),
    components: {
      base: Number(components.base),
      edge: Number(components.edge),
      liquidity: Number(components.liquidity),
      score: Number(components.score),
      age: Number(components.age),
      utilisation: Number(components.utilisation),
      discount: Number(components.discount),
      bounds: Number(components.bounds),
    },
    inputs: {
      base_bps: settings.baseBps,
      min_bps: settings.minBps,
      max_bps: settings.maxBps,
      risk_multiplier: settings.riskMultiplier,
      discount: settings.volumeDiscount && [Number(settings.volumeDiscount.thresholdCents), settings.volumeDiscount.bps],
      override_bps: inputs.spreadOverrideBps,
      liquidity_cents: Number(inputs.liquidity),
      utilisation_bps: Number(inputs.utilisationBps),
      yes_shares: Number(inputs.yesShares),
      no_shares: Number(inputs.noShares),
      score: inputs.score,
      volume_cents: Number(inputs.playerVolume),
    },
    walls: walls.map(({ wall, value, limit }) => ({ wall, value_cents: Number(value), limit_cents: Number(limit) })),
  };
}

/** What the receipt says it was computed from. */
function inputsOf({ mid, age_ms, inputs }: Receipt): PricingInputs {
  return {
    mid: price(BigInt(mid)),
    settings: {
      baseBps: inputs.base_bps,
      minBps: inputs.min_bps,
      maxBps: inputs.max_bps,
      riskMultiplier: inputs.risk_multiplier,
      volumeDiscount: inputs.discount && { thresholdCents: cents(BigInt(inputs.discount[0])), bps: inputs.discount[1] },
    },
    spreadOverrideBps: inputs.override_bps,
    liquidity: cents(BigInt(inputs.liquidity_cents)),
    utilisationBps: BigInt(inputs.utilisation_bps),
    yesShares: shares(BigInt(inputs.yes_shares)),
    noShares: shares(BigInt(inputs.no_shares)),
    score: inputs.score,
    playerVolume: cents(BigInt(inputs.volume_cents)),
    priceAgeMs: age_ms,
  };
}

/** The executed price, computed again from the receipt's inputs alone: it must equal the receipt's `price` and the trade's. */
export const recomputeFromReceipt = (receipt: Receipt): Price =>
  executionPrice(priceMarket(inputsOf(receipt)), receipt.outcome, receipt.side);
