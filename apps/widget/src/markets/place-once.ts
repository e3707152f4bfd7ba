/** Placing what must happen once. */
import { ApiError } from '@predictu/ui/api/client.ts';

const TRIES = 5;
const RETRY_MS = 400;

/** Asks again what was lost on the way or is still under way, under the same key. */
export async function placeOnce<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const lost = error instanceof ApiError && (error.status === 0 || error.status >= 500 || error.code === 'IN_FLIGHT');
      if (!lost || attempt === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS * attempt));
    }
  }
}
