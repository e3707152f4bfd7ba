/**
 * How the forecast would have done on the past of a running installation, beside the model alone and the last week repeated:
 * node --import tsx apps/server/test/backtest-forecast.ts http://127.0.0.1:8080 admin@predictu.local predictu-demo
 */
import { CONFIDENCE_PCT, sinceFirst } from '../src/insights/forecast.rules.ts';
import { calibrate, GAP_DAYS, intervalOfSum, pinballLoss, residualsOf } from '../src/insights/forecast-interval.rules.ts';
import { combined, type Forecaster, modelWith, naiveSeasonal, SMOOTHING } from '../src/insights/forecast-model.rules.ts';

const DAY_MS = 86_400_000;
const LEAST_KNOWN_DAYS = 42;
const LEADS = [1, 7, 14, 21, 28];
const QUANTILES = [0.1, 0.5, 0.9];

type Result = { forecaster: string; days: number; tried: number; pinball: number; held: number; wrong: number; width: number };

async function readHistory(base: string, email: string, password: string): Promise<number[]> {
  const ask = async (path: string, init: RequestInit): Promise<{ token: string; series: { gross_usd: number }[] }> => {
    const answer = await fetch(`${base}${path}`, init);
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(body)}`);
    return body.data;
  };
  const login = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) };
  const { token } = await ask('/api/auth/admin/login', login);
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const { series } = await ask(`/api/internal/revenue?granularity=day&from=${day(today - 365 * DAY_MS)}&to=${day(today)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return [...sinceFirst(series.map(({ gross_usd }) => Math.round(gross_usd * 100)))];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** From every day that has enough behind it: what was said then of the next days, calibration included, and what came. */
function tryOut(history: readonly number[], name: string, forecaster: Forecaster): Result[] {
  const results = LEADS.map((days): Result => ({ forecaster: name, days, tried: 0, pinball: 0, held: 0, wrong: 0, width: 0 }));
  for (let origin = LEAST_KNOWN_DAYS; origin < history.length; origin += 1) {
    const known = history.slice(0, origin);
    const spread = calibrate(residualsOf(known, forecaster), CONFIDENCE_PCT / 100, known.length);
    for (const result of results) {
      const end = origin + GAP_DAYS + result.days;
      if (end > history.length) continue;
      const actual = sum(history.slice(origin + GAP_DAYS, end));
      const forecast = sum(forecaster(known)(GAP_DAYS + result.days).slice(GAP_DAYS));
      const { low, high } = intervalOfSum(forecast, spread, result.days);
      const said = [low, forecast, high];
      result.tried += 1;
      result.pinball +=
        sum(QUANTILES.map((quantile, index) => pinballLoss(actual, said[index] ?? 0, quantile))) / QUANTILES.length / result.days;
      result.held += Number(actual >= low && actual <= high);
      result.wrong += Math.abs(actual - forecast) / actual;
      result.width += (high - low) / forecast;
    }
  }
  return results;
}

const [base = 'http://127.0.0.1:8080', email = 'admin@predictu.local', password = 'predictu-demo'] = process.argv.slice(2);
const history = await readHistory(base, email, password);
console.log(`${history.length} complete days, ${(sum(history) / history.length / 100).toFixed(2)} dollars a day\n`);
console.log(
  '| forecaster | days | tried | pinball loss, $ a day | interval held | mean error | mean width |\n|---|---|---|---|---|---|---|',
);
const all = [
  tryOut(history, 'what is projected', combined),
  tryOut(history, 'the model alone', modelWith(SMOOTHING)),
  tryOut(history, 'last week repeated', naiveSeasonal),
];
const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)}%`;
for (const { forecaster, days, tried, pinball, held, wrong, width } of all.flat().filter((result) => result.tried > 0)) {
  console.log(
    `| ${forecaster} | ${days} | ${tried} | ${(pinball / tried / 100).toFixed(2)} | ${percent(held, tried)} | ${percent(wrong, tried)} | ${percent(width, tried)} |`,
  );
}
