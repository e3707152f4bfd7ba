import { createInstance } from 'i18next';
import { expect, test } from 'vitest';
import { extraEnglish } from '../extras/words-english.ts';
import { extraSpanish } from '../extras/words-spanish.ts';
import { english } from './english.ts';
import { spanish } from './spanish.ts';

const LANGUAGES = { en: { ...english, ...extraEnglish }, es: { ...spanish, ...extraSpanish } };
const speaker = async (lng: keyof typeof LANGUAGES) => {
  const words = createInstance();
  await words.init({ lng, fallbackLng: 'en', resources: { [lng]: { translation: LANGUAGES[lng] } } });
  return words.t;
};

test.each([
  ['en', 0, '0 shares'],
  ['en', 1, '1 share'],
  ['en', 1.5, '1.5 shares'],
  ['en', 2, '2 shares'],
  ['es', 0, '0 acciones'],
  ['es', 1, '1 acción'],
  ['es', 2, '2 acciones'],
  // Of whole millions the rules of Spanish say "many".
  ['es', 1_000_000, '1000000 acciones'],
] as const)('%s: %d', async (language, count, text) => {
  const t = await speaker(language);
  expect(t('shares', { count, shares: count })).toBe(text);
});

const keysOf = (words: object, path = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) => (typeof value === 'object' ? keysOf(value, `${path}${key}.`) : [`${path}${key}`]));
const counted = keysOf(LANGUAGES.en).filter((key) => key.endsWith('_one'));

test.each(Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[])('%s says every count differently of one and of more', async (language) => {
  const t = await speaker(language);
  const say = (key: string, count: number) => t(key.replace('_one', ''), { count, shares: count, price: '', amount: '' });
  expect(counted.length).toBeGreaterThan(2);
  for (const key of counted) expect(say(key, 1).replaceAll('1', ''), key).not.toBe(say(key, 2).replaceAll('2', ''));
});
