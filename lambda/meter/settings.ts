import { requiredVariable, type Variables } from '../variables/required-variable';

/** The meter's settings. */
export interface Settings {
  readonly environment: string;
  readonly region: string;
  /** Name of the meter itself, as Lambda gives it. */
  readonly functionName: string;
  /** Name of the rule that starts the scheduled verification. */
  readonly verificationRule: string;
  /** Interval of the scheduled verification, in hours. */
  readonly everyHours: number;
}

/** Reads the settings from environment variables. Throws an error that names the wrong variable. */
export function readSettings(variables: Variables): Settings {
  const text = (name: string): string => requiredVariable(variables, name);
  const everyHours = Number(text('EVERY_HOURS'));
  if (!Number.isInteger(everyHours) || everyHours < 1) {
    throw new Error(
      `the environment variable EVERY_HOURS is '${text('EVERY_HOURS')}'; it must be a whole number above 0`,
    );
  }
  return {
    environment: text('ENVIRONMENT'),
    region: text('AWS_REGION'),
    functionName: text('AWS_LAMBDA_FUNCTION_NAME'),
    verificationRule: text('VERIFICATION_RULE'),
    everyHours,
  };
}
