/** What an operator sees of its own risk. */
import { endpoint } from '../endpoint.ts';
import { single } from '../page.ts';
import { operatorExposure } from '../shapes/exposure.ts';
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
