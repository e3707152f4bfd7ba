/** Asking again at once when something rare happens, and seldom when it happens all the time. */

export type RefreshPace<Name> = {
  touch: (name: Name) => void;
  /** As if it had just been refreshed: the screen that opens asks by itself. */
  begin: (name: Name) => void;
  stop: () => void;
};

/** `refresh` runs at the first touch of a name, then once for all touches of each following span. */
export function refreshPace<Name>(leastMs: number, refresh: (name: Name) => void): RefreshPace<Name> {
  const resting = new Map<Name, { timer: ReturnType<typeof setTimeout>; again: boolean }>();
  const rest = (name: Name) => {
    const timer = setTimeout(() => {
      const { again = false } = resting.get(name) ?? {};
      resting.delete(name);
      if (!again) return;
      refresh(name);
      rest(name);
    }, leastMs);
    resting.set(name, { timer, again: false });
  };
  return {
    touch(name) {
      const state = resting.get(name);
      if (state) state.again = true;
      else {
        refresh(name);
        rest(name);
      }
    },
    begin(name) {
      if (!resting.has(name)) rest(name);
    },
    stop() {
      for (const { timer } of resting.values()) clearTimeout(timer);
      resting.clear();
    },
  };
}
