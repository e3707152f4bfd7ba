/** What becomes of an operator's colour where players read it. */
import { z } from 'zod';

export const brandColours = z
  .object({
    fill: z.string().meta({ description: 'The primary colour as given: main button, chosen category.' }),
    on_fill: z.string().meta({ description: 'Text on it: near-black or white, at least 4.5:1.' }),
    edge: z.string().meta({ description: 'Repaired to 3:1 against the page: edges, markers.' }),
    text: z.string().meta({ description: 'Repaired to 4.5:1 against the page: links.' }),
    wash: z.string().meta({ description: 'A pale ground of its hue.' }),
  })
  .meta({ id: 'BrandColours' });

export const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'Expected a colour like #00ff88');

const ratio = z.number().meta({ description: 'Contrast by WCAG 2.2, 1 to 21, one decimal, rounded down.' });
export const contrastRow = z
  .object({
    theme: z.enum(['light', 'dark']),
    use: z.enum(['button', 'edge', 'text']).meta({ description: 'button: the text on it against its fill. The others: against the page.' }),
    yours: z.string(),
    your_ratio: ratio,
    ours: z.string().meta({ description: 'What is shown: yours where it reads well enough.' }),
    our_ratio: ratio,
    least: z.number().meta({ description: 'What it needs.' }),
  })
  .meta({ id: 'ContrastRow' });

export const themes = z.object({ light: brandColours, dark: brandColours });
