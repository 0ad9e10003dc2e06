import { READINGS, type SystemProfileReading } from '../../account/system-profile-reading';
import type { Flag } from './command';

/** Of commands that read templates. */
export const ASSEMBLY_FLAG: Flag = {
  name: 'assembly',
  value: 'DIR',
  summary: 'read this cdk.out instead of synthesizing',
};

/** Flags of commands that read an account out of templates and let the sandbox judge it. */
export const ACCOUNT_FLAGS: readonly Flag[] = [
  ASSEMBLY_FLAG,
  {
    name: 'reading',
    value: 'READING',
    summary: `how Bedrock is taken to check the system profile: ${READINGS.join(', ')} (default every)`,
    choices: READINGS,
  },
];

/** The reading that `--reading` names. */
export function readingOf(values: Readonly<Record<string, string | undefined>>): SystemProfileReading {
  return READINGS.find((reading) => reading === values['reading']) ?? 'every';
}
