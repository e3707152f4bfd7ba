/** Statements of the owner, who seeds and settles up; nothing measured runs here. */
import pg from 'pg';

/** Runs the texts in order, each of which may hold several statements. */
export async function runStatements(ownerUrl: string, ...texts: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const text of texts) await client.query(text);
  } finally {
    await client.end();
  }
}
