/** The activity feed: what happened, newest first, live; it pauses under the pointer and says so. */

import { useEffect, useRef, useState } from 'react';
import { type Activity, useActivity, useLive } from '../api/live.tsx';
import { formatWords } from '../format/words.ts';
import { Button } from '../kit/button.tsx';
import { Time } from '../kit/figures.tsx';
import { ShapeMark } from '../kit/status.tsx';

const MOST = 200;
type Wanted = (entry: Activity) => boolean;

const together = (newer: readonly Activity[], older: readonly Activity[]): Activity[] => {
  const known = new Set(newer.map(({ id }) => id));
  return [...newer, ...older.filter(({ id }) => !known.has(id))].slice(0, MOST);
};

/** Adds what happens to what a first page showed; what comes while paused waits. */
export function useFeed(first: readonly Activity[] | undefined, wanted: Wanted = () => true) {
  const live = useLive();
  const [paused, setPaused] = useState(false);
  const [shown, setShown] = useState<Activity[]>([]);
  const waiting = useRef<Activity[]>([]);
  const [count, setCount] = useState(0);
  const latest = useRef({ live, wanted });
  latest.current = { live, wanted };
  useEffect(() => {
    if (!first) return;
    // What happened between that answer and now has come by the stream.
    const since = first[0]?.created_at ?? '';
    const { live: stream, wanted: fits } = latest.current;
    setShown(
      together(
        stream.recent.filter((entry) => entry.created_at >= since && fits(entry)),
        first,
      ),
    );
  }, [first]);
  useActivity((entry) => {
    if (!wanted(entry)) return;
    if (paused) {
      waiting.current = together([entry], waiting.current);
      setCount(waiting.current.length);
    } else setShown((list) => together([entry], list));
  });
  const takeIn = () => {
    const news = waiting.current;
    setShown((list) => together(news, list));
    waiting.current = [];
    setCount(0);
  };
  return {
    shown,
    live: live.connected,
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
                  {operators && entry.operator_name ? entry.operator_name : entry.type !== 'trade' && formatWords(entry.type)}
                </span>
              </span>
              <span className="small secondary wrap-two">{entry.description}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
