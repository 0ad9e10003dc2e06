import { boundedText } from '../../../aws/bounded-text';
import { property } from '../../../aws/property';
import { type Carrier, carriersNamed } from '../policies/carrier';

/** The limit of one application, as its stack writes it into the Parameter Store. */
export interface Limit {
  readonly application: string;
  /**
   * Dollars of a UTC day at which the application is denied its profiles.
   *
   * @default - only its budget and a person deny
   */
  readonly dailyUsd?: number;
  /** ARN of the alarm on its daily dollars. */
  readonly alarmArn?: string;
  /** ARN of its owner's topic. */
  readonly topicArn: string;
  /** ARNs of the policies that grant its access. */
  readonly policyArns: readonly string[];
  /** Roles and users of the application, without the roles that only try its access. */
  readonly principals: readonly Carrier[];
}

/** Reads a limit. Throws an error that names the first mistake in it. */
export function parseLimit(application: string, text: string): Limit {
  const value = readJson(text);
  const string = (key: string): string => {
    const found = property(value, key);
    if (typeof found !== 'string' || found === '') {
      throw new Error(`${key} is not a text`);
    }
    return found;
  };
  const strings = (key: string): readonly string[] => {
    const found = property(value, key);
    if (!Array.isArray(found) || found.some((item) => typeof item !== 'string' || item === '')) {
      throw new Error(`${key} is not a list of texts`);
    }
    return found;
  };
  const dailyUsd = property(value, 'dailyUsd');
  if (dailyUsd !== undefined && (typeof dailyUsd !== 'number' || !(dailyUsd > 0) || !Number.isFinite(dailyUsd))) {
    throw new Error(`dailyUsd is ${boundedText(JSON.stringify(dailyUsd), 40)}; it must be a number above 0`);
  }
  return {
    application,
    ...(dailyUsd !== undefined && { dailyUsd, alarmArn: string('alarmArn') }),
    topicArn: string('topicArn'),
    policyArns: strings('policyArns'),
    principals: carriersNamed(strings('roles'), strings('users')),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the value is not JSON, or a part of it is missing');
  }
}
