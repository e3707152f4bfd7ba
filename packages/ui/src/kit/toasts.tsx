/** Results of the person's own acts: five seconds, paused on hover; errors stay until closed. */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { ApiError } from '../api/client.ts';
import { Button } from './button.tsx';

type Toast = { id: number; words: string; detail?: string; tone: 'plain' | 'danger'; undo?: () => void };
export type Toasts = { say(words: string, undo?: () => void): void; fail(error: unknown): void };

const Context = createContext<Toasts>({ say: () => {}, fail: () => {} });
export const useToasts = (): Toasts => useContext(Context);

const SHOWN_FOR = 5_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const next = useRef(1);
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  const close = useCallback((id: number) => setToasts((list) => list.filter((toast) => toast.id !== id)), []);
  const start = useCallback(
    (id: number) =>
      timers.current.set(
        id,
        setTimeout(() => close(id), SHOWN_FOR),
      ),
    [close],
  );
  const value = useMemo<Toasts>(() => {
    const show = (toast: Omit<Toast, 'id'>) => {
      const id = next.current++;
      setToasts((list) => [...list.slice(-3), { ...toast, id }]);
      if (toast.tone === 'plain') start(id);
    };
    return {
      say: (words, undo) => show({ words, tone: 'plain', ...(undo ? { undo } : {}) }),
      fail: (error) => {
        const requestId = error instanceof ApiError ? error.requestId : null;
        show({
          words: error instanceof Error ? error.message : String(error),
          tone: 'danger',
          ...(requestId ? { detail: `Request ${requestId}` } : {}),
        });
      },
    };
  }, [start]);
  return (
    <Context.Provider value={value}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map(({ id, words, detail, tone, undo }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: hovering only keeps the message.
          <div
            key={id}
            className="toast"
            onMouseEnter={() => clearTimeout(timers.current.get(id))}
            onMouseLeave={() => tone === 'plain' && start(id)}
          >
            <span className={`column space ${tone === 'danger' ? 'loss' : ''}`}>
              <span>{words}</span>
              {detail && <span className="small mono tertiary">{detail}</span>}
            </span>
            {undo && (
              <Button
                kind="quiet"
                onClick={() => {
                  undo();
                  close(id);
                }}
              >
                Undo
              </Button>
            )}
            <Button kind="quiet" icon="close" aria-label="Close" onClick={() => close(id)} />
          </div>
        ))}
      </div>
    </Context.Provider>
  );
}
