/** The OpenAPI document: every endpoint of the contract, and the callbacks we send to operators' wallets. */
import { contract } from '@predictu/contract';
import { callbackRequest } from '@predictu/contract/callbacks/wallet-call';
import { callbackAnswer } from '@predictu/contract/shapes/callback-answer';
import { openApi } from './platform/openapi.ts';

const DESCRIPTION = `White-label prediction markets. Prices are shares of a $1 payout, 0.0000 to 1.0000; \`_usd\` fields are dollars with at most two decimals; times are ISO 8601 in UTC.
Every error has the same envelope and a stable code: see [errors](/docs/errors). How to use it all: [the documentation](/docs).`;

const walletCallback = {
  tag: 'Wallet',
  summary: 'Ask an operator’s wallet',
  description:
    'Sent to the callback URL of an operator that keeps its players’ money itself, signed in two ways: see [connecting your wallet](/docs/s2s).',
  body: callbackRequest,
  answer: callbackAnswer,
};

export const describeApi = (version: string): object =>
  openApi(contract, { title: 'Predictu API', version, description: DESCRIPTION, serverUrl: '/' }, { walletCallback });
