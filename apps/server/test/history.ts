/** Where a history is asked for: one built for a test, or that of a demo that runs. */
export type History = {
  /** Whether it goes on meanwhile. */
  moves: boolean;
  now(): Date;
  send(url: string, token?: string, payload?: object): Promise<{ status: number; text: string }>;
  close(): Promise<void>;
};
