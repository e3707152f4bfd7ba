/** What was measured is told by all its labels, each answer and operation under its own. */
import { expect, test } from 'vitest';
import { openMetrics } from './metrics.ts';

const counts = async (metrics: ReturnType<typeof openMetrics>): Promise<string[]> =>
  (await metrics.text()).split('\n').filter((line) => /_seconds_count/.test(line));

test('answers are counted by route, method and status, operations by kind and outcome', async () => {
  const metrics = openMetrics({ process: false });
  for (const status of [200, 200, 404]) metrics.request('GET', '/api/a', status, 0.002);
  metrics.request('POST', '/api/a', 200, 0.002);
  metrics.request('GET', '/api/b', 200, 0.002);
  for (const outcome of ['ok', 'ok', 'BET_TOO_LARGE']) metrics.operation('buy', outcome, 0.001);
  metrics.operation('sell', 'ok', 0.001);
  expect(await counts(metrics)).toEqual([
    'predictu_http_request_seconds_count{method="GET",route="/api/a",status="200"} 2',
    'predictu_http_request_seconds_count{method="GET",route="/api/a",status="404"} 1',
    'predictu_http_request_seconds_count{method="POST",route="/api/a",status="200"} 1',
    'predictu_http_request_seconds_count{method="GET",route="/api/b",status="200"} 1',
    'predictu_operation_seconds_count{kind="buy",outcome="ok"} 2',
    'predictu_operation_seconds_count{kind="buy",outcome="BET_TOO_LARGE"} 1',
    'predictu_operation_seconds_count{kind="sell",outcome="ok"} 1',
  ]);
});
