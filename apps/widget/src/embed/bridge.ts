/** The frame's side of the bridge. Only the window that frames us is heard, and once it has spoken, only from its first origin. */
const VERSION = 1;

export type FromPage =
  | { type: 'predictu:init'; token: string | null; operatorSlug: string }
  | { type: 'predictu:hello' }
  | { type: 'predictu:refresh' }
  | { type: 'predictu:navigate'; path: string };
export type ToPage = 'ready' | 'trade' | 'balance' | 'navigate' | 'deposit' | 'withdraw' | 'error' | 'resize' | 'session-expired';

const framed = window.parent !== window;
let page: string | null = framed && document.referrer ? new URL(document.referrer).origin : null;

/** Display only: nothing that is sent moves money, and nothing that is received does. */
export function tellPage(type: ToPage, payload: Record<string, unknown> = {}): void {
  if (framed && page !== null) window.parent.postMessage({ type: `predictu:${type}`, version: VERSION, ...payload }, page);
}

/** The origin of the page that frames us; null where none does. */
export const framingPage = (): string | null => (framed ? page : null);

export const isFramed = (): boolean => framed;

/** Hears the page; returns a way to stop. */
export function hearPage(listener: (message: FromPage) => void): () => void {
  const hear = (event: MessageEvent) => {
    if (!framed || event.source !== window.parent || (page !== null && event.origin !== page)) return;
    const message = event.data as (FromPage & { version?: number }) | null;
    if (message?.version !== VERSION || typeof message.type !== 'string') return;
    page ??= event.origin;
    listener(message);
  };
  addEventListener('message', hear);
  return () => removeEventListener('message', hear);
}

/** Tells the page how tall the content is, as it changes. */
export function reportHeight(element: Element): () => void {
  const observer = new ResizeObserver(([entry]) => tellPage('resize', { height: entry?.contentRect.height ?? 0 }));
  observer.observe(element);
  return () => observer.disconnect();
}
