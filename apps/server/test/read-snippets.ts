/** The code of the documentation, taken out of its fences. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export type Snippet = {
  file: string;
  line: number;
  language: string;
  text: string;
  /** Why it cannot be run. */
  skip: string | undefined;
  /** The function it defines, which is called with what the platform sends. */
  call: string | undefined;
};

export function readSnippets(file: string): Snippet[] {
  const markdown = readFileSync(join(ROOT, file), 'utf8');
  return [...markdown.matchAll(/^```(\S+)([^\n]*)\n([\s\S]*?)^```$/gm)].map(({ 1: language = '', 2: words = '', 3: text = '', index }) => ({
    file,
    line: markdown.slice(0, index).split('\n').length,
    language,
    text,
    skip: /\bskip="([^"]*)"/.exec(words)?.[1],
    call: /\bcall="([^"]*)"/.exec(words)?.[1],
  }));
}
