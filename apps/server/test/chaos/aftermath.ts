/**
 * What the trades say afterwards, against the history of limits, halts and pauses: each change noted the last id handed out
 * before it, under the sequencer, so it holds for every later id and for no earlier one.
 */
import type pg from 'pg';

type Trade = { id: bigint; operator_id: bigint; market_id: bigint; category: string; side: 'buy' | 'sell'; quantity: bigint };
type Note = { last_id: bigint; subject: string; value: bigint };

/** One sentence for every buy that broke a limit, or that happened in spite of a halt or a pause. */
export async function brokenLimits(owner: pg.Client): Promise<string[]> {
  const { rows: notes } = await owner.query<Note>('select last_id, subject, value from chaos_history order by n');
  const { rows: trades } = await owner.query<Trade>(
    `select t.id, t.operator_id, t.market_id, m.category, t.side, t.quantity from trades t join markets m on m.id = t.market_id order by t.id`,
  );
  const inForce = new Map<string, bigint>();
  const open = new Map<string, bigint>();
  const broken: string[] = [];
  let next = 0;
  for (const { id, operator_id: operator, market_id: market, category, side, quantity } of trades) {
    for (let note = notes[next]; note && note.last_id < id; note = notes[(next += 1)]) inForce.set(note.subject, note.value);
    const scopes: [scope: string, limit: string, halt: string][] = [
      ['global', 'global', 'halted global'],
      [`operator ${operator}`, `operator ${operator}`, `halted operator ${operator}`],
      [`category ${category}`, `category ${category}`, `halted category ${category}`],
      [`market ${market}`, 'every market', `halted market ${market}`],
    ];
    for (const [scope, limitName, haltName] of scopes) {
      const after = (open.get(scope) ?? 0n) + (side === 'buy' ? quantity : -quantity);
      open.set(scope, after);
      if (side === 'sell') continue;
      const limit = inForce.get(limitName);
      if (limit === undefined || after > limit) broken.push(`trade ${id}: ${scope} at ${after}, limit ${limit}`);
      if (inForce.get(haltName) === 1n) broken.push(`trade ${id}: ${scope} was halted`);
    }
    if (side === 'buy' && inForce.get(`paused ${market}`) === 1n) broken.push(`trade ${id}: market ${market} was paused`);
  }
  return broken;
}

/** How many limits, halts and pauses were changed, for the report. */
export async function countNotes(owner: pg.Client): Promise<number> {
  const {
    rows: [row],
  } = await owner.query('select count(*)::int as notes from chaos_history');
  return row.notes;
}
