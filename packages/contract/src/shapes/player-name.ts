/** The name a player shows to others, and whether it was hidden. */
import { z } from 'zod';
import { auditId, userId } from '../ids.ts';
import { instant } from '../units.ts';

const shown = {
  user_id: userId,
  display_name: z.string().nullable().meta({ description: 'What the player calls itself; null: it has chosen no name.' }),
  show_name: z.boolean().meta({ description: 'Whether the player wants others to see it.' }),
  hidden_at: instant.nullable().meta({ description: 'Since when nobody else sees it, whatever the player wants.' }),
  hidden_reason: z.string().nullable().meta({ description: 'The player reads it too.' }),
};
export const playerName = z.object(shown).meta({ id: 'PlayerName' });
export const playerNameHidden = z.object({ ...shown, audit_id: auditId });
export const playerNameChange = z.strictObject({
  hidden: z.boolean(),
  reason: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .meta({ description: 'Why; kept in the audit log, and told to the player while the name is hidden.' }),
});
