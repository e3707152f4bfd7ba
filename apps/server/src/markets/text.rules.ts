/** Text of a source is data: cleaned and cut, never interpreted. */

// Controls, invisible format characters (zero width, bidirectional overrides) and lone surrogates.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
const INVISIBLE_BUT_NEWLINE = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}]/gu;

const cut = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  const kept = text.slice(0, longest - 1);
  // Never between the halves of a surrogate pair.
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
};

/** One line: whitespace collapsed, invisible characters gone, at most `longest` characters. Empty when it is no text. */
export const line = (value: unknown, longest: number): string =>
  typeof value === 'string' ? cut(value.replace(/\s+/gu, ' ').replace(INVISIBLE, '').replace(/ {2,}/g, ' ').trim(), longest) : '';

/** Whatever it is, as one line for people. `String` would throw on an object whose toString is a number. */
export const shown = (value: unknown, longest: number): string =>
  line(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), longest);

/** Paragraphs: as a line, but line breaks stay, at most one empty line in a row. */
export const paragraphs = (value: unknown, longest: number): string =>
  typeof value === 'string'
    ? cut(
        value
          .replace(/\r\n?|[\u2028\u2029]/g, '\n')
          .replace(INVISIBLE_BUT_NEWLINE, ' ')
          .replace(/[^\S\n]+/gu, ' ')
          .replace(/ ?\n ?/g, '\n')
          .replace(/\n{3,}/g, '\n\n')
          .trim(),
        longest,
      )
    : '';

/** An id of the source: it ends up in keys and addresses, so only harmless characters. */
export const identifier = (value: unknown): string | undefined => {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && /^[\w.:-]{1,200}$/.test(text) ? text : undefined;
};

/** An http or https address, or null. */
export const webAddress = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= 2_000 && /^https?:\/\/[\w.-]+(?::\d+)?(?:[/?#][^\s"'<>\\]*)?$/.test(value) ? value : null;

/** Text as it is searched: lower case, without accents, words apart. */
export const searchText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
