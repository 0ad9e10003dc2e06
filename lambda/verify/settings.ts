import { requiredVariable, type Variables } from '../variables/required-variable';

/** The function's settings. */
export interface Settings {
  readonly environment: string;
  readonly region: string;
  /** ARN of the probe role of an application. */
  readonly probeRoleArn: (application: string) => string;
  /** ARN of the role that has the application's policies and no permissions boundary. */
  readonly policiesProbeRoleArn: (application: string) => string;
  /** ARN of a chat model's profile that no application may call. */
  readonly decoyProfileArn: string;
}

const PLACEHOLDER = '{application}';

/** Reads the settings from environment variables. Throws an error that names the wrong variable. */
export function readSettings(variables: Variables): Settings {
  const text = (name: string): string => requiredVariable(variables, name);
  const template = (name: string): ((application: string) => string) => {
    const value = text(name);
    if (!value.includes(PLACEHOLDER)) {
      throw new Error(`the environment variable ${name} is '${value}'; it must hold ${PLACEHOLDER}`);
    }
    return (application) => value.split(PLACEHOLDER).join(application);
  };
  return {
    environment: text('ENVIRONMENT'),
    region: text('AWS_REGION'),
    probeRoleArn: template('PROBE_ROLE_ARN'),
    policiesProbeRoleArn: template('POLICIES_PROBE_ROLE_ARN'),
    decoyProfileArn: text('DECOY_PROFILE_ARN'),
  };
}
