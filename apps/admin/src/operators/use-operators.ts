import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';

/** All of them: asked once for every place that names them, counts them or says what one waits for. */
export const useOperators = (): Row<'listOperators'>[] | undefined => useEndpoint('listOperators', {}, { every: 120_000 }).data?.data;
