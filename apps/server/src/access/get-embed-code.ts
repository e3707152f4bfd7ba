/** The code that shows an operator's embed on its pages. */
import { refuse } from '@predictu/contract/errors';
import type { getEmbedCode as endpoint } from '@predictu/contract/operator/settings';
import type { Handler } from '../platform/http.ts';
import { selectEmbedKey } from './api-key-list.sql.ts';
import { bridgeUrl, embedCode, embedUrl } from './embed-code.rules.ts';

export const getEmbedCode: Handler<typeof endpoint> = async ({ db, actor, now, client }, { query }) => {
  const { format, ...look } = query;
  const apiKey = await selectEmbedKey(db, actor.operatorId, now);
  if (apiKey === undefined) return refuse('CONFLICT', 'No active API key may sign launch tokens; make one first', { reason: 'no_api_key' });
  const subject = { ...look, baseUrl: client.baseUrl, slug: actor.slug, apiKey };
  return {
    data: {
      format,
      code: embedCode(format, subject),
      api_key: apiKey,
      embed_url: embedUrl(subject),
      bridge_url: bridgeUrl(client.baseUrl),
    },
  };
};
