/** Prometheus metrics, in a registry of their own so that two servers in one test do not share counters. */
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export type Metrics = {
  request(method: string, route: string, status: number, seconds: number): void;
  /** One operation that moves money or shares: its kind, and `ok` or the code it was refused with. */
  operation(kind: string, outcome: string, seconds: number): void;
  /** The exposition text of `/metrics`. */
  text(): Promise<string>;
  contentType: string;
};

type Child = Histogram.Internal<string>;
/** Looking labels up by hashing them, or joining them to one key, costs more than the observation itself. */
function within<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

export function openMetrics({ process = true } = {}): Metrics {
  const registry = new Registry();
  if (process) collectDefaultMetrics({ register: registry, prefix: 'predictu_' });
  const requests = new Histogram({
    name: 'predictu_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  const operations = new Histogram({
    name: 'predictu_operation_seconds',
    help: 'Time of one trading operation from asking to its commit, by kind and outcome',
    labelNames: ['kind', 'outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers: [registry],
  });
  const byRoute = new Map<string, Map<string, Map<number, Child>>>();
  const byKind = new Map<string, Map<string, Child>>();
  return {
    request(method, route, status, seconds) {
      const byMethod = within(byRoute, route, () => new Map<string, Map<number, Child>>());
      const byStatus = within(byMethod, method, () => new Map<number, Child>());
      within(byStatus, status, () => requests.labels({ method, route, status })).observe(seconds);
    },
    operation(kind, outcome, seconds) {
      const byOutcome = within(byKind, kind, () => new Map<string, Child>());
      within(byOutcome, outcome, () => operations.labels({ kind, outcome })).observe(seconds);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
