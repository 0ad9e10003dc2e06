import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { boundedText } from '../../../aws/bounded-text';
import type { LoggingOrder } from './logging-order';

/** Switches for the contents that Bedrock may log in addition to the caller, the model and the number of tokens. */
export const CONTENT_SWITCHES = [
  'textDataDeliveryEnabled',
  'imageDataDeliveryEnabled',
  'embeddingDataDeliveryEnabled',
  'videoDataDeliveryEnabled',
  'audioDataDeliveryEnabled',
] as const;

/** Returns the setting that an order asks for. */
export function orderedSetting({
  logGroupName,
  roleArn,
  content,
}: LoggingOrder & { readonly content: boolean }): LoggingConfig {
  const switches = CONTENT_SWITCHES.map((name) => [name, content]);
  return { cloudWatchConfig: { logGroupName, roleArn }, ...Object.fromEntries(switches) };
}

/** True when a setting has a destination. A setting without one belongs to nobody. */
export function delivers({ cloudWatchConfig, s3Config }: LoggingConfig): boolean {
  return cloudWatchConfig !== undefined || s3Config !== undefined;
}

/** True when a setting delivers only to our log, with our role. Its switches may differ: others can change them. */
export function isOurs({ cloudWatchConfig, s3Config }: LoggingConfig, order: LoggingOrder): boolean {
  return (
    cloudWatchConfig?.logGroupName === order.logGroupName &&
    cloudWatchConfig.roleArn === order.roleArn &&
    cloudWatchConfig.largeDataDeliveryS3Config === undefined &&
    s3Config === undefined
  );
}

/** Describes the destinations of a setting, so that a person can recognize its owner. */
export function destinations({ cloudWatchConfig, s3Config }: LoggingConfig): string {
  const { logGroupName, roleArn, largeDataDeliveryS3Config: large } = cloudWatchConfig ?? {};
  return [
    ...(cloudWatchConfig === undefined ? [] : [`the log group ${quoted(logGroupName)} as ${quoted(roleArn)}`]),
    ...(large === undefined ? [] : [`the bucket ${quoted(large.bucketName)} for large contents`]),
    ...(s3Config === undefined ? [] : [`the bucket ${quoted(s3Config.bucketName)}`]),
  ].join(' and ');
}

/** Returns the environment of this project that owns a setting, according to the name of its log group. */
export function environmentOf({ cloudWatchConfig }: LoggingConfig): string | undefined {
  return /^\/bedrock-access\/([a-z0-9-]{1,20})\/invocations$/.exec(cloudWatchConfig?.logGroupName ?? '')?.[1];
}

function quoted(name: string | undefined): string {
  return `'${boundedText(name ?? '', 200)}'`;
}
