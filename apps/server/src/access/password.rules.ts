/** Which passwords we accept. Length is what protects; rules about characters only teach people to append an exclamation mark. */
export const LEAST_PASSWORD_LENGTH = 12;
const MOST_PASSWORD_LENGTH = 256;

/** Why this password will not do, or undefined when it will. */
export function passwordProblem(password: string, email: string): string | undefined {
  const length = [...password].length;
  if (length < LEAST_PASSWORD_LENGTH) return `The password needs at least ${LEAST_PASSWORD_LENGTH} characters`;
  if (password.length > MOST_PASSWORD_LENGTH) return `The password may have at most ${MOST_PASSWORD_LENGTH} characters`;
  if (new Set(password).size < 5) return 'The password repeats too few characters';
  const own = email.toLowerCase();
  if (password.toLowerCase().includes(own) || own.includes(password.toLowerCase())) return 'The password may not be the e-mail address';
  return undefined;
}
