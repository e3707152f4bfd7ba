/** What an audited act is about, read from its subject: which row has its name, or the name itself. */
import { decodeId, type IdKind } from '@predictu/contract/ids';

/** Kinds of rows that have a name; those beside `operator` go by their id. */
export const NAMED = ['operator', 'user', 'market', 'settlement', 'apiKey', 'origin', 'invitation'] as const satisfies IdKind[];
export type NamedKind = (typeof NAMED)[number];
export type SubjectRow = { kind: NamedKind; id: bigint } | { kind: 'operator'; slug: string };

const OPERATOR = /^operator:(.+)$/;
const CONFIGURATION = /^operator_config:(.+)$/;
const PERSON = /^(?:admin|operator_member):(.+@.+)$/;
const NOUN = /^[a-z]+(_[a-z]+)*$/;

export function rowOf(subject: string): SubjectRow | undefined {
  const slug = OPERATOR.exec(subject)?.[1];
  if (slug !== undefined) return { kind: 'operator', slug };
  const wireId = CONFIGURATION.exec(subject)?.[1] ?? subject;
  for (const kind of NAMED) {
    const id = decodeId(kind, wireId);
    if (id !== undefined) return { kind, id };
  }
  return undefined;
}

/** Of a person the address, of a thing there is one of its noun: `platform_config`, Platform config. */
export function ownName(subject: string): string | null {
  const address = PERSON.exec(subject)?.[1];
  if (address !== undefined) return address;
  if (!NOUN.test(subject)) return null;
  const words = subject.replaceAll('_', ' ').replace(/\bconfig\b/, 'configuration');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
