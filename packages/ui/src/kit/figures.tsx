/** Figures in place: money, change, age, gauge, odds. */
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { formatPercent, formatUsd } from '../format/money.ts';
import { formatAge, formatTime } from '../format/time.ts';
import { initials, shortId } from '../format/words.ts';
import { useToasts } from './toasts.tsx';

/** Dollars. `result`: profit and loss take their colours; anything else is ink. */
export function Money({ value, result = false, plus = result }: { value: number | null | undefined; result?: boolean; plus?: boolean }) {
  if (value === null || value === undefined) return <span className="tertiary">–</span>;
  return (
    <span className={`figure ${result && value > 0 ? 'gain' : ''} ${result && value < 0 ? 'loss' : ''}`}>{formatUsd(value, { plus })}</span>
  );
}

/** Change against the period before; nothing to compare with is said as such. */
export function Delta({ percent, good = 'up' }: { percent: number | null; good?: 'up' | 'none' }) {
  if (percent === null) return <span>no period before</span>;
  const tone = good === 'none' || percent === 0 ? 'secondary' : percent > 0 ? 'gain' : 'loss';
  return (
    <span className={`figure ${tone}`}>
      {percent > 0 ? '▲ ' : percent < 0 ? '▼ ' : ''}
      {formatPercent(Math.abs(percent))}
      <span className="screen-reader">{percent > 0 ? ' more' : percent < 0 ? ' less' : ''} than the period before</span>
    </span>
  );
}

type Clock = { read: () => Date; follow: (listener: () => void) => () => void };
const clocks = new Map<number, Clock>();

function clockOf(every: number): Clock {
  const known = clocks.get(every);
  if (known) return known;
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval>;
  let now = new Date();
  const clock: Clock = {
    read() {
      // Nobody has moved it on while nobody looked.
      if (listeners.size === 0 && Date.now() - now.getTime() >= every) now = new Date();
      return now;
    },
    follow(listener) {
      if (listeners.size === 0) {
        timer = setInterval(() => {
          now = new Date();
          for (const tell of listeners) tell();
        }, every);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
  };
  clocks.set(every, clock);
  return clock;
}

/** One clock for every age on the screen. */
export function useNow(every = 10_000): Date {
  const { read, follow } = clockOf(every);
  return useSyncExternalStore(follow, read);
}

/** An instant: the time, with ISO 8601 on hover; or its age. */
export function Time({ at, age = false }: { at: string | null | undefined; age?: boolean }) {
  const now = useNow();
  if (!at) return <span className="tertiary">never</span>;
  const date = new Date(at);
  return (
    <time className="figure" dateTime={at} title={date.toISOString()}>
      {age ? `${formatAge(date, now)}${date > now ? '' : ' ago'}` : formatTime(date, now)}
    </time>
  );
}

/** Ink below 60 % of a limit, yellow from 60, crimson from 90; a tick where the breaker trips. */
export function Gauge({ percent, tick, label }: { percent: number; tick?: number | undefined; label: string }) {
  const tone = percent >= 90 ? 'danger' : percent >= 60 ? 'warn' : '';
  return (
    <span className={`gauge ${tone}`} role="meter" aria-label={label} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
      <span className="fill" style={{ width: `${Math.min(100, Math.max(0, percent))}%` }} />
      {tick !== undefined && <span className="tick" style={{ left: `${tick}%` }} />}
    </span>
  );
}

export function Odds({ yes, label }: { yes: number; label: string }) {
  return (
    <span className="odds" role="img" aria-label={label}>
      <span className="yes" style={{ width: `${yes * 100}%` }} />
      <span className="no" />
    </span>
  );
}

/** A shortened id; a click copies the whole. */
export function CopyId({ id }: { id: string }) {
  const toasts = useToasts();
  const copy = () => void navigator.clipboard.writeText(id).then(() => toasts.say(`Copied ${id}`));
  return (
    <button
      type="button"
      className="copy-id"
      title={`Copy ${id}`}
      onClick={(event) => {
        event.stopPropagation();
        copy();
      }}
    >
      {shortId(id)}
    </button>
  );
}

export const Monogram = ({ name, colour }: { name: string; colour?: string | null }) => (
  <span className="monogram" style={colour ? { background: colour, color: onColour(colour) } : undefined} aria-hidden="true">
    {initials(name)}
  </span>
);

/** Near-black or white, whichever reads better on the colour. */
function onColour(hex: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  return luminance > 0.179 ? '#0b0d10' : '#ffffff';
}

/** A figure that washes for a moment when it changes. */
export function Live({ value, children }: { value: string | number; children: ReactNode }) {
  const before = useRef(value);
  const [beat, setBeat] = useState(0);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    setBeat((count) => count + 1);
  }, [value]);
  return (
    <span key={beat} className={beat > 0 ? 'changed' : undefined}>
      {children}
    </span>
  );
}
