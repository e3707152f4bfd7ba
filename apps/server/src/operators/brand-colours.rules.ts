/**
 * The forms of an operator's colour an embed needs, each readable: OKLCH, hue kept, lightness moved away from the page in steps
 * of 0.005 until the contrast holds, chroma reduced only out of gamut. Contrast is that of WCAG 2.2; OKLab is Björn Ottosson's.
 */

export type BrandColours = { fill: string; on_fill: string; edge: string; text: string; wash: string };
export type Theme = 'light' | 'dark';
export type ContrastRow = {
  theme: Theme;
  use: 'button' | 'edge' | 'text';
  yours: string;
  your_ratio: number;
  ours: string;
  our_ratio: number;
  least: number;
};
type Rgb = readonly [red: number, green: number, blue: number];
type Lch = { lightness: number; chroma: number; hue: number };

/** The page an embed stands on (`--sheet` of the design's tokens). */
const PAGES: Record<Theme, string> = { light: '#fbfcfd', dark: '#0f1114' };
const EDGE_CONTRAST = 3;
const TEXT_CONTRAST = 4.5;
const STEP = 0.005;

const linear = (channel: number): number => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const gamma = (channel: number): number => (channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055);
const rgbOf = (hex: string): Rgb => [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as unknown as Rgb;
const luminance = ([red, green, blue]: Rgb): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** Contrast of two colours written `#rrggbb`, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(rgbOf(one)), luminance(rgbOf(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function lchOf(hex: string): Lch {
  const [r, g, b] = rgbOf(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const c = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, chroma: Math.hypot(a, c), hue: Math.atan2(c, a) };
}

function linearOf({ lightness, chroma, hue }: Lch): Rgb {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const inGamut = (rgb: Rgb): boolean => rgb.every((channel) => channel >= -0.0005 && channel <= 1.0005);

/** The nearest colour of this lightness and hue a screen can show. */
function hexOf(colour: Lch): string {
  let { chroma } = colour;
  while (chroma > 0 && !inGamut(linearOf({ ...colour, chroma }))) chroma = Math.max(0, chroma - 0.002);
  const bytes = linearOf({ ...colour, chroma }).map((channel) => Math.round(gamma(Math.min(1, Math.max(0, channel))) * 255));
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The colour as given where it reads well enough on the page; else moved away from the page until it does. */
function repair(hex: string, page: string, least: number): string {
  const colour = lchOf(hex);
  const direction = lchOf(page).lightness > 0.5 ? -STEP : STEP;
  let shown = hex;
  let { lightness } = colour;
  while (contrast(shown, page) < least && lightness >= 0 && lightness <= 1) {
    lightness += direction;
    shown = hexOf({ ...colour, lightness: Math.min(1, Math.max(0, lightness)) });
  }
  return shown;
}

/** Near-black or white in the hue of the fill, whichever reads better. */
function onFill(fill: string): string {
  const { hue } = lchOf(fill);
  const dark = hexOf({ lightness: 0.18, chroma: 0.03, hue });
  return contrast(dark, fill) >= contrast('#ffffff', fill) ? dark : '#ffffff';
}

/** Moves a fill on which neither near-black nor white reads: a middle grey of 4.5:1 to neither hardly exists, but may be given. */
function readableFill(fill: string): string {
  let { lightness, ...rest } = lchOf(fill);
  let shown = fill;
  while (contrast(onFill(shown), shown) < TEXT_CONTRAST && lightness < 1) {
    lightness += STEP;
    shown = hexOf({ lightness, ...rest });
  }
  return shown;
}

const oneDecimal = (ratio: number): number => Math.floor(ratio * 10) / 10;

/** Each use of a primary colour on both themes: as given, as shown, and how well either reads. */
export const contrastRows = (primary: string): ContrastRow[] =>
  (['light', 'dark'] as const).flatMap((theme) => {
    const page = PAGES[theme];
    const yours = primary.toLowerCase();
    const { fill, on_fill, edge, text } = brandColours(primary, theme);
    const row = (use: ContrastRow['use'], ours: string, least: number, ratio: (colour: string) => number): ContrastRow => ({
      theme,
      use,
      yours,
      your_ratio: oneDecimal(ratio(yours)),
      ours,
      our_ratio: oneDecimal(ratio(ours)),
      least,
    });
    return [
      row('button', fill, TEXT_CONTRAST, (colour) => contrast(colour === fill ? on_fill : onFill(colour), colour)),
      row('edge', edge, EDGE_CONTRAST, (colour) => contrast(colour, page)),
      row('text', text, TEXT_CONTRAST, (colour) => contrast(colour, page)),
    ];
  });

/** Every form of a primary colour `#rrggbb` on one theme. */
export function brandColours(primary: string, theme: Theme): BrandColours {
  const page = PAGES[theme];
  const fill = readableFill(primary.toLowerCase());
  const { chroma, hue } = lchOf(primary);
  return {
    fill,
    on_fill: onFill(fill),
    edge: repair(fill, page, EDGE_CONTRAST),
    text: repair(fill, page, TEXT_CONTRAST),
    wash: hexOf({ lightness: theme === 'light' ? 0.957 : 0.26, chroma: Math.min(chroma, 0.05), hue }),
  };
}
