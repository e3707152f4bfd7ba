/** The activity feed: what happened, newest first, live; it pauses under the pointer and says so. */
import { useEffect, useRef, useState } from 'react';
import { useEvents } from '../api/follow-events.ts';
import type { Row } from '../api/wire.ts';
import { formatWords } from '../format/words.ts';
import { Button } from '../kit/button.tsx';
import { Time } from '../kit/figures.tsx';
import { ShapeMark } from '../kit/status.tsx';

export type Activity = Row<'listOwnActivity'>;

const MOST = 200;

/** Adds what the stream brings to what a first page showed; what comes while paused waits. */
export function useFeed(first: readonly Activity[] | undefined, stream: string | null) {
  const [paused, setPaused] = useState(false);
  const [shown, setShown] = useState<Activity[]>([]);
  const waiting = useRef<Activity[]>([]);
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (first) setShown([...first]);
  }, [first]);
  const live = useEvents(stream, ({ data }) => {
    const entry = data as Activity;
    if (paused) {
      waiting.current = [entry, ...waiting.current].slice(0, MOST);
      setCount(waiting.current.length);
    } else setShown((list) => [entry, ...list.filter(({ id }) => id !== entry.id)].slice(0, MOST));
  });
  const takeIn = () => {
    setShown((list) => [...waiting.current, ...list].slice(0, MOST));
    waiting.current = [];
    setCount(0);
  };
  return {
    shown,
    live,
    paused,
    count,
    takeIn,
    pause: (next: boolean) => {
      setPaused(next);
      if (!next) takeIn();
    },
  };
}

export function FeedControls({ feed }: { feed: ReturnType<typeof useFeed> }) {
  return (
    <>
      <span className="small tertiary" role="status">
        {feed.paused ? 'paused' : feed.live ? 'live' : 'connecting'}
      </span>
      {feed.count > 0 && <Button onClick={feed.takeIn}>{feed.count} new</Button>}
      <Button
        kind="quiet"
        icon={feed.paused ? 'play' : 'pause'}
        aria-label={feed.paused ? 'Resume the feed' : 'Pause the feed'}
        onClick={() => feed.pause(!feed.paused)}
      />
    </>
  );
}

export function FeedList({
  entries,
  operators,
  onOpen,
}: {
  entries: readonly Activity[];
  operators: boolean;
  onOpen?: (entry: Activity) => void;
}) {
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.id} style={{ borderTop: '1px solid var(--line)' }}>
          <button
            type="button"
            className="row top"
            style={{ gap: 10, padding: '7px 20px 8px', width: '100%' }}
            disabled={!onOpen}
            onClick={() => onOpen?.(entry)}
          >
            <span className="tiny tertiary figure" style={{ paddingTop: 1 }}>
              <Time at={entry.created_at} />
            </span>
            <span className="column space" style={{ lineHeight: '16px' }}>
              <span className="row" style={{ gap: 6 }}>
                {entry.severity !== 'info' && (
                  <ShapeMark
                    shape={entry.severity === 'critical' ? 'square' : 'triangle'}
                    tone={entry.severity === 'critical' ? 'danger' : 'warn'}
                    size={8}
                  />
                )}
                <span className="small medium ellipsis">{entry.title}</span>
                <span className="small tertiary ellipsis">
                  {operators && entry.operator_slug ? entry.operator_slug : formatWords(entry.type)}
                </span>
              </span>
              <span className="small secondary ellipsis">{entry.description}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
