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
  // Looking labels up by hashing them costs more than the observation itself.
  const children = new Map<string, Histogram.Internal<string>>();
  const bound = (name: string, make: () => Histogram.Internal<string>): Histogram.Internal<string> => {
    const known = children.get(name) ?? make();
    children.set(name, known);
    return known;
  };
  return {
    request: (method, route, status, seconds) =>
      bound(`${method} ${route} ${status}`, () => requests.labels({ method, route, status })).observe(seconds),
    operation: (kind, outcome, seconds) => bound(`${kind} ${outcome}`, () => operations.labels({ kind, outcome })).observe(seconds),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
