import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brandColours, contrast } from './brand-colours.rules.ts';

test('the example of the design: a bright green is deepened for a white page and stays on a dark one', () => {
  const light = brandColours('#00ff88', 'light');
  expect(light.fill).toBe('#00ff88');
  expect(contrast(light.edge, '#ffffff')).toBeGreaterThan(3);
  expect(light.edge).not.toBe('#00ff88');
  expect(brandColours('#00ff88', 'dark')).toMatchObject({ edge: '#00ff88', text: '#00ff88' });
});

test('every colour becomes readable in every form, on both themes', () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(colour, fc.constantFrom('light' as const, 'dark' as const), (primary, theme) => {
      const { fill, on_fill, edge, text, wash } = brandColours(primary, theme);
      const page = theme === 'light' ? '#fbfcfd' : '#0f1114';
      expect(contrast(fill, on_fill)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(edge, page)).toBeGreaterThanOrEqual(3);
      expect(contrast(text, page)).toBeGreaterThanOrEqual(4.5);
      expect(wash).toMatch(/^#[0-9a-f]{6}$/);
    }),
    { numRuns: 500 },
  );
});
