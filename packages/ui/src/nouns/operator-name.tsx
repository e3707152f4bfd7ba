/** An operator by the name people know it by; lists carry its slug. */
import { createContext, useContext } from 'react';

const Names = createContext<ReadonlyMap<string, string>>(new Map());
export const OperatorNames = Names.Provider;

export const useOperatorName = (): ((slug: string) => string) => {
  const names = useContext(Names);
  return (slug) => names.get(slug) ?? slug;
};

/** Until its name is known, the slug. */
export function OperatorName({ slug }: { slug: string | null | undefined }) {
  const nameOf = useOperatorName();
  return slug ? <span title={slug}>{nameOf(slug)}</span> : '–';
}
