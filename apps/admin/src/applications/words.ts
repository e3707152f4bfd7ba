/** The choices of the application form, and its statuses, in words. */
export const VOLUMES = {
  under_100k: 'Under $100k',
  '100k_to_1m': '$100k to $1m',
  '1m_to_10m': '$1m to $10m',
  over_10m: 'Over $10m',
} as const;
export const PLAYERS = {
  under_5k: 'Under 5,000',
  '5k_to_25k': '5,000 to 25,000',
  '25k_to_100k': '25,000 to 100,000',
  over_100k: 'Over 100,000',
} as const;
export const STATUS_CHOICES = [
  { value: 'received', label: 'Received' },
  { value: 'in_review', label: 'In review' },
  { value: 'needs_information', label: 'Needs information' },
  { value: 'approved', label: 'Approved' },
  { value: 'provisioned', label: 'Provisioned' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'duplicate', label: 'Duplicate' },
  { value: 'spam', label: 'Spam' },
] as const;

type Decided = 'in_review' | 'needs_information' | 'approved' | 'rejected' | 'spam';
/** What a decision is called on its button, and what it brings with it. */
export const DECISIONS: Record<Decided, { act: string; consequence: string; reasonTo: string }> = {
  in_review: { act: 'Take into review', consequence: 'The applicant is told that somebody reads it now.', reasonTo: 'the audit log' },
  needs_information: {
    act: 'Ask a question',
    consequence: 'The applicant gets your question by e-mail and answers it there; the application waits.',
    reasonTo: 'the applicant, word by word',
  },
  approved: {
    act: 'Approve and invite',
    consequence: 'The contact gets an invitation by e-mail. Accepting it makes the operator, on trial for 14 days, and its first member.',
    reasonTo: 'the audit log',
  },
  rejected: {
    act: 'Reject',
    consequence: 'The applicant is told, with your reason. An invitation that is out comes to nothing.',
    reasonTo: 'the applicant, word by word',
  },
  spam: { act: 'Mark as spam', consequence: 'It leaves the queue. Nobody is told.', reasonTo: 'the audit log' },
};
