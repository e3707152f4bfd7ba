/** Adds the words of these screens to those of the frame; whoever shows one of them imports it. */
import i18next from 'i18next';
import { extraEnglish } from './words-english.ts';
import { extraSpanish } from './words-spanish.ts';

i18next.addResourceBundle('en', 'translation', extraEnglish, true);
i18next.addResourceBundle('es', 'translation', extraSpanish, true);
