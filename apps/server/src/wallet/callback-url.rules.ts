/** What a callback URL must look like before anything is looked up. Addresses are checked at every connection, by guard-address.ts. */

const LONGEST = 500;

/** Why it is no callback URL, or null. `loopback` also allows http and this machine, for development. */
export function callbackUrlProblem(text: string, { loopback }: { loopback: boolean }): string | null {
  if (text.length > LONGEST) return `at most ${LONGEST} characters`;
  if (!URL.canParse(text)) return 'an https:// address';
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(loopback && url.protocol === 'http:')) return 'an https:// address';
  if (url.username !== '' || url.password !== '') return 'an address without a user name or password';
  if (url.hash !== '') return 'an address without a fragment';
  if (url.hostname === '') return 'an address with a host';
  return null;
}
