/** Of an operator's HTML what is harmless: text, links and simple markup. In a thread of its own, because the browser it needs takes a second to load. */
import { Worker } from 'node:worker_threads';
import { Failure } from '@predictu/contract/errors';

const LONGEST_MS = 20_000;
/** A thread has no loader of the sources of its own. */
const LOADER = import.meta.resolve('tsx/esm/api');
const THREAD = new URL('./sanitise-html.thread.ts', import.meta.url);

/** @throws VALIDATION_ERROR for what cannot be read in twenty seconds. */
export async function sanitiseHtml(html: string): Promise<string> {
  const script = `import('${LOADER}').then(({ register }) => { register(); return import('${THREAD.href}'); });`;
  const worker = new Worker(script, { eval: true, workerData: html, resourceLimits: { maxOldGenerationSizeMb: 256 } });
  worker.unref();
  const refused = (received: string) =>
    new Failure('VALIDATION_ERROR', 'The body does not fit: ui.custom_footer_html', {
      fields: [{ field: 'ui.custom_footer_html', received, expected: 'HTML that can be read' }],
    });
  try {
    return await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(refused('HTML that takes too long')), LONGEST_MS);
      worker.once('message', (clean: string) => {
        clearTimeout(late);
        resolve(clean);
      });
      worker.once('error', (error) => {
        clearTimeout(late);
        reject(error);
      });
    });
  } finally {
    await worker.terminate();
  }
}
