/** What an operator sees of its own risk. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { inOrder } from '../filters.ts';
import { single } from '../page.ts';
import { operatorExposure } from '../shapes/exposure.ts';
import { exposureSeries, exposureSnapshotQuery } from '../shapes/exposure-snapshot.ts';
import { operatorRisk } from '../shapes/risk-overview.ts';

export const getOperatorExposure = endpoint({
  method: 'GET',
  path: '/api/operator/exposure',
  audience: 'operator',
  tag: 'Risk',
  summary: 'Get the exposure of your players',
  answer: single(operatorExposure),
});

export const getOperatorRisk = endpoint({
  method: 'GET',
  path: '/api/operator/risk',
  audience: 'operator',
  tag: 'Risk',
  summary: 'Get the risk overview',
  answer: single(operatorRisk),
});

export const getOwnExposureSeries = endpoint({
  method: 'GET',
  path: '/api/operator/exposure/snapshots',
  audience: 'operator',
  tag: 'Risk',
  summary: 'Get the exposure of your players over time',
  description: 'As a whole, of one category or of one market. Oldest first.',
  query: z.strictObject(exposureSnapshotQuery).check(inOrder('from', 'to')),
  answer: single(exposureSeries),
});
