/** Prometheus metrics, in a registry of their own so that two servers in one test do not share counters. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export type Metrics = {
  request(method: string, route: string, status: number, seconds: number): void;
  batch(size: number, seconds: number): void;
  refusal(code: string): void;
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** The exposition text of `/metrics`. */
  text(): Promise<string>;
  contentType: string;
};

export function openMetrics({ process = true } = {}): Metrics {
  const registry = new Registry();
  if (process) collectDefaultMetrics({ register: registry, prefix: 'predictu_' });
  const requests = new Histogram({
    name: 'predictu_http_request_seconds', help: 'Time to answer, by route and status', labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5], registers: [registry],
  });
  const batches = new Histogram({ name: 'predictu_trade_batch_seconds', help: 'Time of one trade batch', buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5], registers: [registry] });
  const operations = new Counter({ name: 'predictu_trade_operations_total', help: 'Operations decided in batches', registers: [registry] });
  const refusals = new Counter({ name: 'predictu_trade_refusals_total', help: 'Operations refused, by code', labelNames: ['code'], registers: [registry] });
  return {
    request: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    batch: (size, seconds) => { operations.inc(size); batches.observe(seconds); },
    refusal: (code) => refusals.inc({ code }),
    gauge: (name, help, read) => {
      new Gauge({ name, help, registers: [registry], async collect() { this.set(await read()); } });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
