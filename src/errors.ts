/** A mistake the person at the terminal can mend: the message says what to do. The command line prints it alone and exits with 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** What any thrown value says, whatever was thrown. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  try {
    return String(thrown);
  } catch {
    return 'something that cannot be shown';
  }
}
