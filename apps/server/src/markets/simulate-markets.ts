/** The simulated source: deterministic by seed, on whatever clock it is given; months pass as fast as they are asked for. */
import type { Clock } from '../platform/clock.ts';
import { eventPayload, pricePayload, type Question, questionsOf, resolvedPayload, slotsOf, topAt } from './simulated-market.rules.ts';
import type { Frame, SourceEvent } from './source.rules.ts';
import { frameReader, type MarketSource } from './source.ts';

export type SimulatorOptions = {
  seed: number;
  /** When the simulated world begins. The same seed and epoch give the same world on every start. */
  epoch: Date;
  /** How often prices are looked at, in milliseconds. */
  stepMs?: number;
  /** How often an unchanged price is stated again. */
  confirmMs?: number;
  /** How often volume and liquidity are stated again. */
  refreshMs?: number;
};

export type Simulator = {
  /** Moves to a time without saying anything: what is open then is stated at the next step. */
  skipTo(at: Date): void;
  /** What the source would say to somebody who looks at this instant, not having looked since the last call. */
  lookAt(at: Date): SourceEvent[];
  /** What the source would have sent from the last call (or the epoch) up to `to`, in order of time. */
  frames(to: Date, stepMs?: number): Generator<Frame>;
  /** The same, read by the parser: batches of events, one a step. */
  advanceTo(to: Date, stepMs?: number): Generator<SourceEvent[]>;
};

type Place = {
  questions: Generator<Question>;
  current: Question;
  open: boolean;
  decided: boolean;
  quotedAt: number;
  quoted: string;
  statedAt: number;
};

const STEP_MS = 2_000;
const CONFIRM_MS = 10_000;
const REFRESH_MS = 600_000;

const nextOf = (questions: Generator<Question>): Question => questions.next().value as Question;

export function simulator({
  seed,
  epoch,
  stepMs: usualStep = STEP_MS,
  confirmMs = CONFIRM_MS,
  refreshMs = REFRESH_MS,
}: SimulatorOptions): Simulator {
  const places = slotsOf(seed).map((slot): Place => {
    const questions = questionsOf(slot, epoch.getTime());
    return { questions, current: nextOf(questions), open: false, decided: false, quotedAt: 0, quoted: '', statedAt: 0 };
  });
  let clock = epoch.getTime();
  const reader = frameReader();

  /** After a decision the next question takes the place. */
  function moveOn(place: Place, now: number): void {
    if (!place.decided && (place.open || now < place.current.endsAt)) return;
    Object.assign(place, { current: nextOf(place.questions), open: false, decided: false, quoted: '' });
    // After a long absence the questions in between came and went unseen.
    while (place.current.decidedAt <= now) place.current = nextOf(place.questions);
  }

  function* step(place: Place, now: number): Generator<Frame> {
    const at = new Date(now);
    moveOn(place, now);
    const { current } = place;
    if (now < current.opensAt) return;
    if (!place.open && now < current.endsAt) {
      yield { body: eventPayload(current, now), at };
      Object.assign(place, { open: true, statedAt: now });
    }
    if (!place.open) return;
    if (now >= current.decidedAt) {
      const resolved = resolvedPayload(current, now);
      if (resolved) yield { body: resolved, at };
      yield { body: eventPayload(current, now), at };
      place.decided = true;
      return;
    }
    if (now >= current.endsAt) return;
    if (now - place.statedAt >= refreshMs) {
      yield { body: eventPayload(current, now), at };
      place.statedAt = now;
    }
    const top = topAt(current, now);
    const quoted = `${top.bid} ${top.ask}`;
    if (quoted === place.quoted && now - place.quotedAt < confirmMs) return;
    yield { body: pricePayload(current, now, top), at };
    Object.assign(place, { quoted, quotedAt: now });
  }

  const framesAt = (now: number): Frame[] => places.flatMap((place) => [...step(place, now)]);

  function* steps(to: Date, stepMs: number): Generator<Frame[]> {
    for (; clock <= to.getTime(); clock += stepMs) yield framesAt(clock);
    // A long step has gone past the end: the next one is an ordinary step away, not another long one.
    clock = Math.min(clock, to.getTime() + usualStep);
  }
  return {
    skipTo(at) {
      clock = at.getTime();
      for (const place of places) {
        while (place.current.decidedAt <= clock) place.current = nextOf(place.questions);
        Object.assign(place, { open: clock >= place.current.opensAt, decided: false, quoted: '', statedAt: 0 });
      }
    },
    lookAt(at) {
      clock = at.getTime() + usualStep;
      return framesAt(at.getTime()).flatMap((frame) => reader.read(frame));
    },
    *frames(to, stepMs = usualStep) {
      for (const frames of steps(to, stepMs)) yield* frames;
    },
    *advanceTo(to, stepMs = usualStep) {
      for (const frames of steps(to, stepMs)) yield frames.flatMap((frame) => reader.read(frame));
    },
  };
}

/** The simulator as a source in the time of the given clock. What ended while nobody looked is decided at the first step. */
export function simulatedSource({ clock, stepMs = STEP_MS, ...options }: SimulatorOptions & { clock: Clock }): MarketSource {
  let timer: NodeJS.Timeout | undefined;
  return {
    name: 'simulated',
    async start(listener, { lastHeard }) {
      const world = simulator({ ...options, stepMs });
      const now = clock.now();
      const since = lastHeard && lastHeard < now && lastHeard > options.epoch ? lastHeard : now;
      world.skipTo(since);
      const report = (step: number): void => {
        for (const events of world.advanceTo(clock.now(), step)) if (events.length > 0) listener.events(events);
      };
      report(Math.max(stepMs, now.getTime() - since.getTime()));
      timer = setInterval(report, stepMs, stepMs);
    },
    async stop() {
      clearInterval(timer);
    },
  };
}
