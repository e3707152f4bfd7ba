/** Forms with a file in them. */
import type { Bytes } from './encoding.ts';

/** A file to send: its bytes, or a Blob such as the runtime's own files. What it is is read from its content, not from its name. */
export type UploadFile = Blob | ArrayBuffer | Uint8Array;

function blobOf(value: unknown): Blob | undefined {
  if (value instanceof Blob) return value;
  return value instanceof ArrayBuffer || value instanceof Uint8Array ? new Blob([value as ArrayBuffer | Bytes]) : undefined;
}

/** Sent as often as it takes: nothing in it is used up. @throws TypeError for what a form cannot say. */
export function formOf(fields: object): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    const blob = blobOf(value);
    if (blob) form.append(name, blob);
    else if (typeof value === 'string') form.append(name, value);
    else if (value !== undefined) throw new TypeError(`Expected the bytes of a file or a text as ${name}, received ${typeof value}`);
  }
  return form;
}
