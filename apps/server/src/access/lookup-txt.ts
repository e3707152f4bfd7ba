/** Asks DNS for TXT records, through resolvers of our own choice where they are configured. */
import { Resolver } from 'node:dns/promises';
import type { TxtAnswer } from './origin-proof.rules.ts';

const TIMEOUT_MS = 3_000;
/** Of each server. */
const TRIES = 2;
/** There is no such name, or it has no such record: an answer like any other. */
const NONE = new Set(['ENOTFOUND', 'ENODATA']);
const WORDS: Record<string, string> = {
  ETIMEOUT: 'DNS did not answer in time',
  ESERVFAIL: 'DNS failed',
  EREFUSED: 'DNS refused to answer',
  ECONNREFUSED: 'DNS cannot be reached',
};

export type LookupTxt = (name: string) => Promise<TxtAnswer>;

/** `servers`: addresses with an optional port; those of the machine when absent. */
export function openTxtLookup(servers?: readonly string[]): LookupTxt {
  return async (name) => {
    // Made anew: a resolver of its own sees what the machine's settings are now.
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
    if (servers && servers.length > 0) resolver.setServers(servers);
    try {
      const records = await resolver.resolveTxt(name);
      return { records: records.map((parts) => parts.join('')) };
    } catch (error) {
      const { code = 'unknown' } = error as { code?: string };
      return NONE.has(code) ? { records: [] } : { failure: WORDS[code] ?? `DNS could not be asked (${code})` };
    }
  };
}
