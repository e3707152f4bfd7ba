/** A statement about the whole database and the query that finds every row it does not hold for. */
export type BookCheck = {
  name: string;
  claim: string;
  /** How many things were looked at: a query of one number. */
  compared: string;
  /** A query of rows (subject, expected, found); a subject may name things as `trade:123`. */
  differences: string;
  /** True when the query's $1 is the list of categories. */
  withCategories?: true;
};
