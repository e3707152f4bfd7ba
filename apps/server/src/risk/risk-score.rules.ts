/** One figure for how worried to be, 0 to 100, and its words. docs/risk.md has the formula for people. */
import type { StatusColour } from './status.rules.ts';

export type RiskInputs = {
  /** The fullest scope, basis points of its limit. */
  worstUtilisationBps: bigint;
  trippedBreakers: number;
  /** Wall refusals of the last 24 hours. */
  violations: number;
  /** Players at tier sharp or above, and all players. */
  flagged: number;
  players: number;
};
export type RiskLevel = 'low' | 'moderate' | 'high' | 'critical';

const UTILISATION_POINTS = 50;
const BREAKER_POINTS = 25;
const POINTS_PER_BREAKER = 10;
const VIOLATION_POINTS = 15;
const VIOLATIONS_PER_POINT = 20;
const FLAGGED_POINTS = 10;
/** A share of flagged players of 5 percent counts in full. */
const FLAGGED_FULL_SHARE = 0.05;

/** Utilisation up to 50 points, breakers 10 each up to 25, a point per 20 violations up to 15, flagged share up to 10. */
export function riskScore({ worstUtilisationBps, trippedBreakers, violations, flagged, players }: RiskInputs): number {
  const utilisation = (UTILISATION_POINTS * Number(worstUtilisationBps)) / 10_000;
  const breakers = Math.min(BREAKER_POINTS, trippedBreakers * POINTS_PER_BREAKER);
  const refused = Math.min(VIOLATION_POINTS, violations / VIOLATIONS_PER_POINT);
  const share = players === 0 ? 0 : flagged / players;
  return Math.round(utilisation + breakers + refused + Math.min(FLAGGED_POINTS, (FLAGGED_POINTS * share) / FLAGGED_FULL_SHARE));
}

export const riskLevel = (score: number): RiskLevel => (score < 30 ? 'low' : score < 60 ? 'moderate' : score < 80 ? 'high' : 'critical');

/** `critical` when something is red or everything is halted, `warning` when something is yellow or halted. */
export function riskStatus(worst: StatusColour, trippedBreakers: number, globalTripped: boolean): 'healthy' | 'warning' | 'critical' {
  if (worst === 'red' || globalTripped) return 'critical';
  return worst === 'yellow' || trippedBreakers > 0 ? 'warning' : 'healthy';
}
