import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';

type Breakers = Answer<'getRisk'>['data']['circuit_breakers'];

export const trippedOf = ({ global_active, market_breakers, category_breakers, operator_breakers }: Breakers): number =>
  Number(global_active) + market_breakers + category_breakers + operator_breakers;

/** Breakers that are tripped now, as the line below every screen knows it. */
export function useTripped(): number {
  const breakers = useEndpoint('getRisk', {}, { every: 60_000 }).data?.data.circuit_breakers;
  return breakers ? trippedOf(breakers) : 0;
}
