/** Looking without locking: read-only snapshots on a connection of their own, one for all that ask while the last one is under way. */
import { Failure } from '@predictu/contract/errors';
import type { Clock } from '../platform/clock.ts';
import type { Session } from '../platform/session.ts';
import type { Operation } from './operation.rules.ts';
import { lookAt } from './transaction.ts';
import type { World } from './world.rules.ts';
import type { Settings } from './world-rows.rules.ts';

export type Looker = {
  /** Reads an answer off the world of this operation. The world is shared: what `read` changes in it, it must put back. */
  look<T>(operation: Operation, read: (world: World) => T): Promise<T>;
  close(): Promise<void>;
};
type Item = { operation: Operation; see(world: World): void; reject(error: unknown): void };

const CAP = 256;

export async function openLooker({ connect, clock }: { connect(): Promise<Session>; clock: Clock }): Promise<Looker> {
  let session = await connect();
  let settings: Settings | undefined;
  let queue: Item[] = [];
  let running = false;

  async function worldOf(operations: readonly Operation[]): Promise<World> {
    if (!session.alive()) session = await connect();
    const world = await lookAt(session, operations, settings, clock);
    settings = world.settings;
    return world;
  }

  /** A look that lost its connection is taken once more: it changes nothing. */
  async function run(items: readonly Item[]): Promise<void> {
    const operations = items.map(({ operation }) => operation);
    const world = await worldOf(operations).catch((error) => (session.alive() ? Promise.reject(error) : worldOf(operations)));
    for (const { see, reject } of items) {
      try {
        see(world);
      } catch (error) {
        reject(error);
      }
    }
  }

  async function loop(): Promise<void> {
    running = true;
    await null;
    for (let items = queue.splice(0, CAP); items.length > 0; items = queue.splice(0, CAP)) {
      await run(items).catch((error) => {
        const failure = session.alive() ? error : new Failure('UNAVAILABLE', 'The database cannot be reached');
        for (const { reject } of items) reject(failure);
      });
    }
    running = false;
  }

  await worldOf([]);
  return {
    look: (operation, read) =>
      new Promise((resolve, reject) => {
        queue.push({ operation, see: (world) => resolve(read(world)), reject });
        if (!running) loop();
      }),
    async close() {
      for (const { reject } of queue) reject(new Failure('UNAVAILABLE', 'The server is stopping'));
      queue = [];
      await session.close();
    },
  };
}
