/** Everybody who plays in the history: they come, log in, stay for a while and leave. */
import { cents } from '@predictu/contract/units';
import type { PlayerSession } from '../access/access.ts';
import { virtualClock } from '../platform/clock.ts';
import { idMaker } from '../platform/ids.ts';
import { admitPlayer } from '../players/players.ts';
import { DAY_MS, type DemoScale } from './demo-calendar.rules.ts';
import { type DemoPlayer, demoPerson, loadPlayers, openLottery } from './demo-players.ts';
import { type DemoOperator, externalIdOf, playersOf } from './demo-seed.rules.ts';
import { moveCash } from './make-move.ts';
import { DEMO, type Past } from './past.ts';
import type { Person } from './person.rules.ts';
import { amountBetween } from './temperament.rules.ts';

const ACCESS = { kind: 'access' } as const;
const SESSION_MS = DAY_MS;
/** Back after this long, a player logs in again. */
const VISIT_MS = 3 * 3_600_000;

type Newcomer = { operator: DemoOperator; operatorId: bigint; person: Person; at: number };

export type Crowd = {
  /** Lets in everybody whose time has come. */
  arrive(): Promise<void>;
  /** Reads again what players have, and who still plays today. */
  wakeUp(): Promise<void>;
  /** One of those who play, or nobody. */
  pick(draw: number): DemoPlayer | undefined;
  everybody(): readonly DemoPlayer[];
  /** Notes a session when it has been a while. */
  visit(player: DemoPlayer): void;
  /** Writes the sessions noted so far. */
  writeSessions(): Promise<void>;
};
export type CrowdOptions = {
  past: Past;
  scale: DemoScale;
  start: number;
  operators: readonly { operator: DemoOperator; id: bigint }[];
  draw: () => number;
  /** Whether an operator's players are left alone for the moment, or pay by themselves. */
  away(operator: DemoOperator): boolean;
  ownWallet(operator: DemoOperator): boolean;
};

export function openCrowd({ past, scale, start, operators, draw, away, ownWallet }: CrowdOptions): Crowd {
  const { database, access, clock, newId } = past;
  const span = scale.days * DAY_MS;
  const newcomers = operators
    .flatMap(({ operator, id: operatorId }) =>
      Array.from({ length: playersOf(operator, scale.players) }, (_, index): Newcomer => {
        const person = demoPerson(operator, index, scale);
        return { operator, operatorId, person, at: Math.floor(start + person.comes * span) };
      }),
    )
    .sort((one, other) => one.at - other.at);
  const players: DemoPlayer[] = [];
  const seen = new Map<bigint, number>();
  let sessions: PlayerSession[] = [];
  let place = 0;
  let lottery = openLottery([]);

  const playsNow = ({ person, operator }: DemoPlayer): boolean => {
    const now = (clock.now().getTime() - start) / span;
    return now < Math.max(0, person.comes) + person.stays && !away(operator);
  };
  const shuffle = (): void => {
    lottery = openLottery(players.filter(playsNow));
  };

  async function admit(people: readonly Newcomer[]): Promise<DemoPlayer[]> {
    return database.as(ACCESS, 'write', (db) =>
      Promise.all(
        people.map(async ({ operator, operatorId, person, at }) => {
          const externalId = externalIdOf(operator, person.index);
          const joined = new Date(at);
          const visitor = { operatorId, externalId, username: person.username, email: `${externalId}@players.example` };
          const { id } = await admitPlayer(db, visitor, joined, idMaker(virtualClock(joined)));
          if (person.temperament.limitTier !== 'new')
            await db.query('update players set limit_tier = $3 where operator_id = $1 and id = $2', [
              operatorId,
              id,
              person.temperament.limitTier,
            ]);
          return { operatorId, operator, id, person, balance: cents(0n), holdings: new Map() };
        }),
      ),
    );
  }

  return {
    async arrive() {
      const now = clock.now().getTime();
      const arrived: Newcomer[] = [];
      while (place < newcomers.length && (newcomers[place] as Newcomer).at <= now) arrived.push(newcomers[place++] as Newcomer);
      if (arrived.length === 0) return;
      const admitted = await admit(arrived);
      players.push(...admitted);
      shuffle();
      await Promise.all(
        admitted
          .filter(({ operator }) => !ownWallet(operator))
          .map((player) =>
            moveCash(past, player, 'deposit', amountBetween(player.person.temperament.deposit, draw()), `demo-first-${player.id}`),
          ),
      );
      for (const player of admitted) this.visit(player);
    },
    async wakeUp() {
      const known = await database.as(DEMO, 'read', (db) => loadPlayers(db, scale));
      players.splice(0, players.length, ...known);
      shuffle();
    },
    pick: (chance) => lottery(chance),
    everybody: () => players,
    visit({ id: playerId, operatorId, operator, person }) {
      const createdAt = clock.now();
      const now = createdAt.getTime();
      if ((seen.get(playerId) ?? 0) + VISIT_MS > now) return;
      seen.set(playerId, now);
      const origin = person.mobile ? operator.website.replace('https://', 'https://m.') : operator.website;
      const { userAgent } = person;
      sessions.push({ id: newId(), operatorId, playerId, origin, userAgent, createdAt, expiresAt: new Date(now + SESSION_MS) });
    },
    async writeSessions() {
      const waiting = sessions;
      sessions = [];
      if (waiting.length > 0) await database.as(ACCESS, 'write', (db) => access.noteSessions(db, waiting));
    },
  };
}
