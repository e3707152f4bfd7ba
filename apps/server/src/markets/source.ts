/** The port every market source implements, and the one reader that turns what they hear into events. */
import { readPayload } from './payload.rules.ts';
import { type Frame, type SourceEvent, type SourceName, setAside, type TokenLookup } from './source.rules.ts';
import { line } from './text.rules.ts';

/** Where a source reports to. */
export type SourceListener = {
  events(events: readonly SourceEvent[]): void;
  /** A failure the source goes on after: no answer, a refused connection, half a document. */
  trouble(message: string): void;
};

/** What we carry of this source when it starts. */
export type Carried = {
  lastHeard: Date | null;
  /** Source ids of markets we believe open. */
  open: readonly string[];
};

export type MarketSource = {
  name: SourceName;
  /** Starts reporting, knowing what we carry of it; comes back as soon as it runs, whether or not the source can be reached. */
  start(listener: SourceListener, carried: Carried): Promise<void>;
  stop(): Promise<void>;
};

/** Reads frames, remembering which tokens the markets it has seen trade under. */
export type FrameReader = { read(frame: Frame): SourceEvent[] };

/** Tokens of closed markets are forgotten after this many are known. */
const MOST_TOKENS = 200_000;

export function frameReader(): FrameReader {
  const tokens = new Map<string, { sourceId: string; side: 'yes' | 'no' }>();
  return {
    read(frame) {
      const events = readSafely(frame, (tokenId) => tokens.get(tokenId));
      for (const event of events) {
        if (event.kind !== 'market' || event.details.tokens === null) continue;
        const [yes, no] = event.details.tokens;
        tokens.set(yes, { sourceId: event.sourceId, side: 'yes' });
        tokens.set(no, { sourceId: event.sourceId, side: 'no' });
      }
      for (const oldest of tokens.keys()) {
        if (tokens.size <= MOST_TOKENS) break;
        tokens.delete(oldest);
      }
      return events;
    },
  };
}

/** The parser is total; should it ever not be, one payload is lost and not the feed. */
function readSafely(frame: Frame, lookup: TokenLookup): SourceEvent[] {
  try {
    return readPayload(frame, lookup);
  } catch (error) {
    return [setAside(line(frame.key, 200) || '-', 'unparseable', line(String(error), 120), frame.at)];
  }
}
