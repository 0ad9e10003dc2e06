/** What the stack tells the function about its environment. */
export interface Settings {
  readonly environment: string;
  readonly region: string;
  /** ARN of the role an application's probes run as. */
  readonly probeRoleArn: (application: string) => string;
  /** ARN of the role with the application's policies and no permissions boundary. */
  readonly policiesProbeRoleArn: (application: string) => string;
  /** A chat model's profile that nobody may call. */
  readonly decoyProfileArn: string;
}

const PLACEHOLDER = '{application}';

/** Reads the settings out of environment variables; throws an error that names the variable that is wrong. */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const text = (name: string): string => {
    const value = variables[name];
    if (value === undefined || value === '') {
      throw new Error(`the environment variable ${name} is not set; deploy the environment's foundation stack again`);
    }
    return value;
  };
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
