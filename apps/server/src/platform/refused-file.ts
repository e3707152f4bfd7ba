/** A file that will not be taken, in words for whoever sent it. */
export class RefusedFile extends Error {
  readonly received: string;
  readonly expected: string;
  constructor(received: string, expected: string) {
    super(`${received}; expected ${expected}`);
    this.received = received;
    this.expected = expected;
  }
}
