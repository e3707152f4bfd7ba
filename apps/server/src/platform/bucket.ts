/** A bucket that speaks S3, with the requests signed by us. */
import { Failure } from '@predictu/contract/errors';
import { AwsClient } from 'aws4fetch';

export type Files = {
  /** @throws UNAVAILABLE when the bucket does not take it. */
  put(name: string, bytes: Buffer, contentType: string): Promise<void>;
  /** Undefined when there is none. @throws UNAVAILABLE when the bucket cannot be asked. */
  get(name: string): Promise<Buffer | undefined>;
};
export type BucketSettings = { url: string; region: string; accessKeyId: string; secretAccessKey: string };

const LONGEST_MS = 15_000;

/** `url` names the bucket, and a folder in it when everything of ours is to stand in one. */
export function openBucket({ url, region, accessKeyId, secretAccessKey }: BucketSettings): Files {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2, initRetryMs: 100 });
  const ask = async (
    name: string,
    init: { method: 'GET' | 'PUT'; body?: Uint8Array<ArrayBuffer>; headers?: Record<string, string> },
  ): Promise<Response> => {
    try {
      return await client.fetch(`${url.replace(/\/$/, '')}/${name}`, { ...init, signal: AbortSignal.timeout(LONGEST_MS) });
    } catch {
      throw new Failure('UNAVAILABLE', 'The file store cannot be reached');
    }
  };
  const refused = (status: number): Failure => new Failure('UNAVAILABLE', `The file store answered ${status}`);
  return {
    async put(name, bytes, contentType) {
      const headers = { 'content-type': contentType, 'cache-control': 'public, max-age=31536000, immutable' };
      const response = await ask(name, { method: 'PUT', body: new Uint8Array(bytes), headers });
      await response.arrayBuffer();
      if (!response.ok) throw refused(response.status);
    },
    async get(name) {
      const response = await ask(name, { method: 'GET' });
      const bytes = Buffer.from(await response.arrayBuffer());
      // A bucket whose list is not ours to read says 403 of what it has not.
      if (response.status === 404 || response.status === 403) return undefined;
      if (!response.ok) throw refused(response.status);
      return bytes;
    },
  };
}
