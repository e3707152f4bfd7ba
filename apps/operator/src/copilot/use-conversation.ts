/** One conversation with the copilot: what was said, the draft so far, and the answer that is on its way. Kept in this browser. */
import { ApiError } from '@predictu/ui/api/client.ts';
import { readEvents } from '@predictu/ui/api/follow-events.ts';
import { useClient, useRefresh } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Body } from '@predictu/ui/api/wire.ts';
import { useEffect, useRef, useState } from 'react';

export type Draft = NonNullable<Body<'chatWithCopilot'>['draft']>;
export type Message = { role: 'user' | 'assistant'; text: string; by?: string };
type ChatEvent = Answer<'chatWithCopilot'>;
type Request = { key: string; body: Body<'chatWithCopilot'> };
type Kept = { messages: Message[]; draft: Draft | null };

const STORED = 'predictu.copilot';
const MOST_SENT = 40;
const LONGEST = 4_000;

function readKept(): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(STORED) ?? 'null') as Kept | null;
    if (kept && Array.isArray(kept.messages)) return kept;
  } catch {
    // Another version wrote it.
  }
  return { messages: [], draft: null };
}

const byWhom = (engine: 'claude' | 'rules', model: string | null): string =>
  engine === 'rules' ? 'answered by rules, without a model' : `answered by Claude (${model})`;

export function useConversation() {
  const client = useClient();
  const refresh = useRefresh();
  const [{ messages, draft }, setKept] = useState(readKept);
  const [speaking, setSpeaking] = useState<string | null>(null);
  const [failure, setFailure] = useState<{ error: Error; request: Request } | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => localStorage.setItem(STORED, JSON.stringify({ messages, draft })), [messages, draft]);

  const setDraft = (next: Draft | null) => setKept((kept) => ({ ...kept, draft: next }));

  function hear(event: ChatEvent, request: Request): void {
    if (event.kind === 'text') setSpeaking((said) => `${said ?? ''}${event.text}`);
    else if (event.kind === 'draft') setDraft(event.draft);
    else if (event.kind === 'done') {
      const answer: Message = { role: 'assistant', text: event.message.slice(0, LONGEST), by: byWhom(event.engine, event.model) };
      setKept((kept) => ({ messages: [...kept.messages, answer], draft: event.draft ?? kept.draft }));
    } else if (event.kind === 'failed') {
      const { code, message, retryable } = event;
      setFailure({ error: new ApiError(200, { code, message: `${message} Nothing was paid.`, retryable }), request });
    }
  }

  async function run(request: Request): Promise<void> {
    const stop = new AbortController();
    running.current = stop;
    setFailure(null);
    setSpeaking('');
    try {
      const response = await client.open(client.address('chatWithCopilot', {}), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': request.key },
        body: JSON.stringify(request.body),
        signal: stop.signal,
      });
      await readEvents(response.body as ReadableStream<Uint8Array>, ({ data }) => hear(data as ChatEvent, request));
    } catch (error) {
      if (!stop.signal.aborted) setFailure({ error: error as Error, request });
    } finally {
      if (!stop.signal.aborted) setSpeaking(null);
      refresh(['getCopilotCredits']);
    }
  }

  return {
    messages,
    draft,
    setDraft,
    /** The words of the answer that is on its way; null when nothing is. */
    speaking,
    failure: failure?.error ?? null,
    /** The same question under the same key: an answer that was finished meanwhile comes without being paid again. */
    again: failure ? () => void run(failure.request) : undefined,
    say(text: string): void {
      const said: Message[] = [...messages, { role: 'user', text }];
      setKept({ messages: said, draft });
      const sent = said.slice(-MOST_SENT).map(({ role, text: words }) => ({ role, text: words }));
      void run({ key: crypto.randomUUID(), body: { messages: sent, draft } });
    },
    forget(): void {
      running.current?.abort();
      setSpeaking(null);
      setFailure(null);
      setKept({ messages: [], draft: null });
    },
  };
}
