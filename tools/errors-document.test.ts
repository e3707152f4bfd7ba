/** docs/errors.md is written from the list of codes. `npm run generate` writes it anew. */

import { ERRORS } from '@predictu/contract/errors';
import { expect, test } from 'vitest';

test('docs/errors.md is the list of codes', async () => {
  const rows = Object.entries(ERRORS).map(
    ([code, { status, retryable, meaning, remedy }]) =>
      `| \`${code}\` | ${status} | ${retryable ? 'yes' : 'no'} | ${meaning} | ${remedy} |`,
  );
  const text = `# Errors

Every error answer is \`{"error": {"code", "message", "details", "request_id", "doc_url", "retryable"}}\`. Switch on \`code\`, never on the
status or the message. *Repeat* says whether the very same request may succeed later without anybody changing anything.

| Code | Status | Repeat | Meaning | What to do |
|---|---|---|---|---|
${rows.join('\n')}

This list is generated from \`packages/contract/src/errors.ts\`; every error's \`doc_url\` leads to its row at \`/docs/errors\`.
`;
  await expect(text).toMatchFileSnapshot('../docs/errors.md');
});
