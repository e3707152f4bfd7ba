#!/usr/bin/env node
// Plain JavaScript that every Node can parse, so that an old one gets a sentence instead of a stack trace.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Predictu needs Node.js 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}
try {
  const { load } = await import('./load.js');
  // The benchmark compiles its own sources, and those of the server with them.
  await load('server', { compiled: process.argv[2] !== 'bench' });
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write('The packages are not installed: run npm ci first.\n');
  process.exit(1);
}
