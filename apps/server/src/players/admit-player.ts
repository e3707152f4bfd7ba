/** Lets a visitor of an operator's site in as the player they have always been. */
import type { Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { type AdmissionRow, upsertVisitor, type Visitor } from './player-admission.sql.ts';

/** The player of (operator, external id), made at the first visit; a name or e-mail that is given replaces the old one. */
export const admitPlayer = (db: Db, visitor: Visitor, now: Date, newId: NewId): Promise<AdmissionRow> =>
  upsertVisitor(db, newId(), visitor, now);
