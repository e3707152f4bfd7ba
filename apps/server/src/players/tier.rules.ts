/** Who may move a player's tier: a score, unless a person holds it or has banned the player. */
export type Tier = 'normal' | 'sharp' | 'restricted' | 'banned';
export type TierStanding = { tier: Tier; overridden: boolean };

/** The tier after an evaluation that makes `scored`. A ban is neither made nor lifted by a score. */
export const tierAfterScore = ({ tier, overridden }: TierStanding, scored: Exclude<Tier, 'banned'>): Tier =>
  overridden || tier === 'banned' ? tier : scored;
