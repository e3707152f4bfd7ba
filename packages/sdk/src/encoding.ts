/** Bytes as text and back, without a Buffer. */

/** Backed by a plain ArrayBuffer, as Web Crypto asks. */
export type Bytes = Uint8Array<ArrayBuffer>;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export const utf8 = (text: string): Bytes => encoder.encode(text);
/** @throws TypeError when they are not UTF-8. */
export const textOf = (bytes: Bytes): string => decoder.decode(bytes);

function binaryOf(bytes: Bytes): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return binary;
}
export const base64 = (bytes: Bytes): string => btoa(binaryOf(bytes));
export const base64url = (bytes: Bytes): string => base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
/** @throws when it is not base64. */
export const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** Strict: no padding, no other alphabet. @throws when it is not base64url. */
export function fromBase64url(text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new TypeError('Not base64url');
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}
export const hex = (bytes: Bytes): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
