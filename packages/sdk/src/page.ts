/** Pages of lists: one at a time, or every entry with `for await`. */
import { type Answered, ApiPromise } from './promise.ts';
import type { ResponseInfo } from './response-info.ts';

export type PageBody<T> = {
  data: readonly T[];
  pagination?: { page: number; limit: number; total: number; total_pages: number };
  next_cursor?: string | null;
  total?: number;
};
export type Query = Readonly<Record<string, unknown>>;
/** Asks for another page of the same list. */
export type Turn<T, Body extends PageBody<T>> = (query: Query) => Promise<Answered<Page<T, Body>>>;

/** What to ask for next; undefined at the end. A cursor skips and repeats nothing, whatever happens meanwhile, so it goes before page numbers. */
function nextQuery<T>(query: Query, { next_cursor, pagination }: PageBody<T>): Query | undefined {
  const { page: _page, cursor, ...same } = query;
  if (typeof next_cursor === 'string') return { ...same, cursor: next_cursor };
  if (cursor !== undefined || !pagination || pagination.page >= pagination.total_pages) return undefined;
  return { ...same, page: pagination.page + 1 };
}

export class Page<T, Body extends PageBody<T> = PageBody<T>> implements AsyncIterable<T> {
  /** The whole answer. */
  readonly body: Body;
  readonly response: ResponseInfo;
  private readonly query: Query;
  private readonly turn: Turn<T, Body>;
  constructor(body: Body, response: ResponseInfo, query: Query, turn: Turn<T, Body>) {
    this.body = body;
    this.response = response;
    this.query = query;
    this.turn = turn;
  }
  /** The entries of this page. */
  get data(): Body['data'] {
    return this.body.data;
  }
  get pagination(): PageBody<T>['pagination'] {
    return this.body.pagination;
  }
  get next_cursor(): PageBody<T>['next_cursor'] {
    return this.body.next_cursor;
  }
  /** How many there are on all pages, where the list says so. */
  get total(): number | undefined {
    return this.body.pagination?.total ?? this.body.total;
  }
  get hasNext(): boolean {
    return nextQuery(this.query, this.body) !== undefined;
  }
  /** The page after this one; null at the end. */
  async next(): Promise<Page<T, Body> | null> {
    const query = nextQuery(this.query, this.body);
    return query ? (await this.turn(query)).data : null;
  }
  /** This page and every one after it. */
  async *pages(): AsyncGenerator<Page<T, Body>, void> {
    for (let page: Page<T, Body> | null = this; page; page = await page.next()) yield page;
  }
  /** Every entry of this page and of those after it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for await (const page of this.pages()) yield* page.data;
  }
}

/** Awaited it is the first page; iterated, every entry of all pages. */
export class PagePromise<T, Body extends PageBody<T> = PageBody<T>> extends ApiPromise<Page<T, Body>> implements AsyncIterable<T> {
  async *pages(): AsyncGenerator<Page<T, Body>, void> {
    yield* (await this).pages();
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    yield* await this;
  }
}
