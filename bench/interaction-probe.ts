/** Runs in the page: from an input to the first paint that answers it, and to the last one before everything asked for stands there. */

export type Probe = {
  /** Milliseconds of the input, of the paint that answered it, of the last paint that changed anything. */
  begun: number;
  responded: number;
  changed: number;
  /** Questions to the API that are not answered yet. */
  open: number;
  /** The browser's own measure of the slowest event: input to next paint. */
  slowest: number;
};
declare global {
  interface Window {
    probe: Probe & { reset(): void; quiet(): boolean };
  }
}

/** Evaluated before the program's own scripts; nothing of this module is there. */
export function installProbe(): void {
  const QUIET_MS = 120;
  const probe: Window['probe'] = {
    begun: 0,
    responded: 0,
    changed: 0,
    open: 0,
    slowest: 0,
    reset() {
      Object.assign(probe, { begun: 0, responded: 0, changed: 0, slowest: 0 });
    },
    quiet: () =>
      probe.open === 0 &&
      document.querySelector('.skeleton, .table-scroll.stale, [aria-busy="true"]') === null &&
      performance.now() - Math.max(probe.begun, probe.changed) > QUIET_MS,
  };
  window.probe = probe;
  for (const type of ['pointerdown', 'keydown'] as const)
    addEventListener(type, ({ timeStamp }) => (probe.begun ||= timeStamp), { capture: true });
  const afterPaint = (then: () => void): void => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = then;
      channel.port2.postMessage(0);
    });
  };
  // Clocks run by themselves.
  const byItself = (node: Node): boolean => (node instanceof Element ? node : node.parentElement)?.closest('.status-line, time') != null;
  new MutationObserver((records) => {
    if (records.every(({ target }) => byItself(target))) return;
    afterPaint(() => {
      const now = performance.now();
      probe.changed = now;
      if (probe.begun > 0) probe.responded ||= now;
    });
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      if (probe.begun > 0 && startTime >= probe.begun - 1) probe.slowest = Math.max(probe.slowest, duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit);
  const ask = window.fetch;
  window.fetch = async (to, init) => {
    if (String(to).includes('/stream')) return ask(to, init);
    probe.open += 1;
    try {
      return await ask(to, init);
    } finally {
      // The screen takes the answer in the next frames.
      setTimeout(() => (probe.open -= 1), 50);
    }
  };
}
