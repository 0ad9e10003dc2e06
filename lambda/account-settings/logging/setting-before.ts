import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { CONTENT_SWITCHES } from './logging-setting';

const ID = 'bedrock-access-invocation-logging';

/** Physical id of a resource that never set anything: CloudFormation deletes it after a create that was refused. */
export const NOT_SET = `${ID}-not-set`;

/**
 * A physical id that keeps what was there before, since CloudFormation gives nothing else back when it deletes. Of a
 * setting that delivers nowhere that is its switches; any other is not replaced.
 */
export function idKeeping(before: LoggingConfig | undefined): string {
  const switches = CONTENT_SWITCHES.flatMap((name) =>
    before?.[name] === undefined ? [] : [`${name}=${before[name]}`],
  );
  return before === undefined ? ID : `${ID}?${switches.join('&')}`;
}

/** The setting that a physical id keeps; `undefined` where there was none, or where nobody knows. */
export function settingBefore(physicalResourceId: string): LoggingConfig | undefined {
  const [, kept] = physicalResourceId.split('?');
  if (kept === undefined) {
    return undefined;
  }
  const switches = new URLSearchParams(kept);
  return Object.fromEntries(
    CONTENT_SWITCHES.filter((name) => switches.has(name)).map((name) => [name, switches.get(name) === 'true']),
  );
}
