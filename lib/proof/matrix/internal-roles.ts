import { limitFunctionName, limitName, probeRoleName, verificationName } from '../../plan/names/names';
import { physicalName } from '../../plan/names/physical-name';
import type { AccessMatrix } from './access-matrix';
import { applicationsIn } from './applications-in';

/**
 * Says what each internal role of the environments does, by the label of the role. Somebody who reviews a change knows the
 * principals of the applications, but not the roles that this project makes for itself.
 */
export function internalRoles(
  matrices: readonly Pick<AccessMatrix, 'environment' | 'profiles' | 'principals'>[],
): ReadonlyMap<string, string> {
  return new Map(matrices.flatMap(rolesOf).map(([name, does]) => [`role ${name}`, does] as const));
}

function rolesOf(
  matrix: Pick<AccessMatrix, 'environment' | 'profiles' | 'principals'>,
): readonly (readonly [name: string, does: string])[] {
  const { environment } = matrix;
  const own = (name: string): string => physicalName([environment, name]);
  return [
    [verificationName(environment), 'tries the access of every application, by assuming its probe roles'],
    [own('meter'), 'estimates what the applications spend'],
    [limitFunctionName(environment), 'denies applications at their daily limit, and lifts denials'],
    [own('account-settings'), "keeps the account's logging and tag settings"],
    [own('invocation-logs'), 'lets Bedrock write the log of calls'],
    [own('verification-starter'), 'starts the batches of the verification'],
    [own('verification-runner'), 'runs the batches of the verification'],
    ...[...applicationsIn(matrix)].flatMap((application): readonly (readonly [string, string])[] => [
      [probeRoleName(environment, application, 'probe'), 'tries the access of its application'],
      [probeRoleName(environment, application, 'probe-policies'), 'tries what must be denied to its application'],
      [limitName(environment, application), 'attaches the denial of its application, or detaches its access'],
    ]),
  ];
}
