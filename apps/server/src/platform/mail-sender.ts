/** Who messages come from. */
export type MailSender = { name: string; address: string };

/** `Name <address>` or an address alone. */
export function parseSender(text: string): MailSender | undefined {
  const [, name = '', bracketed, alone] = /^(?:"?([^"<>]*?)"?\s*<([^\s<>@]+@[^\s<>@]+)>|([^\s<>@]+@[^\s<>@]+))$/.exec(text.trim()) ?? [];
  const address = bracketed ?? alone;
  return address === undefined ? undefined : { name: name.trim() || 'Predictu', address };
}
