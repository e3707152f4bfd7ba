/** The query of the address is the state of a view: a view is a link, back undoes the last filter. */
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useCallback } from 'react';

export type Address = Record<string, string | undefined>;

/** Plain text values, as the API's own query parameters are. */
export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));
export function stringifySearch(values: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  return search.size > 0 ? `?${search}` : '';
}

/** The query, and a way to change parts of it; `undefined` removes. */
export function useAddress(): [Address, (changes: Address, options?: { replace?: boolean }) => void] {
  const search = useRouterState({ select: ({ location }) => location.search as Address });
  const navigate = useNavigate();
  const change = useCallback(
    (changes: Address, { replace = false } = {}) =>
      void navigate({
        to: '.',
        search: (before: Address) => ({ ...before, ...changes }),
        replace,
        resetScroll: false,
      } as unknown as Parameters<typeof navigate>[0]),
    [navigate],
  );
  return [search, change];
}

/** Goes to a path of the program, with a query. */
export function useGo(): (to: string, search?: Address) => void {
  const navigate = useNavigate();
  return useCallback((to, search = {}) => void navigate({ to, search } as unknown as Parameters<typeof navigate>[0]), [navigate]);
}
