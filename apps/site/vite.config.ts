import { join } from 'node:path';
import { mergeConfig } from 'vite';
import { program } from '../../packages/ui/vite.ts';

const page = (name: string) => join(import.meta.dirname, `${name}.html`);

/** Pages of their own: each brings only its own script, and reads without one. */
export default mergeConfig(program(import.meta.dirname, '/'), {
  build: { rolldownOptions: { input: ['index', 'apply', 'status', 'login'].map(page) } },
});
