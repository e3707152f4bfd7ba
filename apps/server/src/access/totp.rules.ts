/** Who needs a second factor, and what a login with or without one leads to. */
export type SecondFactor = 'none' | 'check' | 'missing' | 'enrol';

/** `check` the code; ask for a `missing` one; refuse until they `enrol`; or let in with `none`. */
export function secondFactor(person: { enrolled: boolean; required: boolean; code: string | undefined }): SecondFactor {
  if (person.enrolled) return person.code === undefined ? 'missing' : 'check';
  return person.required ? 'enrol' : 'none';
}
