/**
 * Door of intake. Noun: the application, a company that asks to become an operator. What always holds: every submission of the form is a row,
 * whatever it is; a status changes only along application.rules.ts, with a reason and an audit row. Locks: the application's row.
 */
import type { Access } from '../access/access.ts';
import { applicationMails } from './application-mails.ts';
import { decideApplication, noteApplication, resendInvitation } from './decide-application.ts';
import { getApplication, listApplications } from './list-applications.ts';
import { applyAsOperator, getApplicationForm } from './submit-application.ts';

export { applicationMails };
export type IntakeOptions = {
  /** 32 bytes derived from the instance's secret: signs the tokens of the public form. */
  formKey: Uint8Array;
  access: Pick<Access, 'invite' | 'revokeInvitationsOf'>;
};
export type Intake = ReturnType<typeof openIntake>;

/** Opens the door of one process: the public form and the review queue. */
export function openIntake({ formKey, access }: IntakeOptions) {
  return {
    /** By the names of their endpoints in the contract. */
    handlers: {
      getApplicationForm: getApplicationForm(formKey),
      applyAsOperator: applyAsOperator(formKey),
      listApplications,
      getApplication,
      decideApplication: decideApplication(access),
      resendInvitation: resendInvitation(access),
      noteApplication,
    },
  };
}
