/** A list that is loading, failed, empty or there: the states every screen here has. */
import type { ApiError } from '@predictu/ui/api/client.ts';
import { Problem, Skeleton } from '@predictu/ui/kit/panel.tsx';
import type { ReactNode } from 'react';

type Asked<T> = { data: T | undefined; error: ApiError | null; isError: boolean; refetch(): unknown };

export function Listed<T>({
  of,
  empty,
  none,
  rows = 4,
  children,
}: {
  of: Asked<T>;
  empty?: (data: T) => boolean;
  none?: string;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (of.data !== undefined) return empty?.(of.data) ? <p className="explain">{none}</p> : children(of.data);
  if (of.isError && of.error) return <Problem error={of.error} again={() => void of.refetch()} />;
  return <Skeleton rows={rows} height={72} />;
}
