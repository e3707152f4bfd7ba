/** A casino in this process, on any free port, with a handful of players. */
import { type Casino, type CasinoOptions, startCasino } from '../src/casino.ts';
import { type FakePlatform, OPERATOR_ID } from './fake-platform.ts';

const PLAYERS = [
  { id: 'ana', name: 'Ana', deposit: 100_00 },
  { id: 'limited', name: 'Limited', deposit: 100_00, betLimit: 5_00 },
  { id: 'blocked', name: 'Blocked', deposit: 100_00, blocked: true },
];

export const openCasino = (platform: FakePlatform, options: Partial<CasinoOptions> = {}): Promise<Casino> =>
  startCasino({
    port: 0,
    predictuUrl: platform.url,
    apiKey: 'pk_live_test',
    apiSecret: 'sk_live_test',
    webhookSecret: platform.webhookSecret,
    operatorId: OPERATOR_ID,
    players: PLAYERS,
    ...options,
  });
export const usd = { currency: 'USD' };
