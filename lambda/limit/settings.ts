import { requiredVariable, type Variables } from '../variables/required-variable';

/** The function's settings: its environment, and the names of an application's resources. */
export interface LimitSettings {
  readonly environment: string;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  /** ARN of the limit role, which may only change the policies of the application's principals. */
  readonly roleArn: (application: string) => string;
  /** ARN of the denial, the policy that denies calls of the application's profiles. */
  readonly policyArn: (application: string) => string;
  /** Names of the application's probe roles, to which the denial is never attached. */
  readonly probeRoleNames: (application: string) => readonly string[];
}

const PLACEHOLDER = '{application}';

/** Pattern of an application's name. Names from events are checked against it, because they become part of ARNs. */
const APPLICATION = /^[a-z][a-z0-9-]{0,63}$/;

/** Reads the settings from environment variables. Throws an error that names the wrong variable. */
export function readLimitSettings(variables: Variables): LimitSettings {
  const text = (name: string): string => requiredVariable(variables, name);
  const template = (name: string): string => {
    const value = text(name);
    if (value.split(PLACEHOLDER).length !== 2) {
      throw new Error(`the environment variable ${name} is '${value}'; it must hold ${PLACEHOLDER} once`);
    }
    return value;
  };
  const named = (value: string) => (application: string) => {
    if (!APPLICATION.test(application)) {
      throw new Error(`${JSON.stringify(application).slice(0, 80)} is not a valid name of an application`);
    }
    return value.replace(PLACEHOLDER, () => application);
  };
  const policy = template('DENIAL_POLICY_ARN');
  const [, partition = '', , , account = ''] = policy.split(':');
  const probes = text('PROBE_ROLE_NAMES').split(',').map(named);
  return {
    environment: text('ENVIRONMENT'),
    region: text('AWS_REGION'),
    account,
    partition,
    roleArn: named(template('LIMIT_ROLE_ARN')),
    policyArn: named(policy),
    probeRoleNames: (application) => probes.map((nameOf) => nameOf(application)),
  };
}
