/** Very many rows of a few whole numbers each, eight bytes a number, outside the heap. */
const PIECE_BITS = 12;
const PIECE = 1 << PIECE_BITS;

export class WholeRows {
  readonly #width: number;
  readonly #pieces: BigInt64Array[] = [];
  #count = 0;

  constructor(width: number) {
    this.#width = width;
  }

  add(numbers: readonly (bigint | number)[]): void {
    const place = this.#count & (PIECE - 1);
    if (place === 0) this.#pieces.push(new BigInt64Array(PIECE * this.#width));
    const piece = this.#pieces[this.#count >> PIECE_BITS] as BigInt64Array;
    for (let index = 0; index < this.#width; index += 1) piece[place * this.#width + index] = BigInt(numbers[index] as bigint | number);
    this.#count += 1;
  }

  at(row: number, index: number): bigint {
    return this.#pieces[row >> PIECE_BITS]?.[(row & (PIECE - 1)) * this.#width + index] as bigint;
  }

  /** The rows by these numbers, the smallest first. */
  order(...by: readonly number[]): Uint32Array {
    return Uint32Array.from({ length: this.#count }, (_, row) => row).sort((a, b) => {
      for (const index of by) {
        const [left, right] = [this.at(a, index), this.at(b, index)];
        if (left !== right) return left < right ? -1 : 1;
      }
      return 0;
    });
  }
}
