/** The design's contrasts, recomputed from tokens.css: text 4.5:1, marks and control edges 3:1, on every surface they may stand on. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Rgb = [red: number, green: number, blue: number];

const CSS = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8');
const LIGHT = CSS.slice(CSS.indexOf("[data-theme='light']"), CSS.indexOf("[data-theme='dark'] {"));
const DARK = CSS.slice(CSS.indexOf("[data-theme='dark'] {"), CSS.indexOf('/* type'));
const SURFACES = ['sheet', 'sunk', 'raised', 'hover', 'selected'];
/** Where controls and charts stand; a hovered or chosen row only tints them. */
const GROUNDS = ['sheet', 'raised'];

function variables(block: string): Map<string, string> {
  return new Map([...block.matchAll(/--([a-z0-9-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));
}

/** OKLCH to linear sRGB (Björn Ottosson). */
function linearOf(value: string): Rgb {
  const [, lightness = '', chroma = '', hue = ''] = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)/.exec(value) ?? [];
  const angle = (Number(hue) * Math.PI) / 180;
  const a = Number(chroma) * Math.cos(angle);
  const b = Number(chroma) * Math.sin(angle);
  const l = (Number(lightness) + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (Number(lightness) - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (Number(lightness) - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (channel: number) => Math.min(1, Math.max(0, channel));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const luminance = ([red, green, blue]: Rgb): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function oklab([red, green, blue]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Colour vision without one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB. */
const VISION: Record<string, readonly Rgb[]> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const seen = (colour: Rgb, matrix: readonly Rgb[]): Rgb =>
  matrix.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, factor, index) => sum + factor * (colour[index] ?? 0), 0),
      ),
    ),
  ) as Rgb;
const distance = (one: Rgb, other: Rgb): number => {
  const [a, b] = [oklab(one), oklab(other)];
  return Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)));
};

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('%s', (theme, block) => {
  const tokens = variables(block);
  const colour = (name: string): Rgb => linearOf(tokens.get(name) ?? '');
  const worst = (name: string): number => Math.min(...SURFACES.map((surface) => contrast(colour(name), colour(surface))));

  test.each(['ink', 'ink-2', 'ink-3', 'yes-ink', 'no-ink', 'ok-ink', 'warn-ink', 'danger-ink'])('%s is read on every surface', (name) => {
    expect(worst(name)).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ['on-ink', 'ink'],
    ['on-yes', 'yes'],
    ['on-no', 'no'],
    ['on-danger', 'danger'],
    ['yes-ink', 'yes-wash'],
    ['no-ink', 'no-wash'],
    ['ok-ink', 'ok-wash'],
    ['warn-ink', 'warn-wash'],
    ['danger-ink', 'danger-wash'],
  ])('%s is read on %s', (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['line-control', 'focus', 'yes', 'no'])('%s stands out as a mark', (name) => {
    expect(Math.min(...GROUNDS.map((ground) => contrast(colour(name), colour(ground))))).toBeGreaterThanOrEqual(2.95);
  });

  test.each(Object.keys(VISION))('the outcomes stay apart for %s eyes', (kind) => {
    const matrix = VISION[kind] ?? [];
    expect(distance(seen(colour('yes'), matrix), seen(colour('no'), matrix))).toBeGreaterThanOrEqual(0.25);
  });

  test('the theme is whole', () => {
    expect([theme, tokens.size > 40]).toEqual([theme, true]);
  });
});
