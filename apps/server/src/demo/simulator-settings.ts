/** The simulated world of every demo: the same seed and the same beginning on every machine and every start. */
import { DEMO_SEED } from './demo-seed.rules.ts';

export const SIMULATOR = { seed: DEMO_SEED, epoch: new Date('2026-01-01T00:00:00Z') };
