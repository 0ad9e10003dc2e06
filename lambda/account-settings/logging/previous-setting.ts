import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { CONTENT_SWITCHES } from './logging-setting';

const ID = 'bedrock-access-invocation-logging';

/** Physical id of a resource that never put a setting. CloudFormation deletes it after a failed creation. */
export const NOT_SET = `${ID}-not-set`;

/**
 * Returns a physical id that holds the previous setting, because CloudFormation passes nothing else back on deletion.
 * Only its switches need to be held: a setting that delivers somewhere is never replaced, so the previous one has no
 * destination.
 */
export function physicalIdOf(before: LoggingConfig | undefined): string {
  const switches = CONTENT_SWITCHES.flatMap((name) =>
    before?.[name] === undefined ? [] : [`${name}=${before[name]}`],
  );
  return before === undefined ? ID : `${ID}?${switches.join('&')}`;
}

/** Reads the previous setting from a physical id. Returns `undefined` if there was none or it is unknown. */
export function previousSetting(physicalResourceId: string): LoggingConfig | undefined {
  const [, query] = physicalResourceId.split('?');
  if (query === undefined) {
    return undefined;
  }
  const switches = new URLSearchParams(query);
  return Object.fromEntries(
    CONTENT_SWITCHES.filter((name) => switches.has(name)).map((name) => [name, switches.get(name) === 'true']),
  );
}
