/** The promise every call returns: awaited it is the data; `withResponse()` gives what came beside it. */
import type { ResponseInfo } from './response-info.ts';

export type Answered<T> = { data: T; response: ResponseInfo };

export class ApiPromise<T> implements Promise<T> {
  readonly [Symbol.toStringTag] = 'ApiPromise';
  private readonly answered: Promise<Answered<T>>;
  constructor(answered: Promise<Answered<T>>) {
    this.answered = answered;
  }
  /** The data, and status, request id, rate limit and whether it was replayed. */
  withResponse(): Promise<Answered<T>> {
    return this.answered;
  }
  // biome-ignore lint/suspicious/noThenProperty: it is a promise.
  then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.answered.then(({ data }) => data).then(fulfilled, rejected);
  }
  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, rejected);
  }
  finally(settled?: (() => void) | null): Promise<T> {
    return this.then().finally(settled);
  }
}
