/** One way to build a program: hashed files below its base, no map of the sources, the kit's public folder beside it. */
import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'vite';

export const program = (root: string, base: string): UserConfig => ({
  root,
  base,
  publicDir: fileURLToPath(new URL('./public', import.meta.url)),
  // The page's policy allows no inline data but fonts and pictures.
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: { onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)) },
  },
  oxc: { jsx: { runtime: 'automatic' } },
  logLevel: 'error',
});
