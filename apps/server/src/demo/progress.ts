/** A progress bar on a terminal, a line per stage elsewhere. */
export type Progress = { step(stage: string, done: number): void; end(): void };

const WIDTH = 28;

export function progressBar(output: NodeJS.WriteStream): Progress {
  let shown = '';
  return {
    step(stage, done) {
      const filled = Math.round(Math.min(1, done) * WIDTH);
      const line = output.isTTY
        ? `  ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(Math.floor(done * 100)).padStart(3)} %  ${stage}`
        : `  ${stage}`;
      if (line === shown) return;
      output.write(output.isTTY ? `\r${line}\x1b[K` : `${line}\n`);
      shown = line;
    },
    end() {
      if (output.isTTY) output.write('\r\x1b[K');
    },
  };
}
