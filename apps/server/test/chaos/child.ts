/** One server process of the chaos run: opens trading and takes operations from its parent, as HTTP handlers would. */
import { systemClock } from '../../src/platform/clock.ts';
import { openDatabase } from '../../src/platform/db.ts';
import { type Operation, openTrading } from '../../src/trading/trading.ts';

const [, , appUrl = ''] = process.argv;
const log = { info() {}, warn() {}, error: (fields: object, message: string) => console.error(message, fields) };
const database = openDatabase({ connectionString: appUrl });
const trading = await openTrading({ database, appUrl, clock: systemClock, log, quoteKey: 'a secret of this run' });

export type Request = { id: number; operation: Operation };

process.on('message', ({ id, operation }: Request) => {
  trading.submit(operation).then(
    (answer) => process.send?.({ id, answer }),
    (error: Error & { code?: string }) => process.send?.({ id, failure: error.code ?? 'UNCODED', message: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
