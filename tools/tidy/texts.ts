/** What plain text gives away, in any kind of file: leftovers, machine paths, hosts, documents that are not there. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from './syntax.ts';

const NEVER: readonly [pattern: RegExp, complaint: string][] = [
  [/\b(?:T[O]DO|FIX[M]E|X[X]X|HA[C]K)\b/, 'a leftover: do it, or write an issue'],
  [/(?<![\w.:$}/-])\/(?:work|root|home\/\w+|Users\/\w+)\//, 'a path of one machine'],
  [/\bregistry\.[a-z0-9-]+\.[a-z]+|^\s*(?:@[\w-]+:)?registry\s*=/, 'the address of a package registry'],
  [/"resolved":\s*"http/, 'a download address: install with omit-lockfile-registry-resolved=true'],
];

const perLine = (text: string, judge: (line: string) => string[]): Finding[] =>
  text.split('\n').flatMap((line, index) => judge(line).map((complaint) => ({ line: index + 1, complaint })));

/** Words and addresses that no tracked file may hold. */
export const leftovers = (text: string): Finding[] =>
  perLine(text, (line) => NEVER.filter(([pattern]) => pattern.test(line)).map(([, complaint]) => complaint));

/** Documents that are mentioned and are not there: `docs/…` anywhere, relative links in Markdown. */
export function missingDocuments(root: string, path: string, text: string): Finding[] {
  return perLine(text, (line) => {
    const mentioned = [...line.matchAll(/(?<![\w/.-])docs\/[\w./-]*\w\.(?:md|json|yaml|svg|png)\b/g)].map(([found]) => found);
    const linked = path.endsWith('.md')
      ? [...line.matchAll(/\]\((?![a-z]+:|#|\/)([^)#\s]+)[^)]*\)/g)].map(([, target]) => join(dirname(path), target ?? ''))
      : [];
    return [...mentioned, ...linked].filter((target) => !existsSync(join(root, target))).map((target) => `${target} does not exist`);
  });
}
