/** Pages: the documented offset pages, plus an opaque cursor on long lists. */
import { z } from 'zod';

/** Query parameters are text; this reads a whole number within bounds. */
const wholeNumber = (least: number, most: number) =>
  z.codec(z.string().regex(/^\d{1,9}$/), z.number().int().min(least).max(most), { decode: Number, encode: String });

export const pageQuery = {
  page: wholeNumber(1, 1_000_000).default(1).meta({ description: 'Page number (1-indexed).' }),
  limit: wholeNumber(1, 200).default(50).meta({ description: 'Results per page. Max 200.' }),
};
/** A page whose length has a default of its own. */
export const openPageQuery = { page: pageQuery.page, limit: wholeNumber(1, 200).optional() };
export const cursorQuery = {
  cursor: z.string().max(200).optional().meta({ description: 'Continue after this `next_cursor`; takes the place of `page`.' }),
};

export const pagination = z
  .object({
    page: z.number().int(),
    limit: z.number().int(),
    total: z.number().int(),
    total_pages: z.number().int(),
  })
  .meta({ id: 'Pagination' });

/** `{data, pagination}` as documented; lists that also take a cursor answer `next_cursor`. */
export const paged = <T extends z.core.$ZodType>(item: T) =>
  z.object({ data: z.array(item), pagination, next_cursor: z.string().nullable().optional() });
/** `{data, total}`: the documented shape of short lists. */
export const listed = <T extends z.core.$ZodType>(item: T) => z.object({ data: z.array(item), total: z.number().int() });
/** `{data}`. */
export const single = <T extends z.core.$ZodType>(item: T) => z.object({ data: item });
