/** Entries of the activity feed with their words: the facts they point at are read a kind at a time. */

import type { Id } from '@predictu/contract/ids';
import type { activity } from '@predictu/contract/shapes/activity';
import type { z } from 'zod';
import type { Db } from '../platform/db.ts';
import type { EntryRow } from './activity.sql.ts';
import {
  type Keys,
  selectAuditFacts,
  selectOperators,
  selectPlayerFacts,
  selectRecordFacts,
  selectRiskFacts,
  selectSettlementFacts,
  selectTradeFacts,
} from './activity-facts.sql.ts';
import { auditWords, playerWords, recordWords, riskWords, settlementWords, tradeWords, type Words } from './activity-words.rules.ts';

export type Activity = z.output<typeof activity>;
type Source = EntryRow['source'];
/** An entry's words by what it points at; those of a settlement by operator, too. */
type Lexicon = Map<string, Words>;

const keyOf = (source: Source, id: bigint, operatorId: bigint | null): string =>
  source === 'settlement_record' ? `${source}:${id}:${operatorId}` : `${source}:${id}`;

async function readWords(db: Db, rows: readonly EntryRow[]): Promise<Lexicon> {
  const lexicon: Lexicon = new Map();
  const read = async <F extends { id: bigint; operator_id?: bigint }>(
    source: Source,
    select: (db: Db, keys: Keys) => Promise<F[]>,
    words: (fact: F) => Words,
  ): Promise<void> => {
    const wanted = rows.filter((row) => row.source === source);
    if (wanted.length === 0) return;
    const facts = await select(db, { ids: wanted.map((row) => row.source_id), operatorIds: wanted.map((row) => row.operator_id) });
    for (const fact of facts) lexicon.set(keyOf(source, fact.id, fact.operator_id ?? null), words(fact));
  };
  await Promise.all([
    read('trade', selectTradeFacts, tradeWords),
    read('player', selectPlayerFacts, playerWords),
    read('audit', selectAuditFacts, auditWords),
    read('risk_event', selectRiskFacts, riskWords),
    read('settlement', selectSettlementFacts, settlementWords),
    read('settlement_record', selectRecordFacts, recordWords),
  ]);
  return lexicon;
}

/** In the order given. */
export async function showActivity(db: Db, rows: readonly EntryRow[]): Promise<Activity[]> {
  const operatorIds = [...new Set(rows.flatMap(({ operator_id: id }) => (id === null ? [] : [id])))];
  const [lexicon, operators] = await Promise.all([readWords(db, rows), selectOperators(db, operatorIds)]);
  const operatorOf = new Map(operators.map((operator) => [operator.id, operator]));
  return rows.map((row) => {
    const words = lexicon.get(keyOf(row.source, row.source_id, row.operator_id));
    if (!words) throw new Error(`An activity points at ${row.source} ${row.source_id}, which is not there`);
    const operator = row.operator_id === null ? undefined : operatorOf.get(row.operator_id);
    return {
      id: row.id as Id<'activity'>,
      type: row.type,
      ...words,
      operator_slug: operator?.slug ?? null,
      operator_name: operator?.name ?? null,
      created_at: row.created_at,
    };
  });
}
