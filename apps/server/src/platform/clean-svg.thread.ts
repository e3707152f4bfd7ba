/** The work of clean-svg.ts: an allow-list of elements and attributes, no address but into the picture itself, and XML again at the end. */
import { parentPort } from 'node:worker_threads';
import createPurifier from 'dompurify';
import { JSDOM } from 'jsdom';
import type { SvgVerdict } from './clean-svg.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Without anything that acts, loads, animates or repeats: a picture that repeats itself can take a reader's browser for ever. */
const ELEMENTS =
  'svg g path rect circle ellipse line polyline polygon text tspan title desc defs linearGradient radialGradient stop clipPath mask style';
const ATTRIBUTES = `id class style transform viewBox preserveAspectRatio version width height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d points dx dy rotate
  textLength lengthAdjust pathLength fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
  stroke-dashoffset stroke-opacity vector-effect paint-order opacity color display visibility overflow shape-rendering text-rendering color-interpolation
  clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits mask-type gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity
  font-family font-size font-style font-weight font-variant font-stretch letter-spacing word-spacing text-anchor dominant-baseline alignment-baseline
  baseline-shift text-decoration writing-mode enable-background href`;
const TEXT = 3;
const MOST_ELEMENTS = 5_000;
const DEEPEST = 100;

const { window } = new JSDOM('');
const purifier = createPurifier(window);

const INWARD = /url\(\s*(['"]?)#[\w.-]+\1\s*\)/gi;
/** What a style or a paint may not say once addresses into the picture are taken out. An escape could spell anything. */
const OUTWARD = /url\s*\(|image(?:-set)?\s*\(|src\s*\(|expression|@|\\|<|\/\*|behavior|-moz-binding|javascript:|data:/i;
const RULES = /^(?:[^{}]{0,300}\{[^{}]{0,2000}\}\s*)*$/;
const isInward = (value: string): boolean => !OUTWARD.test(value.replace(INWARD, ''));

purifier.addHook('uponSanitizeElement', (node, { tagName }) => {
  if (tagName !== 'style') return;
  const text = (node.textContent ?? '').trim();
  if (node.childNodes.length !== 1 || node.firstChild?.nodeType !== TEXT || !isInward(text) || !RULES.test(text))
    node.parentNode?.removeChild(node);
});
purifier.addHook('uponSanitizeAttribute', (_, attribute) => {
  const { attrName, attrValue } = attribute;
  if (attrName === 'href' ? !/^#[\w.-]+$/.test(attrValue) : !isInward(attrValue)) attribute.keepAttr = false;
});

/** Pixels of a side: a bare number or px; other units depend on where it is shown. */
const pixels = (value: string | null): number | undefined => {
  const [, number] = /^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(value ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
};

function sizeOf(root: Element): { width: number; height: number } | undefined {
  const [, , boxWidth, boxHeight] = (root.getAttribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const width = Math.ceil(pixels(root.getAttribute('width')) ?? boxWidth ?? 0);
  const height = Math.ceil(pixels(root.getAttribute('height')) ?? boxHeight ?? 0);
  return width > 0 && height > 0 && Number.isFinite(width) && Number.isFinite(height) ? { width, height } : undefined;
}

function tooMuch(root: Element): boolean {
  let level: Element[] = [root];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    count += level.length;
    if (count > MOST_ELEMENTS || depth > DEEPEST) return true;
    level = level.flatMap((element) => [...element.children]);
  }
  return false;
}

function judge(text: string): SvgVerdict {
  let root: Element;
  try {
    root = new window.DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  } catch {
    return { refused: 'a vector picture that is no XML', expected: 'well-formed XML' };
  }
  if (root.localName !== 'svg' || root.namespaceURI !== SVG || root.prefix !== null)
    return { refused: `a document of <${root.tagName.slice(0, 40)}>`, expected: `an svg element of ${SVG}` };
  if (tooMuch(root)) return { refused: 'a vector picture of too many elements', expected: `at most ${MOST_ELEMENTS}, ${DEEPEST} deep` };
  purifier.sanitize(root, {
    IN_PLACE: true,
    PARSER_MEDIA_TYPE: 'application/xhtml+xml',
    NAMESPACE: SVG,
    ALLOWED_NAMESPACES: [SVG],
    ALLOWED_TAGS: [...ELEMENTS.split(/\s+/), '#text'],
    ALLOWED_ATTR: ATTRIBUTES.split(/\s+/),
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    KEEP_CONTENT: false,
    SANITIZE_DOM: true,
  });
  const size = sizeOf(root);
  if (!size) return { refused: 'a vector picture without a size', expected: 'width and height in pixels, or a viewBox' };
  return { svg: new window.XMLSerializer().serializeToString(root), ...size };
}

parentPort?.on('message', (text: string) => parentPort?.postMessage(judge(text)));
