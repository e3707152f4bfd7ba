/** The server and the demo's casino, compiled: what is in packages stays there. */
import { join, relative } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const ROOT = join(import.meta.dirname, '../..');
const BUILT = join(import.meta.dirname, 'dist');

/** A module says where it is by the place of its source, from which it finds migrations, threads and packages. */
const placesOfSources: Plugin = {
  name: 'places-of-sources',
  enforce: 'pre',
  transform(code, id) {
    const place = `new URL(${JSON.stringify(relative(BUILT, id).replaceAll('\\', '/'))}, import.meta.url).href`;
    return code.includes('import.meta.url') ? { code: code.replaceAll('import.meta.url', place), map: null } : undefined;
  },
};

export default defineConfig({
  root: ROOT,
  plugins: [placesOfSources],
  ssr: { noExternal: [/^@predictu\//] },
  build: {
    ssr: true,
    outDir: BUILT,
    emptyOutDir: true,
    copyPublicDir: false,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: { server: join(ROOT, 'apps/server/src/main.ts'), casino: join(ROOT, 'examples/casino/src/main.ts') },
      external: [/\/bench\/bench\.ts$/],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  logLevel: 'error',
});
