/** An operator's trial: until when, what follows, and where it stands. */
import { z } from 'zod';
import { instant } from '../units.ts';

export const operatorTier = z.enum(['trial', 'standard']);
export const trial = z
  .object({
    ends_at: instant,
    read_only_from: instant.meta({ description: 'A week after the end; until then everything works.' }),
    read_only_since: instant.nullable(),
    phase: z.enum(['trial', 'grace', 'over']),
  })
  .nullable()
  .meta({ description: 'null for an operator that is not on trial.' });
