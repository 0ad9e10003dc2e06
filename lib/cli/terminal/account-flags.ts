import { READINGS, type SystemProfileReading } from '../../account/system-profile-reading';
import type { Flag } from './command';

/** Flag of commands that read templates. */
export const ASSEMBLY_FLAG: Flag = {
  name: 'assembly',
  value: 'DIR',
  summary: 'read this cdk.out instead of synthesizing',
};

/** Flags of commands that read an account from templates and enforce its policies in the sandbox. */
export const ACCOUNT_FLAGS: readonly Flag[] = [
  ASSEMBLY_FLAG,
  {
    name: 'reading',
    value: 'READING',
    summary: `how the sandbox checks access to the system profile: ${READINGS.join(', ')} (default every)`,
    choices: READINGS,
  },
];

/** Returns the reading that `--reading` names, or `every`. */
export function readingOf(values: Readonly<Record<string, string | undefined>>): SystemProfileReading {
  return READINGS.find((reading) => reading === values['reading']) ?? 'every';
}
