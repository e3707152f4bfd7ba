/** Of an operator's HTML what is harmless: text, links and simple markup. In a thread of its own, because the browser it needs takes a second to load. */
import { Failure } from '@predictu/contract/errors';
import { openThread, ThreadGaveUp } from '../platform/run-thread.ts';

const clean = openThread<string, string>(new URL('./sanitise-html.thread.ts', import.meta.url), { longestMs: 20_000, memoryMb: 256 });

/** @throws VALIDATION_ERROR for what cannot be read in twenty seconds. */
export async function sanitiseHtml(html: string): Promise<string> {
  try {
    return await clean(html);
  } catch (error) {
    if (!(error instanceof ThreadGaveUp)) throw error;
    throw new Failure('VALIDATION_ERROR', 'The body does not fit: ui.custom_footer_html', {
      fields: [{ field: 'ui.custom_footer_html', received: 'HTML that takes too long', expected: 'HTML that can be read' }],
    });
  }
}
