/** The languages of the frame. Another one is another file of the same shape. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { choices } from '../embed/choices.ts';
import { english } from './english.ts';
import { spanish } from './spanish.ts';

export const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Español' },
] as const;

const asked = choices().language ?? new URLSearchParams(location.search).get('lang') ?? navigator.language.slice(0, 2);

export function startWords(): void {
  const language = LANGUAGES.some(({ value }) => value === asked) ? asked : 'en';
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: english }, es: { translation: spanish } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
}

export function speak(language: string): void {
  void i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
