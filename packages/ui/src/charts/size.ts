import { type RefObject, useEffect, useRef, useState } from 'react';

/** The width and height of an element, as they change. */
export function useSize<E extends HTMLElement>(): [RefObject<E | null>, width: number, height: number] {
  const element = useRef<E>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) =>
      setSize({ width: Math.floor(entry?.contentRect.width ?? 0), height: Math.floor(entry?.contentRect.height ?? 0) }),
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, size.width, size.height];
}

/** Round steps for an axis that ends at or above `largest`. */
export function axisSteps(least: number, largest: number, count = 4): number[] {
  const span = largest - least || 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const first = Math.floor(least / step) * step;
  const steps: number[] = [];
  for (let at = first; at < largest + step; at += step) steps.push(Number(at.toPrecision(12)));
  return steps;
}
