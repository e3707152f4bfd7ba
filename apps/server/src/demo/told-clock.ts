/**
 * Loaded before a program that is to live in a past: its clock shows what its parent last told it, at first by the program's own argument,
 * and says so when it has heard.
 */
import process from 'node:process';

const Machine = globalThis.Date;
let told = Number(process.argv[2]);

class ToldDate extends Machine {
  constructor(...given: readonly unknown[]) {
    if (given.length === 0) super(told);
    else super(...(given as [number]));
  }
  static override now(): number {
    return told;
  }
}
globalThis.Date = ToldDate as DateConstructor;

process.on('message', (at: number) => {
  told = at;
  process.send?.(at);
});
// Whoever told the time is gone.
process.on('disconnect', () => process.exit(0));
