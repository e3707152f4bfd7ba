import { expect, test } from 'vitest';
import { bridgeUrl, type EmbedFormat, embedCode, embedUrl } from './embed-code.rules.ts';

const subject = {
  baseUrl: 'https://play.example',
  slug: 'example-casino',
  apiKey: 'pk_live_abc',
  theme: 'light',
  width: '80%',
  height: '700px',
} as const;

test.each<EmbedFormat>(['html', 'react', 'vanilla'])('%s names the frame, the bridge, the key, the operator and the size', (format) => {
  const code = embedCode(format, subject);
  expect(code.replaceAll('&amp;', '&')).toContain('https://play.example/embed?operator=example-casino&theme=light');
  for (const part of [bridgeUrl(subject.baseUrl), 'PredictuBridge.init', "'pk_live_abc'", "'example-casino'", '80%', '700px'])
    expect(code).toContain(part);
});

test('the formats differ, and a theme is the one asked for', () => {
  expect(new Set((['html', 'react', 'vanilla'] as const).map((format) => embedCode(format, subject))).size).toBe(3);
  expect(embedUrl({ ...subject, theme: 'dark' })).toMatch(/theme=dark$/);
});
