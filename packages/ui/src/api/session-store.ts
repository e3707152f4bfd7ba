/** Where a session is kept: this tab, under a name for each program that shares the origin. Ended by logging out, by expiry, or by the server. */
export type Session<Person> = { token: string; expires_at: string; person: Person };
export type SessionStore<Person> = {
  read(): Session<Person> | null;
  token(): string | null;
  begin(session: Session<Person>): void;
  end(): void;
  subscribe(listener: () => void): () => void;
};

/** `name` separates the programs that share an origin. */
export function createSessionStore<Person>(name: string): SessionStore<Person> {
  const key = `predictu.${name}.session`;
  const listeners = new Set<() => void>();
  let current = stored<Person>(key);
  const change = (next: Session<Person> | null) => {
    current = next;
    if (next) sessionStorage.setItem(key, JSON.stringify(next));
    else sessionStorage.removeItem(key);
    for (const listener of listeners) listener();
  };
  const live = () => (current && Date.parse(current.expires_at) > Date.now() ? current : null);
  return {
    read: live,
    token: () => live()?.token ?? null,
    begin: change,
    end: () => change(null),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function stored<Person>(key: string): Session<Person> | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Session<Person> | null;
  } catch {
    return null;
  }
}
