/** Bytes into one file, as they are, or compressed on the way. */
import { closeSync, createWriteStream, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { compress, init } from '@bokuweb/zstd-wasm';

export type Compression = 'none' | 'gzip' | 'zstd';
export type Sink = {
  /** Once it is done the bytes are no longer needed. */
  write(chunk: Uint8Array): void | Promise<void>;
  end(): Promise<number>;
};

const OWNER_ONLY = 0o600;
const ZSTD_LEVEL = 3;
/** Of one zstd frame: frames that follow each other are one file. */
const FRAME_BYTES = 1_048_576;

function plainSink(path: string): Sink {
  const file = openSync(path, 'w', OWNER_ONLY);
  let bytes = 0;
  return {
    write(chunk) {
      for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
      bytes += chunk.length;
    },
    async end() {
      fsyncSync(file);
      closeSync(file);
      return bytes;
    },
  };
}

function gzipSink(path: string): Sink {
  const gzip = createGzip();
  const done = pipeline(gzip, createWriteStream(path, { mode: OWNER_ONLY, flush: true }));
  done.catch(() => {});
  return {
    write: (chunk) => Promise.race([new Promise<void>((resolve) => gzip.write(chunk, () => resolve())), done]),
    async end() {
      gzip.end();
      await done;
      return statSync(path).size;
    },
  };
}

let loaded: Promise<void> | undefined;

/** The compressor of zstd, loaded once: loading it anew would take its memory from whoever uses it. */
export async function zstdCompressor(): Promise<(bytes: Uint8Array) => Uint8Array> {
  loaded ??= init();
  await loaded;
  return (bytes) => compress(bytes, ZSTD_LEVEL);
}

async function zstdSink(path: string): Promise<Sink> {
  const squeeze = await zstdCompressor();
  const file = openSync(path, 'w', OWNER_ONLY);
  let waiting: Buffer[] = [];
  let size = 0;
  let bytes = 0;
  const flush = (): void => {
    const frame = squeeze(Buffer.concat(waiting));
    for (let at = 0; at < frame.length; ) at += writeSync(file, frame, at);
    bytes += frame.length;
    waiting = [];
    size = 0;
  };
  return {
    write(chunk) {
      waiting.push(Buffer.from(chunk));
      size += chunk.length;
      if (size >= FRAME_BYTES) flush();
    },
    async end() {
      if (size > 0 || bytes === 0) flush();
      fsyncSync(file);
      closeSync(file);
      return bytes;
    },
  };
}

export async function openSink(path: string, compression: Compression): Promise<Sink> {
  if (compression === 'gzip') return gzipSink(path);
  return compression === 'zstd' ? zstdSink(path) : plainSink(path);
}
